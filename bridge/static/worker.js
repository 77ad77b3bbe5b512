// Today without a network: its last snapshot, with the files that it needs. No more:
// its scope is /today, so what shortcuts ask, the setup page and recipes never pass here.
"use strict";

const KEPT = "today";
const PAGE = "/today";
const PATIENCE_MS = 8000;

addEventListener("install", event => event.waitUntil(keepFirst().then(() => skipWaiting())));
addEventListener("activate", event => event.waitUntil(clients.claim()));
addEventListener("fetch", event => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname === PAGE) event.respondWith(today(event));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
});

async function keepFirst() {
  const answer = await fetch(PAGE, { redirect: "manual" });
  await keep(answer);
}

// A bridge that is far away or slow is waited for, but not for longer than this.
async function today(event) {
  const asked = fetch(event.request);
  const arrived = asked.then(answer => keep(answer.clone()));
  event.waitUntil(arrived.catch(() => {}));
  const late = new Promise(resolve => { setTimeout(resolve, PATIENCE_MS); });
  try {
    return (await Promise.race([asked, late])) ?? (await snapshot()) ?? (await asked);
  } catch {
    return (await snapshot()) ?? Response.error();
  }
}

// Whoever is sent to sign in has nothing here any more. A page of failure changes nothing.
async function keep(answer) {
  if (answer.type === "opaqueredirect" || answer.redirected) return caches.delete(KEPT);
  const html = await answer.text();
  if (!answer.ok || !html.includes('id="today"')) return false;
  const kept = await caches.open(KEPT);
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  const policy = answer.headers.get("Content-Security-Policy");
  if (policy) headers["Content-Security-Policy"] = policy;
  await kept.put(PAGE, new Response(html, { headers }));
  const needed = new Set(html.match(/\/static\/[\w.-]+\?v=\w+/g));
  for (const { url } of await kept.keys()) {
    const { pathname, search } = new URL(url);
    if (pathname !== PAGE && !needed.delete(pathname + search)) await kept.delete(url);
  }
  return kept.addAll([...needed]);
}

async function snapshot() {
  const kept = await caches.match(PAGE);
  if (!kept) return undefined;
  const html = (await kept.text()).replace("<html ", "<html data-offline ");
  return new Response(html, { headers: kept.headers });
}

async function file(request) {
  return (await caches.match(request)) ?? fetch(request);
}

// What iOS shows by itself, everybody else shows from here: the same message.
addEventListener("push", event => {
  const { notification } = event.data?.json() ?? {};
  if (!notification) return;
  const { title, body, tag, navigate } = notification;
  event.waitUntil(registration.showNotification(title, { body, tag, icon: "/static/icon-192.png", data: { navigate } }));
});

addEventListener("notificationclick", event => {
  event.notification.close();
  const { pathname } = new URL(event.notification.data?.navigate ?? PAGE, location.origin);
  event.waitUntil(clients.openWindow(pathname));
});

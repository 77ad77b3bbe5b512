// Lets this phone be notified: asks the person, makes a subscription, hands it in.
"use strict";

const form = document.getElementById("notify");
const said = document.getElementById("notify-said");

function decoded(text) {
  const padded = text.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(padded), sign => sign.charCodeAt(0));
}

function encoded(buffer) {
  const text = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return text.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

// iOS 18.4 pushes without a worker; everybody else through that of Today.
async function manager() {
  if (window.pushManager) return window.pushManager;
  const registration = await navigator.serviceWorker.register(form.dataset.worker, { scope: "/today" });
  await new Promise(resolve => {
    const worker = registration.active ?? registration.waiting ?? registration.installing;
    if (registration.active) resolve();
    else worker.addEventListener("statechange", () => { if (worker.state === "activated") resolve(); });
  });
  return registration.pushManager;
}

async function subscribe() {
  const permission = await Notification.requestPermission();
  if (permission !== "granted") return form.dataset.denied;
  const asked = await fetch("/messages/key", { headers: { Accept: "application/json" } });
  const { key } = await asked.json();
  const push = await manager();
  const options = { userVisibleOnly: true, applicationServerKey: decoded(key) };
  const old = await push.getSubscription();
  const known = old?.options?.applicationServerKey;
  if (known && encoded(known) !== key) await old.unsubscribe();
  const made = await push.subscribe(options);
  const fields = new FormData(form);
  fields.set("endpoint", made.endpoint);
  fields.set("p256dh", encoded(made.getKey("p256dh")));
  fields.set("auth", encoded(made.getKey("auth")));
  const answer = await fetch("/messages/phone", { method: "POST", body: new URLSearchParams(fields), headers: { Accept: "application/json" } });
  const body = await answer.json();
  if (body.status === "ok") location.assign("/messages?phone=added#channels");
  return body.speech;
}

const can = "Notification" in window && (window.pushManager || ("serviceWorker" in navigator && "PushManager" in window));
if (form && can && isSecureContext) {
  form.querySelector("button").disabled = false;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    try {
      said.textContent = await subscribe();
    } catch {
      said.textContent = form.dataset.failed;
    }
  });
}

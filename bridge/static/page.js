// What needs a script: copying, trying a shortcut, a recipe to fill in and tick off,
// waiting for the phone, searching, and keeping what was typed.
"use strict";

const SAID = document.body.dataset;
const CODE = /^(https?:\/\/[^\s#]+?)\/*#(icb_\S+)$/;

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  const text = button.dataset.text ?? field.value ?? field.textContent;
  const label = button.textContent;
  const said = { ...SAID, ...button.dataset };
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = said.copied;
  } catch {
    // Without https there is no clipboard for scripts: the old way, by selecting.
    button.textContent = copyOldWay(text) ? said.copied : said.failed;
  }
  setTimeout(() => { button.textContent = label; }, 2500);
}

function copyOldWay(text) {
  const field = document.createElement("textarea");
  field.className = "unseen";
  field.value = text;
  field.readOnly = true;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

// A sentence of this athlete, in place of the sample's.
function say(speech, sentence, isBad) {
  const words = speech.querySelector("[lang]") ?? speech;
  words.textContent = sentence;
  if (!speech.querySelector(".now") && words !== speech) {
    const now = document.createElement("span");
    now.className = "now";
    now.textContent = `${SAID.now} `;
    words.before(now);
  }
  speech.classList.add("live");
  speech.classList.toggle("bad", isBad);
  speech.hidden = false;
}

async function ask(path, signal) {
  const answer = await fetch(path, { headers: { Accept: "application/json" }, signal });
  return answer.json();
}

async function tryOut(button) {
  const speech = document.getElementById(button.dataset.speech);
  button.setAttribute("aria-busy", "true");
  try {
    const body = await ask(button.dataset.try);
    say(speech, body.speech, body.status !== "ok");
  } catch {
    say(speech, SAID.noAnswer, true);
  }
  button.removeAttribute("aria-busy");
}

// The answer of an address for this athlete, in place of the example's.
async function askInto(button) {
  const shown = document.getElementById(button.dataset.into);
  button.setAttribute("aria-busy", "true");
  try {
    shown.textContent = JSON.stringify(await ask(button.dataset.ask), null, 2);
  } catch {
    shown.textContent = SAID.noAnswer;
  }
  button.removeAttribute("aria-busy");
}

for (const [name, act] of [["copy", copy], ["try", tryOut], ["ask", askInto]]) {
  for (const button of document.querySelectorAll(`[data-${name}]`)) {
    button.hidden = false;
    button.addEventListener("click", () => act(button));
  }
}

// A pasted code becomes whole values to copy. It goes nowhere else.
for (const field of document.querySelectorAll("[data-paste]")) {
  const about = document.getElementById("paste-about");
  const words = about.textContent;
  field.addEventListener("input", () => {
    const code = CODE.exec(field.value.replace(/\s/g, ""));
    about.textContent = code || !field.value ? words : field.dataset.bad;
    if (code) fillIn({ address: code[1], token: code[2] });
  });
}

function fillIn(known) {
  for (const value of document.querySelectorAll("#short dd")) {
    for (const blank of value.querySelectorAll("[data-fill]")) {
      blank.textContent = known[blank.dataset.fill];
      blank.className = "take";
    }
    if (value.querySelector("[data-fill]")) copyable(value);
  }
}

// What was in pieces is one value now, with one button.
function copyable(value) {
  let button = value.querySelector("button");
  if (!button) {
    button = document.querySelector("button[data-copy]").cloneNode(true);
    button.addEventListener("click", () => copy(button));
    value.append(button);
  }
  button.hidden = false;
  button.dataset.text = [...value.querySelectorAll(".take")].map(part => part.textContent).join("");
}

// Ticks outlive a tab that the phone throws away.
const ticks = document.querySelectorAll("#short [data-tick]");
const key = `ticks ${location.pathname}`;
const ticked = new Set(JSON.parse(sessionStorage.getItem(key) ?? "[]"));
ticks.forEach((box, place) => {
  box.checked = ticked.has(place);
  box.addEventListener("change", () => {
    if (box.checked) ticked.add(place);
    else ticked.delete(place);
    sessionStorage.setItem(key, JSON.stringify([...ticked]));
  });
});

// A code is long: one tap selects all of it.
for (const field of document.querySelectorAll("textarea[readonly]")) {
  field.addEventListener("focus", () => field.select());
}

// A link into a closed part of the page opens it.
function openTarget() {
  const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (target && target.closest("details")) target.closest("details").open = true;
}
addEventListener("hashchange", openTarget);
openTarget();

// One sentence, as soon as the page is there; and all of the gallery, once one is opened.
for (const speech of document.querySelectorAll("[data-live]")) {
  ask(speech.dataset.live).then(body => say(speech, body.speech, body.status !== "ok")).catch(() => {});
}
const gallery = document.querySelector("[data-live-all]");
gallery?.addEventListener("toggle", async () => {
  const path = gallery.dataset.liveAll;
  delete gallery.dataset.liveAll;
  if (!path) return;
  const said = await ask(path).catch(() => ({}));
  for (const [slug, sentence] of Object.entries(said)) {
    const speech = document.getElementById(`speech-${slug}`);
    if (speech && !speech.classList.contains("live")) say(speech, sentence, false);
  }
}, true);

// Search: what does not fit is hidden, and a group without anything with it.
for (const field of document.querySelectorAll("[data-search]")) {
  field.closest(".search").hidden = false;
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase().split(/\s+/);
    let count = 0;
    for (const row of document.querySelectorAll(field.dataset.search)) {
      row.hidden = !wanted.every(word => row.dataset.find.includes(word));
      if (!row.hidden) count += 1;
    }
    for (const group of document.querySelectorAll(".group")) group.hidden = !group.querySelector("[data-find]:not([hidden])");
    for (const nothing of document.querySelectorAll(".nothing")) nothing.hidden = count > 0;
  });
}

// Waiting for the phone; a tab in the background waits too, but asks nothing.
const WAIT_MS = 2000;
const SILENT_MS = 10000;
for (const waiting of document.querySelectorAll("[data-wait]")) {
  const { wait, then } = waiting.dataset;
  const silent = waiting.querySelector("[data-silent]");
  const tried = waiting.querySelector("[data-tried]");
  let answeredAt = Date.now();
  const look = async () => {
    const said = document.hidden ? {} : await ask(wait, AbortSignal.timeout(SILENT_MS)).catch(() => null);
    if (said) answeredAt = Date.now();
    if (tried && said?.asked) {
      if (tried.textContent !== (said.tried ?? "")) tried.textContent = said.tried ?? "";
      tried.hidden = !said.tried;
    }
    if (silent) silent.hidden = Date.now() - answeredAt < SILENT_MS;
    if (said?.asked === "yes") location.assign(then);
    else if (said?.code !== "session_missing") setTimeout(look, WAIT_MS);
  };
  setTimeout(look, WAIT_MS);
}

// The lamp of every header, where the page did not know it.
const lamp = document.querySelector(".light.unknown");
if (lamp) {
  ask(lamp.dataset.light).then(({ light }) => {
    if (!light) return;
    lamp.className = `light ${light}`;
    lamp.querySelector(".unseen").textContent = lamp.dataset[light];
  }).catch(() => {});
}

// A secret that was refused stays in its field: only the word beside it changes.
for (const form of document.querySelectorAll("form[data-keep]")) {
  form.addEventListener("submit", async event => {
    if (event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    if (form.ariaBusy === "true") return; // once is enough on a slow network
    form.ariaBusy = "true";
    const trouble = form.querySelector("[role=alert]");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (answer.redirected) return location.assign(answer.url);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      trouble.textContent = (page.getElementById("wrong") ?? page.querySelector("main p")).textContent;
    } catch {
      trouble.textContent = SAID.noAnswer;
    }
    trouble.hidden = false;
    form.ariaBusy = "false";
    const field = form.querySelector("input:not([type=hidden])");
    field.setAttribute("aria-invalid", "true");
    field.focus();
  });
}

// What Today keeps for offline goes with the session, the account, and any key that is shut out.
function forget() {
  if (!localStorage.getItem("today")) return; // nothing of Today was ever kept here
  localStorage.removeItem("today");
  globalThis.caches?.delete("today");
}
if (location.pathname === "/sign-in") forget();
addEventListener("submit", ({ submitter, target }) => {
  const action = submitter?.getAttribute("formaction") ?? target.getAttribute("action") ?? "";
  if (/^\/(sign-out|connect|disconnect)|\/revoke$/.test(action)) forget();
});

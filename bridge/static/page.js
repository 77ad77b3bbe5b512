// What needs a script: copying, trying a shortcut, and a recipe to fill in and tick off.
"use strict";

const SAID = { copied: "Copied", failed: "Select it and copy" };
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

async function tryOut(button) {
  const speech = document.getElementById(button.dataset.speech);
  const words = speech.querySelector("[lang]");
  const language = words.lang;
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(button.dataset.try, { headers: { Accept: "application/json" } });
    const body = await answer.json();
    words.textContent = body.speech;
    words.lang = language;
    speech.classList.toggle("bad", body.status !== "ok");
  } catch {
    words.textContent = "The bridge did not answer. Is the phone online?";
    words.lang = "en";
    speech.classList.add("bad");
  }
  speech.classList.add("live");
  button.removeAttribute("aria-busy");
}

for (const [name, act] of [["copy", copy], ["try", tryOut]]) {
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

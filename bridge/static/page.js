// The two things that need a script: copying, and trying a shortcut.
"use strict";

const SAID = { copied: "Copied", failed: "Select it and copy" };

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  const text = button.dataset.text ?? field.value ?? field.textContent;
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = SAID.copied;
  } catch {
    // Without https there is no clipboard for scripts: the old way, by selecting.
    button.textContent = copyOldWay(text) ? SAID.copied : SAID.failed;
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

// Today's script: say it aloud, tell how old a snapshot is, keep one for offline.
"use strict";

const day = document.getElementById("today");
const MINUTE = 60_000;
const STALE_MINUTES = 10;

function sayAloud() {
  const play = document.getElementById("play");
  if (!play || !("speechSynthesis" in globalThis)) return;
  const label = play.textContent;
  const ended = () => { play.textContent = label; };
  play.hidden = false;
  play.addEventListener("click", () => {
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel();
      ended();
      return;
    }
    const said = new SpeechSynthesisUtterance(document.getElementById("speech").textContent);
    said.lang = day.lang;
    said.onend = said.onerror = ended;
    play.textContent = play.dataset.stop;
    speechSynthesis.speak(said);
  });
}

function ageMinutes() {
  return (Date.now() - Date.parse(day.dataset.asOf)) / MINUTE;
}

function sayAge() {
  const minutes = Math.max(0, Math.round(ageMinutes()));
  const [number, unit] =
    minutes < 60 ? [minutes, "minute"] :
    minutes < 48 * 60 ? [Math.round(minutes / 60), "hour"] :
    [Math.round(minutes / 1440), "day"];
  const age = new Intl.RelativeTimeFormat(day.dataset.language, { numeric: "always" }).format(-number, unit);
  const notice = document.getElementById("offline");
  notice.textContent = day.dataset.offline.replace("{age}", minutes ? age : day.dataset.justNow);
  notice.hidden = false;
}

if (day) {
  sayAloud();
  if (document.documentElement.hasAttribute("data-offline")) sayAge();
  localStorage.setItem("today", "kept"); // page.js has something to forget
  navigator.serviceWorker?.register(day.dataset.worker, { scope: "/today" }).catch(() => {});
  // An app that comes back after a while shows the day as it is now.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && ageMinutes() > STALE_MINUTES) location.reload();
  });
}

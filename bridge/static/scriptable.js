// Cards of your Intervals.icu bridge, at home and on the lock screen.
// Run it once in Scriptable and paste a setup code. Then add a Scriptable widget, choose
// this script, and as Parameter the card: today form week workout latest recovery race
// gear streak wallpaper. "form, My training form" runs that shortcut when it is tapped.
// What stands on a card is the bridge's business; this only draws it.

/** @typedef {{ value?: number, planned?: string, series?: string, low?: number,
 *   high?: number, length_s?: number, zone?: string, shown?: string }} Item */
/** @typedef {{ status: string, speech: string, title: string, value: string, caption: string,
 *   tone: string, chart: string, lines?: string, as_of?: string, items: Item[] }} Card */
/** @typedef {{ card?: Card, read?: Date, failure?: string }} Outcome */

const KEPT_AS = "intervals-bridge";
const FRESH_MS = 15 * 60 * 1000;
const SIZES = { small: [130, 40], medium: [306, 52], large: [306, 150] };
// Seen on a light and on a dark ground: a drawing does not change with the phone.
const INKS = {
  good: "#0f9850", neutral: "#85858d", caution: "#c47600", bad: "#e8336b",
  z1: "#00997c", z2: "#0f9d0f", z3: "#b58700", z4: "#e06600", z5: "#e8336b",
  z6: "#8a63e0", z7: "#837a95", high_risk: "#e8336b", optimal: "#0f9d0f",
  grey: "#85858d", fresh: "#0a84d6", transition: "#b58700", due: "#e8336b",
  accent: "#0a84d6",
};
const WORDS = {
  en: { ask: "Setup code", cut: "The setup code is not complete.",
    open: "Open this script in Scriptable once.", away: "Your bridge does not answer." },
  de: { ask: "Einrichtungscode", cut: "Der Einrichtungscode ist unvollständig.",
    open: "Öffne dieses Skript einmal in Scriptable.", away: "Deine Bridge antwortet nicht." },
  fr: { ask: "Code de configuration", cut: "Le code de configuration est incomplet.",
    open: "Ouvre ce script une fois dans Scriptable.", away: "Ta passerelle ne répond pas." },
  es: { ask: "Código de configuración", cut: "El código de configuración no está completo.",
    open: "Abre este script una vez en Scriptable.", away: "Intervals Bridge no responde." },
};

const files = FileManager.local();
const folder = files.cacheDirectory();
const language = Device.language().slice(0, 2);
const words = language in WORDS ? WORDS[/** @type {"en"} */ (language)] : WORDS.en;
const [name = "", shortcut = ""] = String(args.widgetParameter ?? "").split(",")
  .map((part) => part.trim());
const card = name.toLowerCase() || "today";
const family = config.widgetFamily ?? "medium";

/** Take a setup code apart: where the bridge is, and what opens it. @param {string} text */
function readCode(text) {
  const parts = /^(https?:\/\/[^#]+?)\/*#(icb_.+)$/.exec(text.replace(/\s+/g, ""));
  return parts === null ? null : { address: parts[1], token: parts[2] };
}

/** Return the code of this phone; in the app, ask for it where there is none. */
async function setupCode() {
  const kept = Keychain.contains(KEPT_AS) ? readCode(Keychain.get(KEPT_AS)) : null;
  if (kept !== null || !config.runsInApp) return kept;
  const alert = new Alert();
  alert.title = words.ask;
  alert.addSecureTextField("https://…#icb_…");
  alert.addAction("OK");
  await alert.presentAlert();
  const code = readCode(alert.textFieldValue(0));
  if (code === null) throw new Error(words.cut);
  forget(); // what another bridge said
  Keychain.set(KEPT_AS, `${code.address}#${code.token}`);
  return code;
}

/** Read the card; while the bridge is away, the last one and when it was read.
 * @param {{ address: string, token: string }} code
 * @returns {Promise<Outcome>} */
async function readCard(code) {
  const path = files.joinPath(folder, `${KEPT_AS}-${encodeURIComponent(card)}.json`);
  const request = new Request(`${code.address}/v1/cards/${encodeURIComponent(card)}`);
  request.headers = {
    Authorization: `Bearer ${code.token}`,
    "Accept-Language": Device.preferredLanguages().join(", "),
  };
  request.timeoutInterval = 10;
  request.allowInsecureRequest = code.address.startsWith("http:"); // the network at home
  request.onRedirect = () => /** @type {any} */ (null); // the token goes nowhere else
  /** @type {Card | null} */
  let answer = null;
  try {
    answer = await request.loadJSON();
  } catch {} // no network, or somebody else's page
  if (answer?.status === "ok") {
    files.writeString(path, JSON.stringify({ at: Date.now(), card: answer }));
    return { card: answer, read: new Date(answer.as_of ?? Date.now()) };
  }
  const status = request.response?.statusCode ?? 0;
  if (answer?.speech && [400, 401, 403, 404].includes(status)) {
    if (status === 401) forget(); // who lost this phone wants nothing to be read on it
    return { failure: answer.speech };
  }
  if (!files.fileExists(path)) return { failure: answer?.speech ?? words.away };
  const kept = JSON.parse(files.readString(path));
  return { card: kept.card, read: new Date(kept.card.as_of ?? kept.at) };
}

/** Remove every copy; in the app the code as well, so that the next run asks for one. */
function forget() {
  if (config.runsInApp && Keychain.contains(KEPT_AS)) Keychain.remove(KEPT_AS);
  for (const file of files.listContents(folder))
    if (file.startsWith(KEPT_AS)) files.remove(files.joinPath(folder, file));
}

/** @param {string | undefined} key */
const ink = (key, alpha = 1) =>
  new Color(key && key in INKS ? INKS[/** @type {"accent"} */ (key)] : INKS.accent, alpha);

/** @param {ListWidget | WidgetStack} where @param {string} said @param {Font} font */
function say(where, said, font, lines = 1, dim = false) {
  const text = where.addText(said);
  text.font = font;
  text.lineLimit = lines;
  text.minimumScaleFactor = 0.6;
  if (dim) text.textOpacity = 0.7;
  return text;
}

/** Draw the chart of a card.
 * @param {Card} card @param {number} width @param {number} height */
function drawChart({ chart, items }, width, height) {
  const context = new DrawContext();
  context.size = new Size(width, height);
  context.respectScreenScale = true;
  context.opaque = false;
  const series = [...new Set(items.map((item) => item.series))];
  /** @param {number} x @param {number} y @param {number} w @param {number} h
   * @param {Color} color */
  const box = (x, y, w, h, color) => {
    context.setFillColor(color);
    context.fillRect(new Rect(x, y, Math.max(w, 1), Math.max(h, 1)));
  };
  /** Draw values as a line, what is planned as points, on what is usual.
   * @param {Item[]} row @param {number} top @param {number} tall */
  const line = (row, top, tall) => {
    const { low, high } = row[row.length - 1];
    const seen = [...row.map((item) => item.value ?? 0), low ?? [], high ?? []].flat();
    const least = Math.min(...seen);
    const span = Math.max(...seen) - least || 1;
    /** @param {number} value */
    const y = (value) => top + 3 + (tall - 6) * (1 - (value - least) / span);
    if (low !== undefined && high !== undefined)
      box(0, y(high), width, y(low) - y(high), ink("accent", 0.2));
    else if (least < 0 && least + span > 0) box(0, y(0), width, 1, ink("neutral", 0.5));
    const points = row.map((item, at) =>
      new Point(3 + (at * (width - 6)) / Math.max(row.length - 1, 1), y(item.value ?? 0)));
    const done = points.filter((_, at) => row[at].planned !== "yes");
    const path = new Path();
    path.addLines(done);
    context.addPath(path);
    context.setStrokeColor(ink("accent"));
    context.setLineWidth(2);
    context.strokePath();
    points.slice(Math.max(done.length - 1, 0)).forEach((point, ahead) => {
      const size = ahead === 0 ? 6 : 3;
      context.setFillColor(ink(row[done.length - 1 + ahead]?.zone));
      context.fillEllipse(new Rect(point.x - size / 2, point.y - size / 2, size, size));
    });
  };
  if (chart === "line") line(items, 0, height);
  if (chart === "bands")
    series.forEach((one, at) => line(items.filter((item) => item.series === one),
      (at * height) / series.length, height / series.length));
  if (chart === "bars" || chart === "blocks") {
    const most = Math.max(...items.map((item) => item.value ?? 0), 0.1);
    const lengths = items.map((item) => item.series === "planned" ? 0
      : chart === "blocks" ? item.length_s ?? 1 : 1);
    const unit = width / lengths.reduce((sum, length) => sum + length, 0);
    let x = 0;
    items.forEach((item, at) => { // what was planned stands behind what was done
      const wide = (lengths[at] || 1) * unit;
      const tall = ((item.value ?? 0) * height) / most;
      const gap = chart === "blocks" ? 0.5 : Math.min(wide / 5, 6);
      if (tall > 0) box(x, height - tall, wide - gap, tall, ink(item.zone, lengths[at] ? 1 : 0.4));
      x += lengths[at] * unit;
    });
  }
  if (chart === "grid") {
    const side = Math.min(width / items.length, height / 7);
    items.forEach((week, column) => [...(week.shown ?? "")].forEach((day, row) =>
      box(column * side, row * side, side - 0.7, side - 0.7,
        day === "1" ? ink("good") : ink("neutral", 0.25))));
  }
  return context.getImage();
}

/** Say how old a card is, once it is. @param {Date | undefined} read */
function age(read) {
  if (read === undefined || Date.now() - read.getTime() < FRESH_MS) return "";
  const formatter = new RelativeDateTimeFormatter();
  formatter.locale = Device.preferredLanguages()[0] ?? "en";
  return formatter.string(read, new Date());
}

/** Draw what is known, as the kind of widget that is asked for. @param {Outcome} outcome */
function drawWidget({ card, read, failure }) {
  const widget = new ListWidget();
  const old = age(read);
  if (family.startsWith("accessory")) {
    const parts = card ? [card.title, card.value, old || card.caption] : [failure ?? ""];
    const shown = parts.slice(0, old || family === "accessoryRectangular" ? 3 : 2);
    const rows = family === "accessoryInline" ? [shown.join(" · ")] : shown.filter(Boolean);
    widget.addAccessoryWidgetBackground = rows.length > 1;
    rows.forEach((row, at) => {
      const text = say(widget, row, at === 1 ? Font.headline() : Font.caption2(), card ? 1 : 4);
      if (family === "accessoryCircular") text.centerAlignText();
    });
    return widget;
  }
  widget.backgroundColor = Color.dynamic(Color.white(), new Color("#1c1c1e"));
  if (!card) {
    say(widget, failure ?? "", Font.callout(), 8);
    return widget;
  }
  const [width, height] = SIZES[family === "small" || family === "large" ? family : "medium"];
  const head = widget.addStack();
  say(head, card.title, Font.caption1(), 1, true);
  head.addSpacer();
  if (old) say(head, old, Font.caption2());
  const value = say(widget, card.value, Font.boldSystemFont(family === "small" ? 20 : 24), 2);
  if (card.tone !== "neutral") value.textColor = ink(card.tone);
  if (card.caption) say(widget, card.caption, Font.footnote(), 1, true);
  widget.addSpacer();
  const drawn = card.chart !== "none" && card.items.length > 0;
  if (drawn) widget.addImage(drawChart(card, width, height)).imageSize = new Size(width, height);
  if (!drawn || family === "large") {
    const rows = (card.lines ?? "").split("\n").slice(0, family === "small" ? 2 : 5);
    for (const row of rows.filter(Boolean)) say(widget, row, Font.footnote());
  }
  return widget;
}

/** @type {{ address: string, token: string } | null} */
let code = null;
/** @type {Outcome} */
let outcome = { failure: words.open };
try {
  code = await setupCode();
  if (code !== null) outcome = await readCard(code);
} catch (error) {
  outcome = { failure: error instanceof Error ? error.message : String(error) };
}
const widget = drawWidget(outcome);
if (shortcut) widget.url = `shortcuts://run-shortcut?name=${encodeURIComponent(shortcut)}`;
else if (code !== null) widget.url = `${code.address}/today`;
widget.refreshAfterDate = new Date(Date.now() + FRESH_MS);
if (config.runsInApp) await widget.presentMedium();
else Script.setWidget(widget);
Script.complete();

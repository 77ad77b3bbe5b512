// A small stand-in for the Scriptable app: runs one script as a widget or in the app, with
// real requests and real files, and writes what came of it as JSON. It is as strict as the
// app and stricter: what it does not have is an error, and so is drawing beside the image.
//
//   node stand_in.mjs <script> <a list of settings as JSON: one run for each>
import fs from "node:fs";
import path from "node:path";

let outcome = {}; // of the run at hand
let settings = {};
let config = {};

/** Refuse what the app does not know. */
function strict(target) {
  return new Proxy(target, {
    get(known, key) {
      if (typeof key === "string" && !(key in known) && !["then", "toJSON"].includes(key))
        throw new Error(`Scriptable has no ${key} there`);
      const value = known[key];
      return typeof value === "function" ? value.bind(known) : value;
    },
    set(known, key, value) {
      if (!(key in known)) throw new Error(`Scriptable has no ${String(key)} there`);
      known[key] = value;
      return true;
    },
  });
}

function finite(...numbers) {
  for (const number of numbers)
    if (!Number.isFinite(number)) throw new Error(`${number} is no number to draw`);
}

class Color {
  constructor(hex, alpha = 1) {
    if (!/^#[0-9a-f]{6}$/.test(hex)) throw new Error(`${hex} is no colour`);
    this.hex = hex;
    this.alpha = alpha;
  }
  static white() { return new Color("#ffffff"); }
  static dynamic(light, dark) { return { light, dark }; }
}
class Point { constructor(x, y) { finite(x, y); this.x = x; this.y = y; } }
class Size { constructor(width, height) { finite(width, height); Object.assign(this, { width, height }); } }
class Rect {
  constructor(x, y, width, height) {
    finite(x, y, width, height);
    Object.assign(this, { x, y, width, height });
  }
}
class Path { points = []; addLines(points) { this.points.push(...points); } }

class DrawContext {
  size = new Size(200, 200);
  respectScreenScale = false;
  opaque = true;
  #marks = [];
  #path = new Path();
  constructor() { return strict(this); }
  #inside(x, y) {
    const { width, height } = this.size;
    if (x < -0.5 || y < -0.5 || x > width + 1.5 || y > height + 1.5)
      throw new Error(`${x}, ${y} is beside an image of ${width} × ${height}`);
  }
  #mark(name, { x, y, width, height }) {
    this.#inside(x, y);
    this.#inside(x + width, y + height);
    this.#marks.push(name);
  }
  setFillColor(color) { if (!(color instanceof Color)) throw new Error("no colour"); }
  setStrokeColor(color) { this.setFillColor(color); }
  setLineWidth(width) { finite(width); }
  fillRect(rect) { this.#mark("rect", rect); }
  fillEllipse(rect) { this.#mark("ellipse", rect); }
  addPath(added) { this.#path = added; }
  strokePath() {
    this.#path.points.forEach(({ x, y }) => this.#inside(x, y));
    this.#marks.push(`line ${this.#path.points.length}`);
  }
  getImage() { return { image: this.size, marks: this.#marks }; }
}

const LOOKS = { font: null, lineLimit: 0, minimumScaleFactor: 1, textOpacity: 1,
  textColor: null, centerAlignText() { this.centred = true; } };
class Stack {
  #shown;
  constructor(shown) { this.#shown = shown; }
  addText(text) {
    if (typeof text !== "string") throw new Error(`${text} is no text`);
    const row = { text, ...LOOKS };
    this.#shown.push(row);
    return strict(row);
  }
  addSpacer() {}
  addImage(image) {
    const row = { image, imageSize: null };
    this.#shown.push(row);
    return strict(row);
  }
  addStack() {
    const stack = [];
    this.#shown.push({ stack });
    return strict(new Stack(stack));
  }
}
class ListWidget extends Stack {
  backgroundColor = null;
  addAccessoryWidgetBackground = false;
  url = null;
  refreshAfterDate = null;
  constructor() {
    const shown = [];
    super(shown);
    this.shown = shown;
    return strict(this);
  }
  async presentMedium() { outcome.presented = "medium"; show(this); }
}
function show(widget) {
  outcome.widget = widget.shown;
  outcome.url = widget.url;
  outcome.refresh_s = Math.round((widget.refreshAfterDate - Date.now()) / 1000);
}

class Request {
  headers = {};
  timeoutInterval = 60;
  allowInsecureRequest = false;
  onRedirect = (next) => next;
  response = undefined;
  constructor(url) { this.url = url; return strict(this); }
  async loadJSON() {
    if (this.url.startsWith("http:") && !this.allowInsecureRequest)
      throw new Error("App Transport Security");
    outcome.requests.push({ url: this.url, headers: this.headers });
    let answer = await fetch(this.url, { headers: this.headers, redirect: "manual" });
    if ([301, 302, 303, 307, 308].includes(answer.status)) {
      const next = this.onRedirect({ url: answer.headers.get("location") });
      if (next !== null) answer = await fetch(next.url, { headers: this.headers });
    }
    this.response = { statusCode: answer.status };
    return JSON.parse(await answer.text());
  }
}

class Alert {
  title = "";
  message = "";
  constructor() { return strict(this); }
  addSecureTextField() {}
  addAction() {}
  async presentAlert() {
    if (!config.runsInApp) throw new Error("a widget cannot ask");
    outcome.asked.push(this.title);
    return 0;
  }
  textFieldValue() { return settings.typed; }
}

class RelativeDateTimeFormatter {
  locale = "en";
  constructor() { return strict(this); }
  string(date, reference) {
    const hours = Math.round((date - reference) / 3_600_000);
    return new Intl.RelativeTimeFormat(this.locale).format(hours, "hour");
  }
}

/** Return what the app offers to a script, by its names. */
function offered(keychain) {
  return {
    Alert, Color, DrawContext, ListWidget, Path, Point, Rect, RelativeDateTimeFormatter,
    Request, Size, config,
    args: strict({ widgetParameter: settings.parameter }),
    Device: strict({ language: () => settings.languages[0],
      preferredLanguages: () => settings.languages }),
    FileManager: { local: () => strict({
      cacheDirectory: () => settings.folder,
      joinPath: (left, right) => path.join(left, right),
      fileExists: (file) => fs.existsSync(file),
      listContents: (folder) => fs.readdirSync(folder),
      readString: (file) => fs.readFileSync(file, "utf8"),
      writeString: (file, text) => fs.writeFileSync(file, text),
      remove: (file) => fs.rmSync(file),
    }) },
    Font: strict(Object.fromEntries(
      ["body", "callout", "caption1", "caption2", "footnote", "headline", "boldSystemFont"]
        .map((name) => [name, () => name]))),
    Keychain: strict({
      contains: (key) => key in keychain,
      get: (key) => keychain[key],
      set: (key, value) => { keychain[key] = value; },
      remove: (key) => { delete keychain[key]; },
    }),
    Script: strict({
      setWidget: (widget) => show(widget),
      complete: () => { outcome.completed = true; },
    }),
  };
}

const hidden = ["process", "require", "fetch", "globalThis", "module"];
const Script = Object.getPrototypeOf(async () => {}).constructor;
const source = fs.readFileSync(process.argv[2], "utf8");
const outcomes = [];
let keychain = null;
for (settings of JSON.parse(process.argv[3])) {
  keychain ??= settings.keychain; // it outlives a run
  outcome = { widget: null, url: null, presented: null, completed: false, asked: [],
    requests: [], keychain };
  config = strict({ runsInApp: settings.family === null,
    runsInWidget: settings.family !== null, widgetFamily: settings.family });
  const known = offered(keychain);
  await new Script(...Object.keys(known), ...hidden, source)(...Object.values(known));
  outcomes.push(outcome);
}
process.stdout.write(JSON.stringify(outcomes));

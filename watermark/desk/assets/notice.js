// How a notice was understood: a form with each field, and the text with the places where they were read.

import { get, post } from "./api.js";
import { article, attempt, noticeOf, refresh, take } from "./desk.js";
import { $, bdi, el, say, sentence } from "./dom.js";

const FIELDS = [
  ["The article", [
    ["article.title", "Title", "area"],
    ["article.doi", "DOI", "text"],
    ["article.authors", "Authors", "lines"],
    ["article.journal", "Journal", "text"],
    ["article.year", "Year", "number", "short"],
    ["article.volume", "Volume", "text", "short"],
    ["article.issue", "Issue", "text", "short"],
    ["article.pages", "Pages", "text", "short"],
    ["article.citation", "Cited as", "area"],
  ]],
  ["The notice", [
    ["state", "What happened", "state", "half"],
    ["date", "Date", "text", "half"],
    ["title", "Title of the notice", "area"],
    ["doi", "DOI of the notice", "text"],
    ["url", "Address of the notice", "text"],
    ["replacement_doi", "DOI of the replacement", "text"],
    ["issuers", "Issued by", "lines", "half"],
    ["requested_by", "Asked for by", "lines", "half"],
    ["reasons", "Reasons", "lines", "half"],
    ["policies", "Rules that were followed", "lines", "half"],
    ["mark_text", "Word that the notice wants on the pages", "text"],
    ["stays_online", "The notice promises that the article stays online", "check"],
    ["statement", "Statement", "paragraphs"],
  ]],
];
const HINTS = {
  date: "as 2024-05-01", "article.doi": "as 10.1000/xyz123", doi: "as 10.1000/xyz123", replacement_doi: "as 10.1000/xyz123",
  "article.authors": "one on each line", issuers: "one on each line", requested_by: "one on each line", reasons: "one on each line",
  policies: "one on each line", statement: "an empty line between paragraphs",
};

let drawn = "";

export function setUpNotice() {
  $("notice-form").addEventListener("submit", (event) => {
    event.preventDefault();
    save(changes());
  });
  $("undo-notice").addEventListener("click", () => save({}));
  $("notice-fields").addEventListener("focusin", (event) => {
    const field = event.target.closest("[data-field]");
    if (field) highlight(field.dataset.field);
  });
  $("notice-fields").addEventListener("input", showChanged);
}

export function showNotice(notice) {
  const key = notice ? JSON.stringify([notice.id, notice.values, notice.corrected]) : "";
  if (key === drawn) return;
  drawn = key;
  if (notice?.values && !withText(notice)) return;
  const isRead = Boolean(notice?.values);
  $("save-notice").hidden = $("undo-notice").hidden = !isRead;
  $("notice-message").textContent = "";
  $("notice-warnings").replaceChildren();
  if (!isRead) {
    $("notice-fields").replaceChildren(el("p", {}, "There is no notice yet for this article."));
    $("notice-text").replaceChildren();
    return;
  }
  $("notice-warnings").replaceChildren(...notice.warnings.map((line) => el("p", { class: "note open" }, el("bdi", {}, sentence(line)))),
    ...(notice.source ? [el("p", { class: "note calm" }, `This is a record of ${notice.source}, not the publisher’s own notice.`)] : []));
  $("notice-fields").replaceChildren(...FIELDS.map(([legend, fields]) =>
    el("fieldset", {}, el("legend", {}, legend), fields.map((field) => fieldOf(notice, ...field)))), figures(notice));
  $("undo-notice").disabled = !notice.corrected.length;
  showText(notice, "");
  showChanged();
}

// The text of a notice is sent only for the one that is open. It is the same until the notice is read again.
const texts = new Map();
function withText(notice) {
  const key = JSON.stringify([notice.id, notice.as_read]);
  if (texts.has(key)) {
    Object.assign(notice, texts.get(key));
    return true;
  }
  attempt(() => get(`/api/notices/${notice.id}`)).then((whole) => {
    if (!whole) return;
    texts.set(key, { text: whole.text, places: whole.places });
    drawn = "";
    showNotice(noticeOf(article()));
  });
  return false;
}

function fieldOf(notice, name, label, kind, width = "") {
  const id = `notice-${name.replace(".", "-")}`;
  const value = notice.values[name];
  const control = controlOf(id, kind, value);
  control.setAttribute("aria-describedby", `${id}-from`);
  const corrected = notice.corrected.includes(name);
  const from = el("p", { class: corrected ? "from corrected" : "from", id: `${id}-from` }, ...evidence(notice, name, corrected));
  const caption = el("label", { for: id }, label, HINTS[name] ? el("span", { class: "optional" }, ` (${HINTS[name]})`) : "");
  const parts = kind === "check" ? [el("div", { class: "check" }, control, caption)] : [caption, control];
  return el("div", { class: `field ${width}`, "data-field": name, "data-kind": kind }, ...parts, from);
}

function controlOf(id, kind, value) {
  if (kind === "state") {
    const made = el("select", { id }, ...[...$("states").content.children].map((one) => one.cloneNode(true)));
    made.value = value;
    return made;
  }
  if (kind === "check") {
    const made = el("input", { id, type: "checkbox" });
    made.checked = value;
    return made;
  }
  const text = kind === "lines" ? value.join("\n") : kind === "paragraphs" ? value.join("\n\n") : String(value ?? "");
  if (["area", "lines", "paragraphs"].includes(kind)) {
    const rows = kind === "paragraphs" ? Math.min(14, 2 + Math.ceil(text.length / 60)) : Math.min(6, Math.max(kind === "area" ? 2 : 1, text.split("\n").length, Math.ceil(text.length / 44)));
    const made = el("textarea", { id, rows });
    made.value = text;
    return made;
  }
  const made = el("input", { id, type: "text", autocomplete: "off", spellcheck: "false", inputmode: kind === "number" ? "numeric" : null });
  made.value = text;
  return made;
}

function evidence(notice, name, corrected) {
  const was = notice.as_read[name];
  if (corrected) return ["Corrected by you. Read: ", bdi(shown(was))];
  const empty = was === "" || was === null || was === false || (Array.isArray(was) && !was.length);
  if (empty) return ["Not given in the notice."];
  const place = notice.places[name]?.[0];
  if (!place) return [notice.text ? "Read from the whole text; not there word for word." : "Read from a field of the record."];
  const line = notice.text.slice(0, place[0]).split("\n").length;
  const role = name.endsWith("doi") && notice.roles.find((one) => one.doi === was && !one.evidence.startsWith("given as"));
  return [`Line ${line}: `, ...around(notice.text, place), ...(role ? [" It is the ", role.role, ", by the words “", bdi(role.evidence), "”."] : [])];
}

function shown(value) {
  const text = Array.isArray(value) ? value.join("; ") : String(value ?? "");
  return text ? text.slice(0, 120) : "nothing";
}

function around(text, [start, end]) {
  const before = text.slice(Math.max(0, start - 24), start).replace(/^.*\n/s, "");
  const after = text.slice(end, end + 24).replace(/\n.*$/s, "");
  const inside = text.slice(start, end);
  const short = inside.length > 70 ? `${inside.slice(0, 68)}…` : inside;
  return [el("bdi", {}, before, el("mark", {}, short), inside.length > 70 ? "" : after)];
}

function figures(notice) {
  const found = notice.values.figure_matches;
  if (!found.length) return "";
  return el("fieldset", {}, el("legend", {}, "Figures"),
    el("ul", { class: "facts" }, found.map((one) => el("li", {}, el("bdi", {},
      `${one.figures.join(", ")}: same as ${one.source_figure} of ${one.source.doi || one.source.citation}`)))));
}

function showText(notice, field) {
  const box = $("notice-text");
  const places = field ? notice.places[field] || [] : [];
  if (!notice.text) {
    box.replaceChildren(el("p", { class: "hint" }, "The text of this file cannot be shown."));
    return;
  }
  const parts = [];
  let end = 0;
  for (const [start, stop] of [...places].sort((one, other) => one[0] - other[0])) {
    if (start < end) continue;
    parts.push(notice.text.slice(end, start), el("mark", {}, notice.text.slice(start, stop)));
    end = stop;
  }
  parts.push(notice.text.slice(end));
  box.replaceChildren(...parts);
  const first = box.querySelector("mark");
  if (first) box.scrollTop = first.offsetTop - box.offsetTop - 80;
}

function highlight(field) {
  const notice = noticeOf(article());
  if (notice?.values && withText(notice)) showText(notice, field);
}

function written(box) {
  const control = box.querySelector("input, textarea, select");
  const kind = box.dataset.kind;
  if (kind === "check") return control.checked;
  const text = control.value.trim();
  if (kind === "lines") return text.split("\n").map((line) => line.trim()).filter(Boolean);
  if (kind === "paragraphs") return text.split(/\n\s*\n/).map((part) => part.trim()).filter(Boolean);
  if (kind === "number") return text === "" ? null : /^\d+$/.test(text) ? Number(text) : text;
  return text;
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const plain = (value) => typeof value === "string" ? value.trim() : value;

// All fields that differ from what was read.
function changes() {
  const notice = noticeOf(article());
  const found = {};
  for (const box of $("notice-fields").querySelectorAll("[data-field]")) {
    const value = written(box);
    if (!same(value, plain(notice.as_read[box.dataset.field]))) found[box.dataset.field] = value;
  }
  return found;
}

function showChanged() {
  const notice = noticeOf(article());
  if (!notice?.values) return;
  let count = 0;
  for (const box of $("notice-fields").querySelectorAll("[data-field]")) {
    const differs = !same(written(box), plain(notice.values[box.dataset.field]));
    box.classList.toggle("changed", differs);
    count += differs;
  }
  $("save-notice").disabled = !count;
  if (count) $("notice-message").textContent = count === 1 ? "1 field is changed and not saved yet." : `${count} fields are changed and not saved yet.`;
}

export function hasUnsaved() {
  return Boolean($("notice-fields").querySelector(".changed"));
}

async function save(values) {
  const notice = noticeOf(article());
  if (!notice) return;
  try {
    take(await post(`/api/notices/${notice.id}/correct`, values));
    const count = Object.keys(values).length;
    $("notice-message").textContent = count ? "The corrections are saved." : "The notice is as it was read.";
    say($("notice-message").textContent);
    refresh();
  } catch (error) {
    $("notice-message").textContent = `${sentence(error.reason || String(error))} ${error.remedy || ""}`;
    const name = /`([\w.]+)`/.exec(error.reason || "")?.[1];
    const box = name && $("notice-fields").querySelector(`[data-field="${CSS.escape(name)}"]`);
    if (box) {
      const control = box.querySelector("input, textarea, select");
      control.setAttribute("aria-invalid", "true");
      control.focus();
    }
  }
}


// The page as a whole: what is known, which article is open, and when what is drawn again.

import { get, post } from "./api.js";
import { $, alertUser, el, plural, say, sentence } from "./dom.js";
import { showDone, showLedger, showResult } from "./done.js";
import { setUpFiles, showGiven, showList } from "./files.js";
import { choicesOf, fillMark, setUpMark, showMark } from "./mark.js";
import { hasUnsaved, setUpNotice, showNotice } from "./notice.js";
import { setUpViewer, showPages } from "./viewer.js";

export const desk = { facts: null, articles: [], notices: [], done: [], fonts: {}, open: "", tab: "notice", choices: {}, busy: new Set(), stale: new Set() };

export const article = () => desk.articles.find((one) => one.id === desk.open);
export const noticeOf = (one) => desk.notices.find((notice) => notice.id === one?.notice_id);
export const choicesFor = (id) => (desk.choices[id] ||= {});

export function take(values) {
  for (const name of ["articles", "notices", "done", "fonts"]) if (values[name]) desk[name] = values[name];
  for (const one of desk.articles) desk.choices[one.id] ||= { ...one.choices };
  for (const id of desk.stale) if (!desk.articles.some((one) => one.id === id)) desk.stale.delete(id);
  if (!article()) {
    desk.open = desk.articles.at(-1)?.id || "";
    fillMark();
  }
  draw();
  return values;
}

// Do something that the desk is asked for; an error is shown at the top.
export async function attempt(work, saying = "") {
  alertUser(null);
  if (saying) say(saying);
  try {
    return await work();
  } catch (error) {
    if (!error.reason) throw error;
    alertUser(error);
    return null;
  }
}

export function openArticle(id, tab = "") {
  desk.open = id;
  if (tab) desk.tab = tab;
  fillMark();
  draw();
  refresh();
}

export function show(tab) {
  desk.tab = tab;
  draw();
  refresh();
}

// One preview at a time for each article; where choices changed meanwhile, the newest are tried next.
const waiting = new Map();
export async function preview(id) {
  if (desk.busy.has(id)) {
    waiting.set(id, true);
    return;
  }
  desk.busy.add(id);
  draw();
  do {
    waiting.delete(id);
    desk.stale.delete(id);
    const values = await attempt(() => post(`/api/articles/${id}/preview`, choicesFor(id)));
    if (values) take(values);
  } while (waiting.get(id));
  desk.busy.delete(id);
  draw();
}

export async function stamp(id) {
  if (desk.busy.has(id)) return null;
  desk.busy.add(id);
  draw();
  const values = await attempt(() => post(`/api/articles/${id}/stamp`, choicesFor(id)), "Stamping and verifying.");
  desk.busy.delete(id);
  if (values) {
    take(values);
    const one = desk.articles.find((each) => each.id === id);
    if (one) say(`${one.name}: ${one.state}.`);
    if (desk.facts.has_ledger) showLedger();
  }
  draw();
  return values;
}

// Make the first preview of the open article as soon as it has a notice.
export function refresh() {
  const one = article();
  if (one && one.state === "waiting" && !desk.busy.has(one.id)) preview(one.id);
}

function draw() {
  showGiven();
  showList();
  showCase();
  showDone();
}

function showCase() {
  const one = article();
  const notice = noticeOf(one);
  $("case").hidden = !one;
  if (!one) return;
  $("case-file").textContent = [one.name, one.pages ? plural(one.pages, "page") : "", one.doi].filter(Boolean).join(" · ");
  const isRight = one.match?.result === "match";
  $("case-title").textContent = (isRight && notice?.values?.["article.title"]) || one.title || one.name;
  const busy = desk.busy.has(one.id);
  const button = $("stamp");
  button.disabled = busy || desk.stale.has(one.id) || one.state !== "ready";
  button.textContent = busy ? "Working…" : one.state === "stamped" ? "Stamped" : "Stamp this article";
  $("verdict").replaceChildren(...verdict(one, notice, busy));
  const done = desk.done.filter((each) => each.article_id === one.id);
  for (const name of ["notice", "pages", "result"]) {
    const tab = $(`tab-${name}`);
    const isOpen = desk.tab === name;
    tab.setAttribute("aria-selected", isOpen);
    tab.tabIndex = isOpen ? 0 : -1;
    $(`panel-${name}`).hidden = !isOpen;
  }
  $("tab-result").hidden = !done.length && desk.tab !== "result";
  if (desk.tab === "notice") showNotice(notice);
  if (desk.tab === "pages") {
    showMark(one);
    showPages(one, busy);
  }
  if (desk.tab === "result") showResult(one, done.at(-1));
}

const MATCH = {
  match: ["good", "This is the article in the notice"],
  mismatch: ["bad", "This is not the article in the notice"],
  "is the notice": ["bad", "This PDF is a retraction notice, not the article"],
  unknown: ["open", "It could not be confirmed that this is the article in the notice"],
  forced: ["open", "You decided that this is the article in the notice"],
};

// Refusals that say the same as the comparison with the notice.
const OF_MATCH = ["mismatch", "not-known-to-match", "is-the-notice"];

function verdict(one, notice, busy) {
  const parts = [];
  if (!notice && !one.problem) {
    parts.push(el("div", { class: "note calm" }, el("p", {}, "Give the retraction notice of this article, or choose it in the list.")));
  } else if (one.match && !(one.outcome && OF_MATCH.includes(one.outcome.code) && !busy)) {
    const [tone, words] = MATCH[one.match.result] || MATCH.unknown;
    parts.push(
      el("div", { class: `note ${tone}`, id: "match" },
        el("p", {}, el("strong", {}, `${words}.`)),
        el("ul", {}, one.match.evidence.map((line) => el("li", {}, el("bdi", {}, sentence(line)))))),
    );
  }
  const refusal = one.problem || (one.state === "refused" ? one.outcome : null);
  if (refusal && !busy) parts.push(refused(one, refusal));
  if (one.state === "already marked") {
    parts.push(el("div", { class: "note calm" }, el("p", {}, sentence(one.outcome.reason))));
  }
  if (one.notes?.length) parts.push(el("ul", { class: "facts" }, one.notes.map((line) => el("li", {}, el("bdi", {}, line)))));
  return parts;
}

// A form in which a reason is being written is not replaced while the refusal is the same.
let shown = { key: "", node: null };

function refused(one, refusal) {
  const key = JSON.stringify([one.id, refusal.code, refusal.reason, refusal.argument]);
  if (shown.key === key) return shown.node;
  const node = el("div", { class: "note bad", id: "refusal" },
    el("p", {}, el("strong", {}, "This cannot be stamped yet. "), el("bdi", {}, sentence(refusal.reason))),
    refusal.remedy ? el("p", {}, el("strong", {}, "What to do: "), el("bdi", {}, refusal.remedy)) : null,
    refusal.actions.map((action, index) => decisionForm(one, action, index)));
  shown = { key, node };
  return node;
}

function decisionForm(one, action, index) {
  const form = el("form", { class: "decision" });
  const id = `decision-${index}`;
  if (action.asks) {
    form.append(
      el("label", { for: id }, action.asks),
      el("input", { id, type: action.secret ? "password" : "text", required: true, maxlength: 1000, autocomplete: "off" }));
  }
  form.append(el("button", { type: "submit" }, action.label));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    follow(one, action, form.querySelector("input")?.value);
  });
  return form;
}

async function follow(one, action, written) {
  if (action.choice === "use-as-notice") {
    const values = await attempt(() => post(`/api/articles/${one.id}/use-as-notice`));
    if (values) take(values);
  } else if (action.choice === "password" && one.problem) {
    choicesFor(one.id).password = written;
    const values = await attempt(() => post(`/api/articles/${one.id}/password`, { password: written }));
    if (values) take(values);
    refresh();
  } else {
    choicesFor(one.id)[action.choice] = action.asks ? written : action.value;
    await preview(one.id);
    delete choicesFor(one.id).seal_password; // the desk keeps it, as long as it is open
    show("pages");
  }
}

function setUpTabs() {
  const names = ["notice", "pages", "result"];
  for (const name of names) $(`tab-${name}`).addEventListener("click", () => show(name));
  document.querySelector(".tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const open = names.filter((name) => !$(`tab-${name}`).hidden);
    const next = open[(open.indexOf(desk.tab) + step + open.length) % open.length];
    show(next);
    $(`tab-${next}`).focus();
    event.preventDefault();
  });
}

async function start() {
  setUpTabs();
  setUpFiles();
  setUpNotice();
  setUpViewer();
  setUpMark();
  $("stamp").addEventListener("click", async () => {
    if (hasUnsaved()) {
      show("notice");
      alertUser({ reason: "corrections of the notice are not saved yet", remedy: "Save them, or undo them, and stamp then." });
      return;
    }
    if (await stamp(desk.open)) show("result");
  });
  desk.facts = await attempt(() => get("/api/desk"));
  if (!desk.facts) return;
  fillMark();
  if (desk.facts.out) $("kept").textContent = `What is stamped is saved in ${desk.facts.out}, too; all other files of this desk are removed when it is closed.`;
  const values = await attempt(() => get("/api/all"));
  if (values) take(values);
  refresh();
  if (desk.facts.has_ledger) showLedger();
}

export { choicesOf };
start();

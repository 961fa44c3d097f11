// Giving files: drop them, choose them, paste text, look up a DOI; and the list of many articles.

import { post, remove, upload } from "./api.js";
import { attempt, desk, openArticle, preview, refresh, stamp, take } from "./desk.js";
import { $, alertUser, bdi, el, option, plural, say, sentence, size, wholeName } from "./dom.js";

const STATES = {
  "no notice": ["open", "needs a notice"],
  waiting: ["calm", "not checked yet"],
  ready: ["good", "ready"],
  refused: ["bad", "refused"],
  stamped: ["done", "stamped"],
  "already marked": ["calm", "already marked"],
};

export const chip = (one) => {
  const [tone, words] = desk.busy.has(one.id) ? ["calm", "working…"] : STATES[one.state] || ["calm", one.state];
  return el("span", { class: `chip ${tone}` }, words);
};

export function setUpFiles() {
  wireFiles("article-files", giveArticles);
  wireFiles("article-folder", giveArticles);
  wireFiles("notice-files", giveNotices);
  wireDrop("drop-articles", giveArticles);
  wireDrop("drop-notices", giveNotices);
  $("paste-form").addEventListener("submit", (event) => {
    event.preventDefault();
    giveNotice(() => post("/api/notices/text", { text: $("paste-text").value }), () => { $("paste").open = false; });
  });
  $("doi-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const values = { doi: $("doi-text").value, mailto: $("doi-mail").value };
    giveNotice(() => post("/api/notices/doi", values), () => { $("look-up").open = false; });
  });
  $("check-all").addEventListener("click", checkAll);
  $("stamp-all").addEventListener("click", stampAll);
  for (const name of ["dragover", "drop"]) {
    window.addEventListener(name, (event) => event.preventDefault()); // a file beside the boxes is not opened instead
  }
}

function wireFiles(id, give) {
  const input = $(id);
  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = "";
    give(files);
  });
}

function wireDrop(id, give) {
  const box = $(id);
  box.addEventListener("dragover", (event) => {
    event.preventDefault();
    box.classList.add("over");
  });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    box.classList.remove("over");
    give(await droppedFiles(event.dataTransfer));
  });
}

// The files that were dropped, also those in folders.
async function droppedFiles(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files];
  const found = [];
  for (const entry of entries) await collect(entry, found);
  return found;
}

async function collect(entry, found) {
  if (entry.isFile) {
    found.push(await new Promise((done, failed) => entry.file(done, failed)));
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const part = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!part.length) return;
    for (const inner of part) await collect(inner, found);
  }
}

async function giveAll(files, path, busy, most) {
  const box = $(busy);
  box.hidden = false;
  let last = null;
  for (const [index, file] of files.entries()) {
    box.textContent = files.length > 1 ? `Reading ${index + 1} of ${files.length}: ${file.name}` : `Reading ${file.name}`;
    if (file.size > most) {
      alertUser({ reason: `${file.name} is larger than ${size(most)}`, remedy: "Mark it with the command watermark stamp instead." });
      continue;
    }
    try {
      last = take(await upload(path, file));
    } catch (error) {
      alertUser({ ...error, reason: `${file.name}: ${error.reason || error}` });
    }
  }
  box.hidden = true;
  return last;
}

async function giveArticles(files) {
  alertUser(null);
  const pdfs = files.length > 1 ? files.filter((file) => /\.pdf$/i.test(file.name)) : files;
  const left = files.length - pdfs.length;
  const values = await giveAll(pdfs, "/api/articles", "articles-busy", desk.facts.max_article_bytes);
  if (left) say(`${plural(left, "file is", "files are")} not PDFs and were left out.`);
  if (values) openArticle(values.id, desk.tab === "result" ? "notice" : desk.tab);
  if (desk.articles.length > 1) checkAll();
}

async function giveNotices(files) {
  alertUser(null);
  const values = await giveAll(files, "/api/notices", "notices-busy", desk.facts.max_notice_bytes);
  if (values) afterNotice();
}

async function giveNotice(work, done) {
  $("notices-busy").hidden = false;
  $("notices-busy").textContent = "Reading the notice";
  const values = await attempt(work);
  $("notices-busy").hidden = true;
  if (!values) return;
  done();
  take(values);
  afterNotice();
}

function afterNotice() {
  say("The notice was read.");
  refresh();
  if (desk.articles.length > 1) checkAll();
}

export async function checkAll() {
  for (const one of desk.articles.filter((each) => each.state === "waiting")) await preview(one.id);
}

async function stampAll() {
  for (const one of desk.articles.filter((each) => each.state === "ready")) await stamp(one.id);
  say(`${plural(desk.articles.filter((one) => one.state === "stamped").length, "article is", "articles are")} stamped.`);
}

export function showGiven() {
  document.body.classList.toggle("has-case", desk.articles.length > 0 || desk.notices.length > 0);
  $("look-up").hidden = desk.facts !== null && !desk.facts.can_look_up;
  const few = desk.articles.length === 1 ? desk.articles : [];
  $("given-articles").replaceChildren(...few.map((one) => given(one.name, size(one.size_bytes), chip(one), () => drop(`/api/articles/${one.id}`))));
  const focused = document.activeElement?.closest?.("#given-notices form");
  if (focused) return; // a person is writing there
  $("given-notices").replaceChildren(...desk.notices.map(givenNotice));
}

async function drop(path) {
  const values = await attempt(() => remove(path));
  if (!values) return;
  take(values);
  refresh(); // it may have another notice now
}

function given(name, about, state, onRemove, ...more) {
  return el("li", {},
    el("span", { class: "given-name" }, bdi(name), " ", el("span", { class: "hint" }, about)),
    state,
    el("button", { type: "button", class: "close", "aria-label": `Remove ${name}`, onclick: onRemove }, "×"),
    ...more);
}

function givenNotice(notice) {
  const problem = notice.problem;
  const state = problem ? el("span", { class: "chip bad" }, "not understood")
    : el("span", { class: "chip good" }, wholeName(notice.values.state));
  const more = problem ? [el("div", { class: "problem" },
    el("p", {}, el("bdi", {}, sentence(problem.reason)), " ", el("bdi", {}, problem.remedy)), ...readAgain(notice, problem))] : [];
  return given(notice.name, notice.source || "", state, () => drop(`/api/notices/${notice.id}`), ...more);
}

// What a notice did not say can be added: the state, or which of several articles is meant.
function readAgain(notice, problem) {
  const needsDoi = problem.argument === "doi";
  const id = `again-${notice.id}`;
  const field = needsDoi
    ? el("input", { id, type: "text", required: true, placeholder: "10.1000/xyz123", autocomplete: "off" })
    : el("select", { id }, ...[...$("states").content.children].map((one) => one.cloneNode(true)));
  const form = el("form", { class: "decision" },
    el("label", { for: id }, needsDoi ? "DOI of the article" : "The notice is a"), field,
    el("button", { type: "submit" }, "Read it again"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = needsDoi ? { doi: field.value } : { state: field.value };
    document.activeElement.blur();
    giveNotice(() => post(`/api/notices/${notice.id}/read`, values), () => {});
  });
  return [form];
}

export function showList() {
  const notices = desk.notices.filter((one) => !one.problem).length;
  $("list").hidden = desk.articles.length < 2 && !(desk.articles.length && notices > 1);
  if ($("list").hidden) return;
  const count = (state) => desk.articles.filter((one) => one.state === state).length;
  const refused = count("refused") + count("no notice");
  $("list-summary").textContent = [
    plural(desk.articles.length, "article"), `${count("ready")} ready`, `${count("stamped")} stamped`, `${refused} for you to decide`,
  ].join(" · ");
  $("stamp-all").disabled = !count("ready") || desk.busy.size > 0 || desk.stale.size > 0;
  $("check-all").disabled = !count("waiting") || desk.busy.size > 0;
  $("archive").hidden = !desk.done.some((one) => one.files.length);
  if (document.activeElement?.closest?.("#rows select")) return;
  const order = [...desk.articles].sort((one, other) => rank(one) - rank(other));
  $("rows").replaceChildren(...order.map(row));
}

const rank = (one) => ["refused", "no notice"].includes(one.state) ? 0 : 1;

function row(one) {
  const select = el("select", { "aria-label": `Notice for ${one.name}` }, option("", "No notice", !one.notice_id));
  for (const notice of desk.notices.filter((each) => !each.problem)) {
    select.append(option(notice.id, notice.values["article.title"] || notice.name, notice.id === one.notice_id));
  }
  select.addEventListener("change", async () => {
    const chosen = select.value;
    select.blur();
    const values = await attempt(() => post(`/api/articles/${one.id}/notice`, { notice_id: chosen }));
    if (values) take(values);
    if (chosen) preview(one.id);
  });
  const problem = one.problem || (one.state === "refused" ? one.outcome : null);
  const open = el("button", { type: "button", class: "link", "aria-current": one.id === desk.open ? "true" : null }, bdi(one.title || one.name));
  function reveal() {
    openArticle(one.id, one.state === "stamped" ? "result" : "pages");
    $("case").scrollIntoView();
  }
  open.addEventListener("click", reveal);
  return el("tr", { class: one.id === desk.open ? "open" : "" },
    el("th", { scope: "row" }, open, el("span", { class: "hint" }, one.title ? one.name : "")),
    el("td", {}, select),
    el("td", {}, chip(one)),
    el("td", {}, problem ? el("p", { class: "reason" }, el("bdi", {}, sentence(problem.reason))) : "",
      problem ? el("button", { type: "button", class: "small", "aria-label": `Decide about ${one.name}`, onclick: reveal }, "Decide") : "", " ",
      el("button", { type: "button", class: "small", "aria-label": `Remove ${one.name}`, onclick: () => drop(`/api/articles/${one.id}`) }, "Remove")));
}


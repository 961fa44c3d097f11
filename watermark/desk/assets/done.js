// The result: the files of an article, what was verified, what was done since the page was opened, and the ledger.

import { get } from "./api.js";
import { attempt, desk } from "./desk.js";
import { $, bdi, el, plural, sentence, size } from "./dom.js";

const FILES = { copy: "Marked copy (PDF)", record: "Record (JSON)", certificate: "Certificate (PDF)", letter: "Letter to the editor (text)", report: "Report (HTML)" };
const CLAIMS = {
  intact: "The original is unchanged", marked: "Every page is marked", visible: "The mark can be seen", text: "The text can be read as before",
  structure: "Links, bookmarks and structure are unchanged", attached: "The notice is inside", described: "The metadata say it",
  archivable: "What was archivable still is", "right article": "It is the right article", sealed: "It is sealed", reproduced: "It can be made again",
};

const ORDER = ["copy", "certificate", "record", "letter", "report"];

function saved(done) {
  if (done.not_saved) return el("p", { class: "note open" }, `It was not saved in ${desk.facts.out}: `, bdi(sentence(done.not_saved)));
  return desk.facts.out ? el("p", { class: "hint" }, `Saved in ${desk.facts.out} as `, bdi(done.name)) : "";
}

function links(done, kinds = ORDER) {
  return el("p", { class: "buttons" }, kinds.filter((kind) => done.files.includes(kind)).map((kind) =>
    el("a", { class: kind === "copy" ? "button primary" : "button", href: `/api/done/${done.id}/${kind}`, download: "" }, FILES[kind] || kind)));
}

// In a long list, the other files are behind one stop of the Tab key.
const folded = (done) => [links(done, ["copy"]), el("details", {}, el("summary", {}, "Other files"), links(done, ORDER.slice(1)))];

export function showResult(one, done) {
  const outcome = one.outcome;
  if (!done || !outcome || !done.files.length) {
    $("result").replaceChildren(el("p", { class: "card" }, "Nothing was stamped: see above what to do."));
    return;
  }
  const report = outcome.report;
  const passed = report?.status === "passed";
  const word = `“${done.mark_text}”${outcome.seal ? ", sealed" : ""}`;
  const headline = passed ? `Stamped ${word} and verified: nothing else changed.`
    : `Stamped ${word}. No problem was found, but not every check could run.`;
  $("result").replaceChildren(
    el("div", { class: "card result" },
      el("h3", {}, headline),
      el("p", {}, outcome.is_rewritten
        ? `The copy has ${size(outcome.size_bytes)}. The file was rewritten, and the article is embedded in it, byte for byte.`
        : `The copy has ${size(outcome.size_bytes)}, of which ${size(outcome.appended_bytes)} were added. It begins with the exact bytes of the article.`),
      outcome.seal ? el("p", {}, "The copy is sealed: ", bdi(outcome.seal), ". Readers who trust the certificate can check whose mark it is.") : "",
      links(done),
      saved(done),
      done.problem ? el("p", { class: "note open" }, "There is no certificate: ", el("bdi", {}, sentence(done.problem))) : "",
      done.reasons.length ? el("p", { class: "hint" }, "Recorded reason: ", done.reasons.map((line) => bdi(line))) : "",
      report ? checks(report) : "",
      el("details", {}, el("summary", {}, "Decisions, and why"),
        el("ul", { class: "facts" }, outcome.decisions.map((line) => el("li", {}, el("bdi", {},
          `${line.name}: ${line.value}, because ${line.reason}${line.clause ? ` [${line.clause}]` : ""}`))))),
      el("p", { class: "hint digest" }, "SHA-256 of the copy: ", el("code", {}, outcome.sha256))));
}

function checks(report) {
  const tones = { passed: "good", "not checked": "open", failed: "bad" };
  return el("table", { class: "checks" }, el("caption", {}, "What was verified"),
    el("tbody", {}, report.claims.map((row) => el("tr", {},
      el("th", { scope: "row" }, CLAIMS[row.claim] || row.claim),
      el("td", {}, el("span", { class: `chip ${tones[row.status]}` }, row.status)),
      el("td", {}, row.messages.slice(0, 3).map((line) => el("p", {}, el("bdi", {}, sentence(line)))),
        row.messages.length > 3 ? el("p", { class: "hint" }, `and ${row.messages.length - 3} more`) : "")))));
}

export function showDone() {
  $("done").hidden = !desk.done.length;
  $("done-list").replaceChildren(...[...desk.done].reverse().map((done) =>
    el("li", {},
      el("div", {},
        el("p", {}, el("span", { class: `chip ${done.files.length ? "done" : "bad"}` }, done.files.length ? "stamped" : done.result), " ",
          el("strong", {}, bdi(done.article)), " ", el("time", { datetime: done.at, class: "hint" }, time(done.at))),
        el("p", { class: "hint" }, done.files.length ? bdi(done.title || done.notice) : el("bdi", {}, sentence(done.reason)))),
      done.files.length ? folded(done) : "")));
}

const time = (at) => new Date(at).toLocaleTimeString("en", { hour: "2-digit", minute: "2-digit", hour12: false });

export async function showLedger() {
  const values = await attempt(() => get("/api/ledger"));
  if (!values) return;
  $("ledger").hidden = false;
  $("ledger-message").textContent = plural(values.entries.length, "article");
  $("ledger-rows").replaceChildren(...values.entries.map((entry) => el("tr", {},
    el("th", { scope: "row" }, bdi(entry.title || entry.article), el("span", { class: "hint" }, bdi(entry.title ? entry.article : entry.doi))),
    el("td", {}, el("span", { class: `chip ${entry.result === "marked" ? "done" : entry.result === "refused" ? "bad" : "calm"}` }, entry.result),
      entry.reason ? el("p", { class: "hint" }, el("bdi", {}, sentence(entry.reason))) : ""),
    el("td", {}, el("time", { datetime: entry.at }, entry.at.replace("T", " ").replace("Z", " UTC"))))));
}

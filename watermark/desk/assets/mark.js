// The mark: every choice is previewed at once. Only what differs from the profile is sent.

import { upload } from "./api.js";
import { article, attempt, choicesFor, desk, preview, take } from "./desk.js";
import { $, alertUser, debounce, el, option, plural, say, size } from "./dom.js";

const POSITIONS = { centre: "Centre", top: "Top", bottom: "Bottom" };
const EDGES = { "": "An empty one", top: "Top", bottom: "Bottom", left: "Left", right: "Right" };
const NOTICE_PAGES = { auto: "Only where files cannot be embedded", none: "None", front: "In front", back: "At the end" };
const NAMES = ["profile", "text", "language", "colour", "position", "opacity", "angle", "edge_line", "edge", "edge_text", "pages", "notice_page", "font", "to_pdfa", "linearize"];
const control = (name) => $(`mark-${name.replaceAll("_", "-")}`);
const title = (tag) => tag[0].toUpperCase() + tag.slice(1);

export function setUpMark() {
  const form = $("mark-form");
  form.addEventListener("submit", (event) => event.preventDefault());
  const previewSoon = debounce((id) => preview(id), 300);
  const changed = () => {
    const one = article();
    if (!one) return;
    desk.stale.add(one.id); // what is stamped is what was seen
    $("stamp").disabled = true;
    if (!form.reportValidity()) return;
    desk.choices[one.id] = { ...kept(one.id), ...choicesOf() };
    if (one.notice_id) previewSoon(one.id);
  };
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    if (event.target === control("profile")) fill({ profile: event.target.value });
    showOpacity();
    changed();
  });
  $("font-file").addEventListener("change", () => addFont(changed));
  $("mark-all").addEventListener("click", useForAll);
  $("mark-reset").addEventListener("click", () => {
    fill({ profile: control("profile").value });
    changed();
  });
}

// Add a font file, and choose it.
async function addFont(changed) {
  const [file] = $("font-file").files;
  $("font-file").value = "";
  if (!file) return;
  if (file.size > desk.facts.max_font_bytes) {
    alertUser({ reason: `${file.name} is larger than ${size(desk.facts.max_font_bytes)}`, remedy: "Choose a smaller font." });
    return;
  }
  const values = await attempt(() => upload("/api/fonts", file), `Reading ${file.name}`);
  if (!values) return;
  take(values);
  fill({ ...choicesFor(desk.open), ...choicesOf(), font: values.id });
  changed();
}

// Give every article that is not stamped the look of this one; its pages and its reasons are its own.
async function useForAll() {
  const { pages: _, ...look } = choicesOf();
  const others = desk.articles.filter((one) => one.id !== desk.open && one.notice_id && one.state !== "stamped");
  for (const one of others) {
    const pages = choicesFor(one.id).pages;
    desk.choices[one.id] = { ...kept(one.id), ...look, ...(pages ? { pages } : {}) };
    desk.stale.add(one.id);
  }
  for (const one of others) await preview(one.id);
  say(`${plural(others.length, "other article has", "other articles have")} the same mark now.`);
}

// What was decided about this article elsewhere: reasons, a password, a time.
function kept(id) {
  const { linearize, ...others } = choicesFor(id);
  if (linearize) delete others.rebuild; // which came with it
  return Object.fromEntries(Object.entries(others).filter(([name]) => !NAMES.includes(name)));
}

export function fillMark() {
  const facts = desk.facts;
  if (!facts) return;
  const profiles = Object.keys(facts.profiles).map((name) => option(name, name ? facts.profiles[name].publisher || title(name) : "Usual"));
  control("profile").replaceChildren(...profiles);
  control("position").replaceChildren(...facts.positions.map((name) => option(name, POSITIONS[name] || name)));
  control("edge").replaceChildren(...["", ...facts.edges].map((name) => option(name, EDGES[name] ?? name)));
  control("notice_page").replaceChildren(...facts.notice_pages.map((name) => option(name, NOTICE_PAGES[name] || name)));
  control("to_pdfa").replaceChildren(option("", "No: as the article does"), ...facts.levels.map((level) => option(level, `PDF/A-${level}`)));
  const [least, most] = facts.opacity;
  Object.assign(control("opacity"), { min: least, max: most });
  Object.assign(control("angle"), { min: facts.angle[0], max: facts.angle[1] });
  fill(choicesFor(desk.open));
}

function fill(choices) {
  const profile = desk.facts.profiles[choices.profile || ""];
  const languages = { ...desk.facts.languages };
  languages[profile.language] ||= profile.language;
  control("language").replaceChildren(...Object.entries(languages).map(([tag, name]) => option(tag, name)));
  control("profile").value = choices.profile || "";
  showSeal(profile, null);
  for (const name of ["language", "colour", "position", "edge", "edge_text", "notice_page"]) {
    control(name).value = choices[name] || profile[name];
  }
  const fonts = Object.entries(desk.fonts).map(([id, name]) => option(id, name));
  control("font").replaceChildren(option("", profile.font || "Built-in"), ...fonts);
  control("font").value = choices.font || "";
  control("to_pdfa").value = choices.to_pdfa || "";
  control("linearize").checked = choices.linearize ?? false;
  control("text").value = choices.text || "";
  control("pages").value = choices.pages || "";
  control("opacity").value = choices.opacity ?? profile.opacity;
  control("angle").value = choices.angle ?? profile.angle ?? "";
  control("edge_line").checked = choices.edge_line ?? profile.edge_line;
  showOpacity();
}

export function choicesOf() {
  const profile = desk.facts.profiles[control("profile").value];
  const chosen = { profile: control("profile").value };
  for (const name of ["language", "colour", "position", "edge", "edge_text", "notice_page"]) {
    if (control(name).value !== profile[name]) chosen[name] = control(name).value;
  }
  for (const name of ["text", "pages", "font", "to_pdfa"]) if (control(name).value.trim()) chosen[name] = control(name).value.trim();
  const opacity = Number(control("opacity").value);
  if (opacity !== profile.opacity) chosen.opacity = opacity;
  const angle = control("angle").value === "" ? null : Number(control("angle").value);
  if (angle !== profile.angle && angle !== null) chosen.angle = angle;
  if (control("edge_line").checked !== profile.edge_line) chosen.edge_line = control("edge_line").checked;
  if (control("linearize").checked) Object.assign(chosen, { linearize: true, rebuild: true });
  return chosen;
}

function showOpacity() {
  $("mark-opacity-value").textContent = `${Math.round(100 * control("opacity").value)} %`;
}

// What the profile's seal does and, once its key has been opened, who signs.
function showSeal(profile, outcome) {
  $("mark-seal").hidden = !profile.seal;
  $("mark-seal").replaceChildren(profile.seal, outcome?.seal ? el("bdi", {}, ` Seal: ${outcome.seal}.`) : "");
}

export function showMark(one) {
  $("mark-all").hidden = desk.articles.length < 2;
  const outcome = one.outcome;
  showSeal(desk.facts.profiles[control("profile").value], desk.stale.has(one.id) ? null : outcome);
  control("text").placeholder = outcome?.mark_text || "from the notice";
  const wrong = outcome && outcome.result !== "marked" && outcome.result !== "already marked" && outcome.reason;
  $("mark-message").textContent = desk.busy.has(one.id) ? "Making the preview…" : wrong ? "" : outcome?.line_text ? `Line: “${outcome.line_text}”` : "";
}

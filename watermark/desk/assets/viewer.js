// Every page before and after: a slider, side by side, zoom, and the keyboard.

import { article } from "./desk.js";
import { $ } from "./dom.js";

const view = { page: 1, zoom: 1, mode: "slide", pages: 1, key: "" };
const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];

export function setUpViewer() {
  $("page-back").addEventListener("click", () => turn(-1));
  $("page-on").addEventListener("click", () => turn(1));
  $("page-number").addEventListener("change", () => goTo(Number($("page-number").value)));
  $("zoom-in").addEventListener("click", () => zoom(1));
  $("zoom-out").addEventListener("click", () => zoom(-1));
  $("zoom-fit").addEventListener("click", () => zoom(0));
  $("cut").addEventListener("input", showCut);
  for (const radio of document.querySelectorAll('input[name="view"]')) {
    radio.addEventListener("change", () => {
      view.mode = radio.value;
      layOut();
    });
  }
  for (const side of ["before", "after"]) {
    $(`image-${side}`).addEventListener("load", (event) => event.target.classList.remove("loading"));
  }
  $("viewer").addEventListener("keydown", onKey);
  window.addEventListener("resize", layOut);
  showCut();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const writes = event.target.matches('input[type="number"], input[type="text"]');
  const moves = { PageDown: () => turn(1), PageUp: () => turn(-1) };
  if (!writes) Object.assign(moves, { "+": () => zoom(1), "=": () => zoom(1), "-": () => zoom(-1), 0: () => zoom(0) });
  if (event.target === $("stage") && view.mode === "slide" && view.zoom <= 1) {
    moves.ArrowLeft = () => cut(-4);
    moves.ArrowRight = () => cut(4);
  }
  if (!moves[event.key]) return;
  moves[event.key]();
  event.preventDefault();
}

function cut(step) {
  $("cut").value = Number($("cut").value) + step;
  showCut();
}

function showCut() {
  $("stage").style.setProperty("--cut", `${$("cut").value}%`);
}

function turn(step) {
  goTo(view.page + step);
}

function goTo(page) {
  view.page = Math.min(Math.max(1, Math.round(page) || 1), view.pages);
  showPages(article(), false);
}

function zoom(step) {
  const at = ZOOMS.indexOf(view.zoom);
  view.zoom = step === 0 ? 1 : ZOOMS[Math.min(Math.max(0, at + step), ZOOMS.length - 1)];
  layOut();
}

export function showPages(one, busy) {
  if (!one) return;
  const preview = one.preview;
  view.pages = preview ? preview.pages : one.pages || 1;
  view.page = Math.min(view.page, view.pages);
  $("page-number").value = view.page;
  $("page-number").max = view.pages;
  $("page-count").textContent = `of ${view.pages}`;
  $("page-back").disabled = view.page <= 1;
  $("page-on").disabled = view.page >= view.pages;
  const original = view.page - (preview ? preview.in_front : 0);
  const hasBefore = Boolean(one.pages) && original >= 1 && original <= one.pages;
  $("stage").dataset.before = hasBefore;
  $("stage").dataset.after = Boolean(preview);
  $("stage").classList.toggle("busy", busy);
  const words = !one.pages ? "This file cannot be shown."
    : !preview ? (busy ? "Making the preview…" : "There is no marked page to show; this is the article as it is.")
      : !hasBefore ? "This page is the notice, which the copy has in addition." : "";
  $("stage-message").textContent = words;
  view.sources = {
    before: hasBefore ? `/api/articles/${one.id}/before/${original}?of=${preview ? "copy" : "article"}` : "",
    after: preview ? `/api/articles/${one.id}/after/${view.page}?preview=${preview.number}` : "",
  };
  view.alt = { before: `Page ${original} of the article before it is marked`, after: `Page ${view.page} of the marked copy` };
  layOut();
}

function layOut() {
  if ($("panel-pages").hidden || !view.sources) return;
  const stage = $("stage");
  const isAlone = stage.dataset.before !== "true" || stage.dataset.after !== "true";
  const mode = isAlone ? (stage.dataset.after === "true" ? "after" : "before") : view.mode;
  stage.dataset.mode = mode;
  document.querySelector(".slider").hidden = mode !== "slide";
  const columns = mode === "both" ? 2 : 1;
  const room = Math.max(160, (stage.clientWidth - 32 - 16 * (columns - 1)) / columns);
  const width = Math.round(Math.min(room, 900) * view.zoom);
  stage.style.setProperty("--width", `${width}px`);
  $("zoom-value").textContent = `${Math.round(100 * view.zoom)} %`;
  const pixels = Math.min(3000, Math.ceil((width * Math.min(window.devicePixelRatio || 1, 2)) / 100) * 100);
  for (const side of ["before", "after"]) {
    const image = $(`image-${side}`);
    const source = view.sources[side] && `${view.sources[side]}&width=${pixels}`;
    image.alt = view.alt[side];
    $(`sheet-${side}`).hidden = !source || ((mode === "before" || mode === "after") && mode !== side);
    if (source && !$(`sheet-${side}`).hidden && image.dataset.source !== source) {
      image.dataset.source = source;
      image.classList.add("loading");
      image.src = source;
    }
  }
}

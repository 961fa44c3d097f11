"use strict";
(() => {
  const items = [...document.querySelectorAll(".item")];
  const groups = [...document.querySelectorAll(".group")];
  const field = document.getElementById("words");
  const found = document.getElementById("found");
  const nothing = document.getElementById("nothing");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  let texts = null;

  const chosen = () => document.querySelector("[name=only]:checked").id.slice("only-".length);
  const isShown = (group) => chosen() === "all" || group.classList.contains("g" + chosen());

  // With scripts on, a browser keeps what stands in <noscript> as text: an article is built when it is opened.
  function built(store) {
    const made = document.createElement("template");
    made.innerHTML = store.textContent;
    return made.content;
  }

  function textOf(item) {
    const facts = item.querySelector("noscript");
    return item.querySelector("summary").textContent + " " + (facts ? built(facts) : item).textContent;
  }

  function search() {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    if (words.length && !texts) texts = items.map((item) => plain(textOf(item)));
    items.forEach((item, index) => {
      item.hidden = words.length > 0 && !words.every((word) => texts[index].includes(word));
    });
    let count = 0;
    for (const group of groups) {
      const left = group.querySelectorAll(".item:not([hidden])").length;
      group.hidden = left === 0;
      if (isShown(group)) count += left;
    }
    nothing.hidden = count > 0 || items.length === 0;
    found.textContent = count.toLocaleString("en") + (count === 1 ? " article shown" : " articles shown");
  }

  function eachShown(act) {
    groups.filter(isShown).forEach((group) => group.querySelectorAll(".item:not([hidden])").forEach(act));
  }

  function addSlider(pair) {
    const frames = pair.querySelector(".frames");
    const button = document.createElement("button");
    const range = document.createElement("input");
    button.type = "button";
    button.textContent = "Slide";
    button.setAttribute("aria-pressed", "false");
    range.type = "range";
    range.value = 50;
    range.hidden = true;
    range.setAttribute("aria-label", "Where the marked page begins, in percent from the left");
    range.addEventListener("input", () => frames.style.setProperty("--cut", range.value + "%"));
    button.addEventListener("click", () => {
      const sliding = frames.classList.toggle("slide");
      button.setAttribute("aria-pressed", String(sliding));
      button.textContent = sliding ? "Side by side" : "Slide";
      range.hidden = !sliding;
    });
    pair.querySelector("figcaption").append(button);
    frames.append(range);
  }

  function build(item) {
    if (!item.open || !item.querySelector("noscript")) return;
    item.querySelectorAll("noscript").forEach((store) => store.replaceWith(built(store)));
    item.querySelectorAll(".pair").forEach(addSlider);
  }

  document.addEventListener("toggle", (event) => build(event.target), true);
  items.forEach(build);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && event.target !== field) {
      event.preventDefault();
      field.focus();
    }
  });
  let wait;
  field.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(search, 120); });
  document.querySelectorAll("[name=only]").forEach((radio) => radio.addEventListener("change", search));
  document.getElementById("open-all").addEventListener("click", () => eachShown((item) => { item.open = true; }));
  document.getElementById("close-all").addEventListener("click", () => items.forEach((item) => { item.open = false; }));
  document.querySelector(".search").hidden = false;
  search();

  function openNamed() {
    const item = document.getElementById(location.hash.slice(1));
    if (!item || !item.classList.contains("item")) return;
    item.open = true;
    item.scrollIntoView();
  }
  window.addEventListener("hashchange", openNamed);
  openNamed();
})();

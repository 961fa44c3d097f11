// Elements made without HTML: text from files is only ever put in as text.

export const $ = (id) => document.getElementById(id);

export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== ""));
  return made;
}

export const bdi = (text) => el("bdi", {}, text);

export function option(value, label, selected = false) {
  const made = el("option", { value }, label);
  made.selected = selected;
  return made;
}

export function say(text) {
  $("status").textContent = text;
}

export function alertUser(error) {
  const box = $("alert");
  box.replaceChildren();
  box.hidden = !error;
  if (!error) return;
  const close = el("button", { type: "button", class: "close", "aria-label": "Close this message" }, "×");
  close.addEventListener("click", () => { box.hidden = true; });
  box.append(el("p", {}, el("strong", {}, sentence(error.reason)), " ", bdi(error.remedy || "")), close);
}

export function sentence(text) {
  if (!text) return "";
  const first = text[0].toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(first) ? first : `${first}.`;
}

export function plural(count, noun, nouns = `${noun}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? noun : nouns}`;
}

export function size(bytes) {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

export function debounce(work, milliseconds) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), milliseconds);
  };
}

export const wholeName = (state) => state.replaceAll("_", " ");

// The requests of the page. Every answer is JSON; an error is thrown with its reason and what to do.

export class DeskError extends Error {
  constructor(values) {
    super(values.reason);
    Object.assign(this, values);
  }
}

async function answered(response) {
  let values;
  try {
    values = await response.json();
  } catch {
    values = {};
  }
  if (!response.ok) {
    const unknown = { code: "failed", reason: `the desk answered with status ${response.status}`, remedy: "Try again.", actions: [] };
    throw new DeskError(values.error || unknown);
  }
  return values;
}

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, { credentials: "same-origin", cache: "no-store", ...options });
  } catch {
    throw new DeskError({ code: "closed", reason: "the desk does not answer", remedy: "Check whether it still runs in the terminal.", actions: [] });
  }
  return answered(response);
}

export const get = (path) => request(path, {});
export const remove = (path) => request(path, { method: "DELETE" });
export const post = (path, values = {}) =>
  request(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(values) });
export const upload = (path, file) =>
  request(path, {
    method: "POST",
    headers: { "content-type": "application/octet-stream", "x-file-name": encodeURIComponent(file.name) },
    body: file,
  });

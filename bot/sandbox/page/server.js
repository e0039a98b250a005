// The control API of the sandbox.

// The control API explains itself in English, for tests; people read these.
const REFUSALS = {
  404: "Bu mesaj artık yok.",
  413: "Dosya çok büyük; en çok 20 MB olabilir.",
};

/** The server did not answer at all. */
export class Disconnected extends Error {}

export async function request(method, path, body) {
  const options = { method };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  const response = await fetch(path, options).catch(() => { throw new Disconnected("Bağlantı yok."); });
  const type = response.headers.get("Content-Type") ?? "";
  const answer = type.includes("json") ? await response.json() : null;
  if (!response.ok) {
    console.warn(method, path, response.status, answer?.error ?? "");
    throw new Error(REFUSALS[response.status] ?? "Sunucu bunu kabul etmedi.");
  }
  return answer;
}
export const get = (path) => request("GET", path);
export const post = (path, body = {}) => request("POST", path, body);

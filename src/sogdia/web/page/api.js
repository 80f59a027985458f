// Questions to the server of this page, and what it answers or why it does not.

const MOST_KEPT = 80;
const kept = new Map();
const running = new Map();

// Why there is no answer: the reason in the server's words, and the faults of a file.
export class Refusal extends Error {
  constructor(reason, faults, status) {
    super(reason);
    this.faults = faults;
    this.status = status;
  }
}

// The address of a question.
export function questionAddress(path, params) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== "" && one !== false) query.append(name, one);
    }
  }
  const text = query.toString();
  return `/api/${path}${text ? `?${text}` : ""}`;
}

// The answer to a question. An answer is asked for once; a new question in a slot gives up the one before it.
export async function ask(path, params = {}, slot = null) {
  const from = questionAddress(path, params);
  if (slot !== null) {
    const before = running.get(slot);
    if (before && before.from !== from) before.stop.abort();
  }
  if (kept.has(from)) return kept.get(from);
  const stop = new AbortController();
  if (slot !== null) running.set(slot, { from, stop });
  const answer = await fetched(from, stop.signal);
  kept.set(from, answer);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
  return answer;
}

// What the server says to a file; the answer is kept beside those to questions.
export async function send(path, file) {
  const from = questionAddress(path, {});
  const answer = await fetched(from, null, { method: "POST", body: file, headers: { Accept: "application/json", "Content-Type": "application/octet-stream" } });
  kept.set(from, answer);
  return answer;
}

async function fetched(from, signal, request = { headers: { Accept: "application/json" } }) {
  let response;
  try {
    response = await fetch(from, { ...request, signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal(null, [], 0);
  }
  const body = await response.json().catch(() => null);
  if (!response.ok || body === null) {
    throw new Refusal(body && body.error ? body.error : null, (body && body.faults) || [], response.status);
  }
  return body;
}

// Every answer that is kept, for the page of sources.
export function answersKept() {
  return [...kept.entries()].map(([from, answer]) => ({ from, answer }));
}

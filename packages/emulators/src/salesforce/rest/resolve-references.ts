/** `@{refContact.id}` and `@{refConsents[0].id}` in urls and bodies of a composite. */
const REFERENCE = /@\{([A-Za-z0-9_]+)((?:\.[A-Za-z0-9_]+|\[\d+\])*)\}/g;

/** Ids of the subrequests that a url or a body names. */
export function listReferences(value: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  for (const text of textsIn(value)) for (const match of text.matchAll(REFERENCE)) names.add(match[1] ?? "");
  return names;
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  if (typeof value !== "object" || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    yield name;
    yield* textsIn(member);
  }
}

/** A reference that leads nowhere. */
export class UnresolvedReferenceError extends Error {
  constructor(request: { name: string; path: string }) {
    super(`Invalid reference specified. No value for ${request.path} found in ${request.name}`);
    this.name = "UnresolvedReferenceError";
  }
}

/**
 * The value with each reference replaced by what the earlier answers hold, names with regard to case. Throws
 * `UnresolvedReferenceError`.
 */
export function resolveReferences(request: { value: unknown; answers: ReadonlyMap<string, unknown> }): unknown {
  const { value, answers } = request;
  if (typeof value === "string") return resolveText({ text: value, answers });
  if (Array.isArray(value)) return value.map((member: unknown) => resolveReferences({ value: member, answers }));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolveReferences({ value: member, answers })]));
}

function resolveText(request: { text: string; answers: ReadonlyMap<string, unknown> }): unknown {
  const { text, answers } = request;
  if (!text.includes("@{")) return text;
  const matches = [...text.matchAll(REFERENCE)];
  const [only] = matches;
  if (only !== undefined && matches.length === 1 && only[0] === text) return lookUp({ name: only[1] ?? "", path: only[2] ?? "", answers });
  return text.replace(REFERENCE, (_match, name: string, path: string) => String(lookUp({ name, path, answers })));
}

function lookUp(request: { name: string; path: string; answers: ReadonlyMap<string, unknown> }): unknown {
  const { name, path, answers } = request;
  let current: unknown = answers.get(name);
  for (const [step] of path.matchAll(/[A-Za-z0-9_]+/g)) {
    const isHeld = typeof current === "object" && current !== null && Object.hasOwn(current, step);
    current = isHeld ? (current as Record<string, unknown>)[step] : undefined;
  }
  if (current === undefined || current === null || typeof current === "object") throw new UnresolvedReferenceError({ name, path });
  return current;
}

import { basename } from "node:path";
import type { ConfigurationProblem } from "@volenti/core";

const SYMBOLIC = /^[A-Za-z0-9_]{1,64}$/;

/** What made a configuration file fail, without its message (which may quote a secret): where, and the kind of error. */
export function toImportProblems(request: { error: unknown; file: string }): readonly ConfigurationProblem[] {
  const { error, file } = request;
  const name = basename(file);
  const place = findPlace({ error, name });
  const kind = kindOf(error);
  return [
    { path: place === null ? name : `${name}:${place}`, code: "configurationInvalid" },
    ...(kind === null ? [] : [{ path: name, code: kind }]),
  ];
}

/** `line` or `line:column` of the file, from the stack; null where the stack does not name the file. */
function findPlace(request: { error: unknown; name: string }): string | null {
  const stack = memberOf({ value: request.error, name: "stack" });
  if (typeof stack !== "string") return null;
  for (const line of stack.split("\n")) {
    const start = line.indexOf(`/${request.name}`);
    const place = start === -1 ? null : /^(?:\?load=[0-9a-f-]+)?:(\d+(?::\d+)?)/.exec(line.slice(start + 1 + request.name.length));
    if (place?.[1] !== undefined) return place[1];
  }
  return null;
}

function kindOf(error: unknown): string | null {
  for (const name of ["code", "name"]) {
    const value = memberOf({ value: error, name });
    if (typeof value === "string" && SYMBOLIC.test(value)) return value;
  }
  return null;
}

function memberOf(request: { value: unknown; name: string }): unknown {
  const { value, name } = request;
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

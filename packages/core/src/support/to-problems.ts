import type * as z from "zod";
import type { Problem } from "../model/submission-result.ts";

const FORMAT_CODES: Readonly<Record<string, string>> = {
  datetime: "invalidInstant",
  guid: "invalidUuid",
  url: "invalidUrl",
};

/** Tells what is wrong in our own words: a path without a stranger's key, and a code. Never a message or a value. */
export function toProblems(request: { issues: readonly z.core.$ZodIssue[]; prefix?: string }): Problem[] {
  return request.issues.map((issue) => ({
    path: toPath({ segments: issue.path, prefix: request.prefix ?? "" }),
    code: toProblemCode(issue),
  }));
}

function toProblemCode(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined ? "required" : "wrongType";
    case "unrecognized_keys":
      return "unknownKey";
    case "too_big":
      return issue.origin === "array" ? "tooMany" : issue.origin === "string" ? "tooLong" : "outOfRange";
    case "too_small":
      return issue.origin === "array" ? "tooFew" : issue.origin === "string" ? "tooShort" : "outOfRange";
    case "invalid_format":
      return FORMAT_CODES[issue.format] ?? "invalidFormat";
    case "invalid_value":
      return "unknownValue";
    case "custom":
      return typeof issue.params?.["code"] === "string" ? issue.params["code"] : "invalid";
    default:
      return "invalid";
  }
}

/** `decisions[0].channel`, from the segments of a zod path. */
export function toPath(request: { segments: readonly PropertyKey[]; prefix: string }): string {
  let path = request.prefix;
  for (const segment of request.segments) {
    if (typeof segment === "number") path += `[${segment}]`;
    else path += path === "" ? String(segment) : `.${String(segment)}`;
  }
  return path;
}

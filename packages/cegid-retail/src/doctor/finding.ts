import type { ConnectionFindingV1 } from "@volenti/core/adapter";

/** Findings for an operator; they may name settings, members and purposes, and nothing that a customer record holds. */
export function errorFinding(code: string, message: string): ConnectionFindingV1 {
  return { severity: "error", code, message };
}

export function warning(code: string, message: string): ConnectionFindingV1 {
  return { severity: "warning", code, message };
}

export function info(code: string, message: string): ConnectionFindingV1 {
  return { severity: "info", code, message };
}

/** Names in a sentence: all of up to ten, then how many more. */
export function nameAll(names: readonly string[]): string {
  const shown = names.slice(0, 10).join(", ");
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}

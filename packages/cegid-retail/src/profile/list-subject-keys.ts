import type { IdentifierKind } from "@volenti/core/adapter";
import type { Settings } from "../settings.ts";

/** Kinds by which a person can be found. None where records carry a part of the ref alone: a customer is found then, and nobody's ref. */
export function listSubjectKeys(settings: Pick<Settings, "refField" | "matchKeys">): readonly IdentifierKind[] {
  const { refField, matchKeys } = settings;
  return refField === null ? [] : [...new Set(matchKeys.map(({ kind }) => kind))];
}

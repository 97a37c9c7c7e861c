import type { Identifier } from "@volenti/core/adapter";
import { readTextMember } from "../mapping/read-text-member.ts";
import type { CustomerQueryData } from "../soap/data-contract.ts";
import type { Settings } from "../settings.ts";

/** By what a record is known, by the match keys in their order: as it stands, not normalised, and empty ones left out. */
export function readIdentifiers(request: { settings: Pick<Settings, "matchKeys">; stored: CustomerQueryData }): readonly Identifier[] {
  const { settings: { matchKeys }, stored } = request;
  return matchKeys.flatMap(({ kind, field }) => {
    const value = readTextMember({ data: stored, path: field });
    return value === null ? [] : [{ kind, value }];
  });
}

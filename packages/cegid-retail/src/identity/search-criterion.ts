import type { Identifier, IdentifierKind } from "@volenti/core/adapter";
import { isStorableText } from "../mapping/is-storable-text.ts";
import { readTextMember } from "../mapping/read-text-member.ts";
import { readUserSlot, type UserSlot } from "../mapping/user-slot.ts";
import type { Settings } from "../settings.ts";
import type { CustomerQueryData, CustomerSearchData, UserDefinedId } from "../soap/data-contract.ts";

/** What a search asks for: one text, in one place. */
export type SearchCriterion = {
  /** Letter case is no difference between two addresses. */
  readonly kind: IdentifierKind | "link";
  readonly value: string;
} & ({ readonly path: string } | { readonly slot: UserSlot & { readonly kind: "userDefinedText"; readonly id: UserDefinedId } });

/**
 * The match keys that the identifiers answer, in the order of the keys, then of the identifiers. What no record can hold
 * names nobody.
 */
export function listCriteria(request: { settings: Pick<Settings, "matchKeys">; identifiers: readonly Identifier[] }): readonly SearchCriterion[] {
  const { settings: { matchKeys }, identifiers } = request;
  return matchKeys.flatMap(({ kind, field }) =>
    identifiers
      .filter((identifier) => identifier.kind === kind && isStorableText({ text: identifier.value, longest: null }))
      .map(({ value }) => ({ kind, value, path: field })),
  );
}

export function toSearchData(criterion: SearchCriterion): CustomerSearchData {
  const { value } = criterion;
  if ("slot" in criterion) return { UserDefinedTexts: [{ Id: criterion.slot.id, Value: value }] };
  const [name = "", nested] = criterion.path.split(".");
  return { [name]: nested === undefined ? value : { [nested]: value } };
}

/**
 * How a record that a search found answers what was asked. How Y2 compares is unproven: `near` is what a search that pays no
 * heed to case, or asks for the beginning alone, would find too; `stranger` is what nobody asked for.
 */
export function compareWithCriterion(request: { criterion: SearchCriterion; stored: CustomerQueryData }): "same" | "near" | "stranger" {
  const { criterion, stored } = request;
  const held = "slot" in criterion ? readUserSlot({ stored, slot: criterion.slot }) : readTextMember({ data: stored, path: criterion.path });
  if (typeof held !== "string") return "stranger";
  const { value } = criterion;
  if (held === value || (criterion.kind === "email" && isOtherCase({ held, asked: value }))) return "same";
  return held.toUpperCase().startsWith(value.toUpperCase()) ? "near" : "stranger";
}

/** Both ways: `straße@` in upper case is `strasse@`, which is somebody else's. */
function isOtherCase(request: { held: string; asked: string }): boolean {
  const { held, asked } = request;
  return held.toUpperCase() === asked.toUpperCase() && held.toLowerCase() === asked.toLowerCase();
}

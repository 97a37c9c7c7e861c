import { canonicalise, type JsonValue, type StoredProfileV1 } from "@volenti/core/adapter";
import { precedenceOf } from "./precedence-of.ts";
import type { AttributeValueView, AttributeView } from "./unified-view.ts";

interface HeldValue {
  readonly destinationId: string;
  readonly value: JsonValue;
  readonly changedAt: number;
  readonly dateOf: "attribute" | "record";
}

/**
 * Merges profiles attribute by attribute; a destination may come with several. An attribute that a destination lacks is no
 * opinion: it may never have been sent there.
 */
export function mergeProfiles(request: {
  profiles: readonly { readonly destinationId: string; readonly profile: StoredProfileV1 | null }[];
  /** Ids of destinations by pattern of attributes. */
  precedence: Readonly<Record<string, readonly string[]>>;
}): readonly AttributeView[] {
  const held = new Map<string, HeldValue[]>();
  for (const { destinationId, profile } of request.profiles) {
    for (const [attribute, { value, changedAt, dateOf = "attribute" }] of Object.entries(profile?.attributes ?? {})) {
      const values = held.get(attribute) ?? [];
      values.push({ destinationId, value, changedAt, dateOf });
      held.set(attribute, values);
    }
  }
  return [...held]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([attribute, values]) => mergeAttribute({ attribute, values, precedence: precedenceOf({ ...request, attribute }) }));
}

function mergeAttribute(request: {
  attribute: string;
  values: readonly HeldValue[];
  precedence: readonly string[];
}): readonly AttributeView[] {
  const groups = new Map<string, HeldValue[]>();
  for (const held of request.values) {
    const key = comparableForm(held.value);
    groups.set(key, [...(groups.get(key) ?? []), held]);
  }
  const values = [...groups.values()]
    .flatMap((group): { latest: number; view: AttributeValueView }[] => {
      // When a value came to be is said by a date of its own: that of a whole record moves with whatever else changes in it.
      const [last] = group.toSorted((left, right) => rankOf(left) - rankOf(right) || right.changedAt - left.changedAt);
      if (last === undefined) return [];
      const { value, changedAt: latest, dateOf } = last;
      const destinationIds = [...new Set(group.map(({ destinationId }) => destinationId))];
      return [{ latest, view: { value, changedAt: new Date(latest).toISOString(), dateOf, destinationIds } }];
    })
    .toSorted((left, right) => right.latest - left.latest)
    .map(({ view }) => view);
  const chosen = request.precedence
    .map((id) => values.find(({ destinationIds }) => destinationIds.includes(id)))
    .find((value) => value !== undefined);
  const shown = chosen ?? values[0];
  if (shown === undefined) return [];
  const { value, changedAt } = shown;
  const chosenBy = chosen === undefined ? "latestChange" : "precedence";
  return [{ attribute: request.attribute, value, changedAt, chosenBy, conflict: values.length > 1, values }];
}

function rankOf({ dateOf }: HeldValue): number {
  return dateOf === "attribute" ? 0 : 1;
}

/** Members in any order are the same value. A text that RFC 8785 refuses (half a surrogate pair) still compares with itself. */
function comparableForm(value: JsonValue): string {
  try {
    return canonicalise(value);
  } catch {
    return JSON.stringify(value);
  }
}

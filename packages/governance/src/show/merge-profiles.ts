import { canonicalise, type JsonValue, type StoredProfileV1 } from "@volenti/core/adapter";
import type { AttributeValueView, AttributeView } from "./unified-view.ts";

interface HeldValue {
  readonly destinationId: string;
  readonly value: JsonValue;
  readonly changedAt: number;
}

/** Merges profiles attribute by attribute. An attribute that a destination lacks is no opinion: it may never have been sent there. */
export function mergeProfiles(
  profiles: readonly { readonly destinationId: string; readonly profile: StoredProfileV1 | null }[],
): readonly AttributeView[] {
  const held = new Map<string, HeldValue[]>();
  for (const { destinationId, profile } of profiles) {
    for (const [attribute, { value, changedAt }] of Object.entries(profile?.attributes ?? {})) {
      const values = held.get(attribute) ?? [];
      values.push({ destinationId, value, changedAt });
      held.set(attribute, values);
    }
  }
  return [...held]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([attribute, values]) => mergeAttribute({ attribute, values }));
}

function mergeAttribute(request: { attribute: string; values: readonly HeldValue[] }): readonly AttributeView[] {
  const groups = new Map<string, HeldValue[]>();
  for (const held of request.values) {
    const key = comparableForm(held.value);
    groups.set(key, [...(groups.get(key) ?? []), held]);
  }
  const values = [...groups.values()]
    .map((group) => ({ group, latest: Math.max(...group.map(({ changedAt }) => changedAt)) }))
    .toSorted((left, right) => right.latest - left.latest)
    .flatMap(({ group, latest }): AttributeValueView[] => {
      const [first] = group;
      if (first === undefined) return [];
      const destinationIds = group.map(({ destinationId }) => destinationId);
      return [{ value: first.value, changedAt: new Date(latest).toISOString(), destinationIds }];
    });
  const [last] = values;
  if (last === undefined) return [];
  const { value, changedAt } = last;
  return [{ attribute: request.attribute, value, changedAt, conflict: values.length > 1, values }];
}

/** Members in any order are the same value. A text that RFC 8785 refuses (half a surrogate pair) still compares with itself. */
function comparableForm(value: JsonValue): string {
  try {
    return canonicalise(value);
  } catch {
    return JSON.stringify(value);
  }
}

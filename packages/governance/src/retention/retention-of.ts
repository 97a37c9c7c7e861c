import { isEeaMember } from "@volenti/jurisdictions";
import type { Purpose } from "@volenti/core/adapter";

/**
 * The durations that must all have passed before a purpose is over for people of a country; null where it has none. The
 * country's own entry, else that of `EU`, else the general one. Of a country that nobody knows every entry has to pass.
 */
export function retentionsOf(request: {
  purpose: Pick<Purpose, "retention" | "retentionIn">;
  country: string | null;
}): readonly string[] | null {
  const { country } = request;
  const { retention, retentionIn = {} } = request.purpose;
  if (country === null) return retention === undefined ? null : [retention, ...Object.values(retentionIn)];
  const own = retentionIn[country] ?? (isEeaMember(country) ? retentionIn["EU"] : undefined) ?? retention;
  return own === undefined ? null : [own];
}

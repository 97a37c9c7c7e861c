import { isEeaMember } from "@volenti/jurisdictions";
import type { Purpose } from "@volenti/core/adapter";

/**
 * The durations that must all have passed before a purpose is over for people of a country; null where it has none. The
 * country's own entry, else that of `EU`, else the general one. Of a country that nobody knows every entry has to pass;
 * where none is general, and nothing ended the purpose, it may be a country in which it runs on.
 */
export function retentionsOf(request: {
  purpose: Pick<Purpose, "retention" | "retentionIn">;
  country: string | null;
  /** Whether everything that was decided about the purpose has ended it. */
  hasEnded: boolean;
}): readonly string[] | null {
  const { country, hasEnded } = request;
  const { retention, retentionIn = {} } = request.purpose;
  if (country === null) {
    const all = [...(retention === undefined ? [] : [retention]), ...Object.values(retentionIn)];
    return all.length === 0 || (retention === undefined && !hasEnded) ? null : all;
  }
  const own = retentionIn[country] ?? (isEeaMember(country) ? retentionIn["EU"] : undefined) ?? retention;
  return own === undefined ? null : [own];
}

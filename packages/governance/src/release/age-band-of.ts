import type { AgeBand } from "@volenti/core/adapter";

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** By dates of birth as destinations hold them; years alone and masked values do not count. Unknown unless one date is left. */
export function ageBandOf(request: { birthdates: readonly string[]; now: number }): AgeBand {
  const dates = request.birthdates.flatMap((text) => {
    const [, year, month, day] = DATE.exec(text) ?? [];
    return year === undefined || year === "0000" ? [] : [{ year: Number(year), month: Number(month), day: Number(day) }];
  });
  const [born, ...others] = dates;
  if (born === undefined || others.length > 0) return "unknown";
  // Where it is still yesterday, the birthday has not come.
  const today = new Date(request.now - HOURS_BEHIND_UTC_IN_MS);
  const isBefore = today.getUTCMonth() + 1 < born.month || (today.getUTCMonth() + 1 === born.month && today.getUTCDate() < born.day);
  const age = today.getUTCFullYear() - born.year - (isBefore ? 1 : 0);
  if (age < 0) return "unknown";
  return age < 13 ? "under13" : age < 16 ? "13-15" : age < 18 ? "16-17" : "adult";
}

const HOURS_BEHIND_UTC_IN_MS = 12 * 3_600_000;

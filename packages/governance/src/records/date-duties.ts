import { breachDuties, isEeaMember, weekendOf, type LegalPeriod } from "@volenti/jurisdictions";
import { addWorkingDays, dayOf, endOfDay } from "../rights/deadline/calendar.ts";
import type { DatedDuty } from "./breach-pack.ts";

const HOUR_IN_MS = 3_600_000;

/** The duties of a country, of its region and of all its subdivisions, the earliest first, with when they are due. */
export function dateDuties(request: { country: string; discoveredAt: number }): readonly DatedDuty[] {
  const { country, discoveredAt } = request;
  const applies = (place: string): boolean => place === country || place.startsWith(`${country}-`) || (place === "EU" && isEeaMember(country));
  return breachDuties
    .flatMap(({ places, ...duty }): DatedDuty[] => {
      const place = places.find(applies);
      if (place === undefined) return [];
      return [{ ...duty, place, dueAt: addPeriod({ period: duty.period, from: discoveredAt, country }) }];
    })
    .toSorted((left, right) => (left.dueAt ?? Infinity) - (right.dueAt ?? Infinity));
}

/**
 * To the hour where a law counts hours, and in whole days of 24 hours where it counts days: the earlier reading. Working days end with
 * the day in UTC; holidays are not known here.
 */
function addPeriod(request: { period: LegalPeriod; from: number; country: string }): number | null {
  const { period, from, country } = request;
  switch (period.unit) {
    case "unspecified":
    case "months":
      return null;
    case "hours":
      return from + period.amount * HOUR_IN_MS;
    case "calendarDays":
      return from + period.amount * 24 * HOUR_IN_MS;
    case "workingDays": {
      const calendar = { timeZone: "UTC", weekend: weekendOf(country), holidays: new Set<number>() };
      return endOfDay({ day: addWorkingDays({ day: dayOf({ at: from, timeZone: "UTC" }), count: period.amount, calendar }), timeZone: "UTC" });
    }
  }
}

import { rightsDeadlines, weekendOf, type RightsDeadline } from "@volenti/jurisdictions";
import type { RightsSettings } from "@volenti/core";
import type { Place } from "../../support/find-place.ts";
import type { RightsKindHandled, RightsPause } from "../rights-request.ts";
import { readDay, type Calendar } from "./calendar.ts";
import { computeDeadline, type ClosedPause } from "./compute-deadline.ts";
import { pickDeadlines } from "./pick-deadlines.ts";

/** By when a request has to be answered, and by which law. */
export interface Due {
  /** Epoch milliseconds; null where no law of ours names a number. */
  readonly dueAt: number | null;
  /** The rows' regimes; null where there is none for the place and the kind. */
  readonly regime: string | null;
  /** What else the rows say, in words. */
  readonly words: readonly string[];
  /** The row that decides; null where none has a number. */
  readonly row: RightsDeadline | null;
}

/** Of several laws the earliest date counts. `isExtended`: the rows that know an extension have it. */
export function dueOfRequest(request: {
  place: Place;
  kind: RightsKindHandled;
  receivedAt: number;
  pauses: readonly RightsPause[];
  isExtended: boolean;
  settings: Pick<RightsSettings, "holidays" | "timeZone">;
}): Due {
  const { place, kind, receivedAt, isExtended, settings } = request;
  const rows = pickDeadlines({ rows: rightsDeadlines, place, kind });
  const calendar = calendarOf({ place, settings });
  const pauses = request.pauses.flatMap(toClosedPause);
  const dates = rows.flatMap((row) => {
    const at = computeDeadline({ row, receivedAt, pauses, isExtended, calendar });
    return at === null ? [] : [{ row, at }];
  });
  const [first] = dates.toSorted((left, right) => left.at - right.at);
  return {
    dueAt: first?.at ?? null,
    regime: rows.length === 0 ? null : [...new Set(rows.map(({ regime }) => regime))].join(", "),
    words: rows.flatMap(({ note }) => note ?? []),
    row: first?.row ?? null,
  };
}

function calendarOf(request: { place: Place; settings: Pick<RightsSettings, "holidays" | "timeZone"> }): Calendar {
  const { place, settings } = request;
  const country = place.country ?? "";
  return {
    timeZone: settings.timeZone,
    weekend: weekendOf(country),
    holidays: new Set((settings.holidays[country] ?? []).map(readDay)),
  };
}

/** One that goes on pushes nothing yet: the date that is shown meanwhile is the earlier one. */
function toClosedPause({ ground, from, until }: RightsPause): readonly ClosedPause[] {
  return until === null ? [] : [{ ground, from: Date.parse(from), until: Date.parse(until) }];
}

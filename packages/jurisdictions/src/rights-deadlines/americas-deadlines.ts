import type { RightsDeadline } from "./rights-deadline.ts";
import { ARGENTINA_DEADLINES } from "./argentina-deadlines.ts";
import { UNITED_STATES_DEADLINES } from "./united-states-deadlines.ts";

const BRAZIL_AND_CANADA: readonly RightsDeadline[] = [
  {
    id: "lgpd-access-simplified",
    regime: "LGPD access",
    places: ["BR"],
    rights: ["access"],
    deadline: { amount: null, unit: "unspecified" },
    note: "a simplified answer is due at once",
    source: "LGPD art. 19",
    checkedAt: "2026-11",
    certainty: "A",
  },
  {
    id: "lgpd-access-full",
    regime: "LGPD access",
    places: ["BR"],
    rights: ["access"],
    deadline: { amount: 15, unit: "calendarDays" },
    note: "the full declaration",
    source: "LGPD art. 19",
    checkedAt: "2026-11",
    certainty: "A",
  },
  {
    id: "pipeda",
    regime: "CA PIPEDA",
    places: ["CA"],
    rights: "all",
    deadline: { amount: 30, unit: "calendarDays" },
    extension: { amount: 30, unit: "calendarDays" },
    source: "PIPEDA",
    checkedAt: "2026-11",
    certainty: "B",
  },
  {
    id: "quebec",
    regime: "Quebec",
    places: ["CA-QC"],
    rights: "all",
    deadline: { amount: 30, unit: "calendarDays" },
    source: "Quebec's act on personal information in the private sector",
    checkedAt: "2026-11",
    certainty: "B",
  },
];

export const AMERICAS_DEADLINES: readonly RightsDeadline[] = [
  ...UNITED_STATES_DEADLINES,
  ...BRAZIL_AND_CANADA,
  ...ARGENTINA_DEADLINES,
];

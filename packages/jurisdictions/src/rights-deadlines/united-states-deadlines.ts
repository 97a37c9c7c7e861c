import type { RightsDeadline } from "./rights-deadline.ts";

export const UNITED_STATES_DEADLINES: readonly RightsDeadline[] = [
  {
    id: "ccpa-know-delete-correct",
    regime: "CCPA/CPRA know, delete, correct",
    places: ["US-CA"],
    rights: ["access", "erase", "rectify"],
    deadline: { amount: 45, unit: "calendarDays" },
    extension: { amount: 45, unit: "calendarDays" },
    note: "an extension is told to the person",
    source: "Civ. Code 1798.130(a)(2)",
    checkedAt: "2026-11",
    certainty: "A",
  },
  {
    id: "ccpa-opt-out-limit",
    regime: "CCPA/CPRA opt-out, limit",
    places: ["US-CA"],
    rights: ["optOut", "limit"],
    deadline: { amount: 15, unit: "workingDays" },
    note:
      "as soon as feasible, this at most; the person is not asked again for 12 months; since 2026-01-01 it must be " +
      "shown that an opt-out signal was honoured",
    source: "11 CCR 7025(c)(6) for the signal; CCPA regulations",
    checkedAt: "2026-11",
    certainty: "A",
  },
  {
    id: "us-states",
    regime: "VA, CO, TX and similar US states",
    places: ["US-VA", "US-CO", "US-TX"],
    rights: "all",
    deadline: { amount: 45, unit: "calendarDays" },
    extension: { amount: 45, unit: "calendarDays" },
    note: "a refusal can be appealed (Virginia: answered within 60 days); other states have similar laws",
    source: "the states' consumer data protection acts",
    checkedAt: "2026-11",
    certainty: "B",
  },
];

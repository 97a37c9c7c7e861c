import type { RightsDeadline } from "./rights-deadline.ts";

/** One vendor's table has the two numbers the other way round, hence C. */
export const ARGENTINA_DEADLINES: readonly RightsDeadline[] = [
  {
    id: "argentina-access",
    regime: "AR",
    places: ["AR"],
    rights: ["access"],
    deadline: { amount: 10, unit: "calendarDays" },
    note: "a vendor's table has the periods for access and rectification swapped",
    source: "Argentina's data protection law",
    checkedAt: "2026-11",
    certainty: "C",
  },
  {
    id: "argentina-rectify-erase",
    regime: "AR",
    places: ["AR"],
    rights: ["rectify", "erase"],
    deadline: { amount: 5, unit: "workingDays" },
    note: "a vendor's table has the periods for access and rectification swapped",
    source: "Argentina's data protection law",
    checkedAt: "2026-11",
    certainty: "C",
  },
];

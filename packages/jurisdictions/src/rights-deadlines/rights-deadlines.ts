import { AMERICAS_DEADLINES } from "./americas-deadlines.ts";
import { ASIA_PACIFIC_DEADLINES } from "./asia-pacific-deadlines.ts";
import { EUROPE_DEADLINES } from "./europe-deadlines.ts";
import type { RightsDeadline } from "./rights-deadline.ts";

/**
 * Deadlines for the requests of data subjects, as of November 2026. Not legal advice. A law that sets several is
 * several rows. A number of days that the source does not qualify is counted in calendar days, the earlier date.
 */
export const rightsDeadlines: readonly RightsDeadline[] = [
  ...EUROPE_DEADLINES,
  ...AMERICAS_DEADLINES,
  ...ASIA_PACIFIC_DEADLINES,
];

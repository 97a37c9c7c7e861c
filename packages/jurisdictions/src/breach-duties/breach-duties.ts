import { AMERICAS_BREACH_DUTIES } from "./americas-breach-duties.ts";
import { ASIA_PACIFIC_BREACH_DUTIES } from "./asia-pacific-breach-duties.ts";
import type { BreachDuty } from "./breach-duty.ts";
import { EUROPE_BREACH_DUTIES } from "./europe-breach-duties.ts";

/**
 * Who must be told of a breach of personal data, and by when, as of November 2026. Not legal advice: most rows are general
 * knowledge (`C`), and none judges whether its condition is met. Of a country without a row nothing is known here.
 */
export const breachDuties: readonly BreachDuty[] = [...EUROPE_BREACH_DUTIES, ...AMERICAS_BREACH_DUTIES, ...ASIA_PACIFIC_BREACH_DUTIES];

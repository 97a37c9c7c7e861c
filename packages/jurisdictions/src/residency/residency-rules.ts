import type { ResidencyRules } from "@volenti/core";
import { AFRICA_ROWS } from "./africa-rows.ts";
import { AMERICAS_ROWS } from "./americas-rows.ts";
import { CENTRAL_ASIA_ROWS } from "./central-asia-rows.ts";
import { DEFAULT_ROW } from "./default-row.ts";
import { EAST_ASIA_ROWS } from "./east-asia-rows.ts";
import { EEA_MEMBERS } from "./eea-members.ts";
import { EUROPE_ROWS } from "./europe-rows.ts";
import { MIDDLE_EAST_ROWS } from "./middle-east-rows.ts";
import { RUSSIA_ROW } from "./russia-row.ts";
import { SOUTH_ASIA_ROWS } from "./south-asia-rows.ts";

/**
 * Where people's data may lie, as of November 2026: 19 rows, and one for every other country. A reading for the
 * configuration's `residency.rules`, not legal advice; where counsel reads a row otherwise, override it with a reason.
 *
 * A destination outside a person's region has to pass `copyTo` also where it is the first to be written to:
 * `collectElsewhere` says that the first write may leave the country, `copyTo` says where it may go and on what terms.
 */
export const residencyRules: ResidencyRules = {
  rows: [
    RUSSIA_ROW,
    ...CENTRAL_ASIA_ROWS,
    ...EAST_ASIA_ROWS,
    ...SOUTH_ASIA_ROWS,
    ...MIDDLE_EAST_ROWS,
    ...EUROPE_ROWS,
    ...AMERICAS_ROWS,
    ...AFRICA_ROWS,
  ],
  defaultRow: DEFAULT_ROW,
  regions: { EU: EEA_MEMBERS },
};

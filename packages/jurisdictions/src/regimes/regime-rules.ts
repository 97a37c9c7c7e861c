import type { RegimeRules } from "@volenti/core";
import { EEA_MEMBERS } from "../residency/eea-members.ts";
import { AMERICAS_REGIMES } from "./americas-regimes.ts";
import { CHILD_REGIMES } from "./child-regimes.ts";
import { EAST_ASIA_REGIMES } from "./east-asia-regimes.ts";
import { EUROPEAN_UNION_REGIMES } from "./european-union-regimes.ts";
import { OTHER_EUROPE_REGIMES } from "./other-europe-regimes.ts";
import { SOUTH_ASIA_PACIFIC_REGIMES } from "./south-asia-pacific-regimes.ts";

/**
 * What laws ask of purposes and notices, as of November 2026: a reading for the configuration's `regimes.rules`, not legal
 * advice; where counsel reads a row otherwise, override it with a reason. Of a place without a row nothing is known here.
 */
export const regimeRules: RegimeRules = {
  rows: [
    ...EUROPEAN_UNION_REGIMES,
    ...OTHER_EUROPE_REGIMES,
    ...AMERICAS_REGIMES,
    ...EAST_ASIA_REGIMES,
    ...SOUTH_ASIA_PACIFIC_REGIMES,
    ...CHILD_REGIMES,
  ],
  regions: { EU: EEA_MEMBERS },
};

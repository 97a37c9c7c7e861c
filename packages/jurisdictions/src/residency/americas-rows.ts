import type { ResidencyRow } from "@volenti/core";

const BRAZIL: ResidencyRow = {
  country: "BR",
  law: "LGPD art. 33; ANPD Resolution 19/2024",
  // Follows copies: nothing must be local, and nothing is said of collection.
  collectElsewhere: "withMechanism",
  copyTo: { "*": "withMechanism" },
  keepLocal: "no",
  conditions: ["adequacyOrRegulatorsClausesOrSpecificHighlightedConsent"],
  sources: ["https://klalaw.com.br/en/anpd-approves-regulation-international-data-transfers/"],
  checkedAt: "2026-11",
  certainty: "C",
};

/**
 * No general rule. 28 CFR 202 bars or restricts access to bulk sensitive data from countries of concern (202.601). A
 * write does not know how much has gone before it, so every copy there is barred; who is sure to stay under the
 * thresholds overrides it. China is meant with Hong Kong and Macau (202.208), which have codes of their own.
 */
const UNITED_STATES: ResidencyRow = {
  country: "US",
  law: "no general rule; 28 CFR 202 for countries of concern, since 2025-04-08",
  // Follows copies: `copyTo` still keeps a first write out of the countries of concern.
  collectElsewhere: "yes",
  copyTo: { "*": "yes", CN: "no", HK: "no", MO: "no", CU: "no", IR: "no", KP: "no", RU: "no", VE: "no" },
  keepLocal: "no",
  conditions: ["noBulkSensitiveDataToCountriesOfConcern"],
  sources: [
    "https://lexbuild.dev/ecfr/title-28/chapter-I/part-202/section-202.601",
    "https://regulations.justia.com/regulations/fedreg/2025/01/08/2024-31486.html",
  ],
  checkedAt: "2026-11",
  certainty: "C",
};

export const AMERICAS_ROWS: readonly ResidencyRow[] = [BRAZIL, UNITED_STATES];

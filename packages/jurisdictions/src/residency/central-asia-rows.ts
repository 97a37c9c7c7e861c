import type { ResidencyRow } from "@volenti/core";

/**
 * A complete database in Kazakhstan is the duty. The order of storing is not fixed, and a parallel copy abroad is read
 * as allowed on the terms of art. 16. Attaches to whoever is established there; the reach over foreign sites is unclear.
 */
const KAZAKHSTAN: ResidencyRow = {
  country: "KZ",
  law: "Law 94-V of 21.05.2013 art. 12(2) and 16, localisation since 2016-01-01",
  collectElsewhere: "yes",
  copyTo: { "*": "withMechanism" },
  keepLocal: "yes",
  conditions: ["databaseInCountry", "adequacyOrConsentOrTreatyOrLaw"],
  sources: [
    "https://www.lexology.com/library/detail.aspx?g=df9f87c9-a87d-4246-a3f5-086421bf6117",
    "http://kplaw.kz/en/publications/kazakhstan-localization-of-personal-data?print=1",
  ],
  checkedAt: "2026-11",
  certainty: "B",
};

/** Until March 2026 all data of citizens had to stay; many tables on the web have not caught up. */
const UZBEKISTAN: ResidencyRow = {
  country: "UZ",
  law: "Law 547 art. 27-1 as amended by Law 1125 of 26.03.2026",
  collectElsewhere: "yes",
  copyTo: { "*": "withMechanism" },
  keepLocal: "no",
  localCategories: ["biometric data", "genetic data", "data of telecom subscribers"],
  conditions: ["adequacyOrApprovedClausesOrBindingRulesOrApprovedStandard"],
  sources: [
    "https://blackswan.law/legal-alert-of-amendments-to-personal-data-legislation/",
    "https://nurilla.com/insights/uzbekistan-personal-data-law-amendments.html",
  ],
  checkedAt: "2026-11",
  certainty: "B",
};

export const CENTRAL_ASIA_ROWS: readonly ResidencyRow[] = [KAZAKHSTAN, UZBEKISTAN];

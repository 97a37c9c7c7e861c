import type { ResidencyRow } from "@volenti/core";

/**
 * The region `EU`, which is the whole European Economic Area: free within it. Adequacy decisions are not kept here, so
 * a destination in an adequate country names that decision as its transfer mechanism.
 */
const EUROPEAN_ECONOMIC_AREA: ResidencyRow = {
  country: "EU",
  law: "GDPR chapter V, since 2018-05-25",
  collectElsewhere: "yes",
  copyTo: { "*": "withMechanism" },
  keepLocal: "no",
  conditions: ["adequacyOrClausesWithImpactAssessmentOrBindingRulesOrArticle49"],
  sources: ["GDPR art. 44-49"],
  checkedAt: "2026-11",
  certainty: "A",
};

const UNITED_KINGDOM: ResidencyRow = {
  country: "GB",
  law: "UK GDPR chapter V (International Data Transfer Agreement, or Addendum)",
  // Follows copies: nothing must be local, and nothing is said of collection.
  collectElsewhere: "withMechanism",
  copyTo: { "*": "withMechanism" },
  keepLocal: "no",
  conditions: ["adequacyOrTransferAgreementOrAddendum"],
  sources: [
    "https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/international-transfers/international-data-transfer-agreement-and-guidance/",
  ],
  checkedAt: "2026-11",
  certainty: "C",
};

const SWITZERLAND: ResidencyRow = {
  country: "CH",
  law: "FADP art. 16-17",
  // Follows copies: nothing must be local, and nothing is said of collection.
  collectElsewhere: "withMechanism",
  copyTo: { "*": "withMechanism" },
  keepLocal: "no",
  conditions: ["federalCouncilListOrClausesWithSwissAddendum"],
  sources: ["https://prighter.com/resources/laws/swiss-fadp/fadp/articles/article-16"],
  checkedAt: "2026-11",
  certainty: "C",
};

export const EUROPE_ROWS: readonly ResidencyRow[] = [EUROPEAN_ECONOMIC_AREA, UNITED_KINGDOM, SWITZERLAND];

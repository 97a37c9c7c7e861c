import type { ResidencyRow } from "@volenti/core";

/**
 * Storage in China binds operators of critical infrastructure and handlers over the regulator's volumes; a brand that
 * is either overrides `keepLocal`. Volumes count people in the calendar year, exempt transfers apart: under 100 000
 * non-sensitive no mechanism, up to a million (or under 10 000 sensitive) a standard contract or certification (the
 * latter since 2026-01-01), above that a security assessment. This library does not count, hence the mechanism is
 * always asked for. Being exempt from the mechanism (contract with the person, human resources, emergency) frees
 * nobody from notice, consent and impact assessment.
 */
const CHINA: ResidencyRow = {
  country: "CN",
  law: "PIPL art. 38-40, since 2021-11-01; CAC Provisions of 22.03.2024; certification measures (Order 20), since 2026-01-01",
  collectElsewhere: "withMechanism",
  copyTo: { "*": "withMechanism" },
  keepLocal: "no",
  localCategories: [
    "all personal data of operators of critical information infrastructure",
    "all personal data of handlers over the regulator's volume thresholds",
    "important data, unless a security assessment was passed",
  ],
  conditions: [
    "separateConsentWhereConsentIsTheBasis",
    "noticeOfRecipientPurposeMethodCategoriesAndRights",
    "impactAssessment",
    "countSinceFirstOfJanuary",
  ],
  sources: [
    "https://fangdalaw.com/articles/china-promulgated-the-provisions-on-promoting-and-standardizing-cross-border-data-flows",
    "https://www.insideprivacy.com/uncategorized/china-eases-restrictions-on-cross-border-data-flows/",
    "https://digitalpolicyalert.org/event/34594",
    "https://personalinformationprotectionlaw.com/PIPL/category/rules-for-processing-personal-information/",
  ],
  checkedAt: "2026-11",
  certainty: "B",
};

const JAPAN: ResidencyRow = {
  country: "JP",
  law: "APPI art. 28",
  // The data say nothing of collection, and nothing must be local: collection follows copies.
  collectElsewhere: "withMechanism",
  copyTo: { "*": "withMechanism" },
  keepLocal: "no",
  conditions: ["informedConsentOrEquivalentMeasuresOrAdequacy"],
  sources: ["https://bifrostindex.ai/guides/japan/international-data-transfers"],
  checkedAt: "2026-11",
  certainty: "C",
};

const SOUTH_KOREA: ResidencyRow = {
  country: "KR",
  law: "PIPA art. 28-8",
  // Follows copies: nothing must be local, and nothing is said of collection.
  collectElsewhere: "withMechanism",
  copyTo: { "*": "withMechanism" },
  keepLocal: "no",
  conditions: ["separateConsentOrDisclosedContractNecessityOrCertificationOrAdequacy"],
  sources: ["https://prighter.com/resources/laws/korean-pipa/main/articles/article-28-8"],
  checkedAt: "2026-11",
  certainty: "C",
};

export const EAST_ASIA_ROWS: readonly ResidencyRow[] = [CHINA, JAPAN, SOUTH_KOREA];

import type { ResidencyRow } from "@volenti/core";

const EGYPT: ResidencyRow = {
  country: "EG",
  law: "Law 151/2020 art. 14-15",
  // Follows copies: nothing must be local, and nothing is said of collection.
  collectElsewhere: "withMechanism",
  copyTo: { "*": "withMechanism" },
  keepLocal: "no",
  conditions: ["licenceOfTheCentre", "adequateProtection"],
  sources: ["https://www.dlapiperdataprotection.com/index.html?t=transfer&c=EG"],
  checkedAt: "2026-11",
  certainty: "C",
};

/**
 * Something must be local here (data of government), and nothing was found on where a first write may go: an unknown
 * is no. A brand that holds no such data, and whose counsel agrees, overrides `collectElsewhere` with that reason;
 * with a store in Nigeria nothing needs to be overridden, as copies may leave with a mechanism.
 */
const NIGERIA: ResidencyRow = {
  country: "NG",
  law: "NDPA 2023 s. 41; NITDA guidelines for Nigerian content",
  collectElsewhere: "no",
  copyTo: { "*": "withMechanism" },
  keepLocal: "no",
  localCategories: ["government and sovereign data"],
  conditions: ["governmentDataLocal", "adequacyOrSafeguard"],
  sources: [
    "https://www.mondaq.com/nigeria/privacy-protection/1661282/uubo-contributes-to-bowmans-2025-africa-guide-to-data-protection-publication",
    "https://inplp.com/de/latest-news/article/cross-border-data-transfer-navigating-compliance-under-the-nigerian-data-protection-act-2023/",
  ],
  checkedAt: "2026-11",
  certainty: "C",
};

export const AFRICA_ROWS: readonly ResidencyRow[] = [EGYPT, NIGERIA];

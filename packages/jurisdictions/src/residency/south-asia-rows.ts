import type { ResidencyRow } from "@volenti/core";

/**
 * Neither the list of categories that significant data fiduciaries must keep nor the list of barred countries was
 * seen, hence a mechanism for every copy. Main duties start in May 2027, consent managers in November 2026. Payment
 * data has its own rules (RBI).
 */
const INDIA: ResidencyRow = {
  country: "IN",
  law: "DPDP Act 2023 s. 16; DPDP Rules 2025, core duties from 2027-05",
  collectElsewhere: "yes",
  copyTo: { "*": "withMechanism" },
  keepLocal: "no",
  localCategories: ["categories that the government names for significant data fiduciaries; no list was seen"],
  conditions: ["checkNegativeList", "namedCategoriesOfSignificantFiduciariesStay"],
  sources: [
    "https://www.azbpartners.com/bank/update-indias-digital-personal-data-protection-framework-comes-into-effect",
    "https://stocktwits.com/news-articles/markets/equity/government-notifies-dpdp-rules-sets-18-month-roadmap-for-data-protection-regime-ws-e-19760652/cLPQ2MrREEA",
    "https://daijiworld.com/news/newsDisplay?newsID=1298052",
  ],
  checkedAt: "2026-11",
  certainty: "B",
};

/** Private operators may host abroad; public bodies may not, and finance has its own rules. */
const INDONESIA: ResidencyRow = {
  country: "ID",
  law: "GR 71/2019 art. 21, since 2019-10; PDP Law 27/2022 art. 56, since 2024-10",
  collectElsewhere: "yes",
  copyTo: { "*": "withMechanism" },
  keepLocal: "no",
  conditions: [
    "equalProtectionOrBindingSafeguardOrConsent",
    "supervisoryAccess",
    "registrationOfPrivateOperator",
  ],
  sources: [
    "https://rouse.com/insights/news/2023/cross-border-data-transfer-indonesia",
    "https://resourcehub.bakermckenzie.com/en/resources/global-data-privacy-and-cybersecurity-handbook/asia-pacific/indonesia/topics/data-localizationresidency",
  ],
  checkedAt: "2026-11",
  certainty: "B",
};

/**
 * Domestic enterprises keep users' data in the country; foreign ones only after three tests and a ministerial order,
 * with twelve months to comply. A submission does not say which the brand is, so the stricter holds: a brand
 * established abroad overrides `keepLocal` with that reason. Storing in a cloud abroad, and reading from abroad, are
 * transfers. The replacement of the Cybersecurity Law that was due in mid-2026 was not seen.
 */
const VIETNAM: ResidencyRow = {
  country: "VN",
  law: "PDPL 91/2025/QH15 and Decree 356/2025, since 2026-01-01; Cybersecurity Law and Decree 53/2022",
  collectElsewhere: "withMechanism",
  copyTo: { "*": "withMechanism" },
  keepLocal: "yes",
  conditions: ["impactDossierWithin60DaysOfFirstTransfer", "contractWithRecipient", "updateDuty"],
  sources: [
    "https://cdlaf.vn/en/2026-update-cross-border-data-transfer-under-decree-no-356-2025-nd-cp-regulations-and-compliance-procedures/",
    "https://technologyquotient.freshfields.com/post/102iulg/data-localisation-in-vietnam-highlights-under-decree-53-and-decree-13",
    "https://www.mondaq.com/data-protection/1666694/new-personal-data-protection-law",
  ],
  checkedAt: "2026-11",
  // B for transfers; C for the domestic duty, which decides `keepLocal`.
  certainty: "C",
};

export const SOUTH_ASIA_ROWS: readonly ResidencyRow[] = [INDIA, INDONESIA, VIETNAM];

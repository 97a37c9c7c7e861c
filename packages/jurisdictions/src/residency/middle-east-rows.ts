import type { ResidencyRow } from "@volenti/core";

/**
 * Onshore only: DIFC and ADGM have laws of their own. Health data is localised (Law 2/2019), and credit and bank data
 * have their own rules. Onshore law knows no legitimate interests: consent, or an exception that it lists. The
 * executive regulations were not seen.
 */
const UNITED_ARAB_EMIRATES: ResidencyRow = {
  country: "AE",
  law: "Federal Decree-Law 45/2021 art. 22-23, since 2022-01-02",
  collectElsewhere: "yes",
  copyTo: { "*": "withMechanism" },
  keepLocal: "no",
  localCategories: ["health data (Law 2/2019)"],
  conditions: ["adequacyOrContractOrExplicitConsentOrContractWithPerson"],
  sources: [
    "https://uaepdpl.com/?p=342",
    "https://gowlingwlg.com/en-gb/insights-resources/articles/2022/uae-federal-decree-law-on-personal-data-protection",
    "https://blog.charlesrussellspeechlys.com/post/102hdta/uae-enacts-new-data-protection-law",
  ],
  checkedAt: "2026-11",
  // B for the scheme, C for the state of the executive regulations.
  certainty: "C",
};

/** Sector rules (health, finance, government cloud) can localise. */
const SAUDI_ARABIA: ResidencyRow = {
  country: "SA",
  law: "PDPL art. 29; Regulation on Transfer Outside the Kingdom of 01.09.2024, since 2024-09-14",
  collectElsewhere: "yes",
  copyTo: { "*": "withMechanism" },
  keepLocal: "no",
  conditions: [
    "adequacyOrClausesOrBindingCommonRulesOrAccreditation",
    "minimumDataUnlessSafeguard",
    "riskAssessment",
    "noHarmToNationalSecurity",
  ],
  sources: [
    "https://insightplus.bakermckenzie.com/bm/data-technology/saudi-arabia-updates-data-transfer-regulations-and-introduces-the-first-set-of-standard-contractual-clauses",
    "https://gpg-pdf.chambers.com/view/158325293/368",
  ],
  checkedAt: "2026-11",
  certainty: "B",
};

/**
 * No country is adequate yet. The standard contract is the Turkish text, unmodified, notified within five business
 * days; a missing notice is fined. Consent has been an occasional derogation only since 2024-09-01.
 */
const TURKEY: ResidencyRow = {
  country: "TR",
  law: "KVKK art. 9 as amended by Law 7499, since 2024-06-01; By-Law of 10.07.2024",
  collectElsewhere: "yes",
  copyTo: { "*": "withMechanism" },
  keepLocal: "no",
  conditions: [
    "adequacyOrNotifiedStandardContractOrBindingRulesOrApprovedCommitmentLetter",
    "derogationsOnlyOccasional",
  ],
  sources: [
    "https://zorer.av.tr/en/gorusler/kvkk-7499-degisikligi-yurt-disi-veri-aktarimi",
    "https://datenrecht.ch/en/tuerkei-anpassung-an-die-dsgvo-meldepflicht-fuer-tk-scc/",
    "https://www.mondaq.com/turkey/data-protection/1546710/standard-contract-notification-obligation-and-penalties",
  ],
  checkedAt: "2026-11",
  certainty: "B",
};

export const MIDDLE_EAST_ROWS: readonly ResidencyRow[] = [UNITED_ARAB_EMIRATES, SAUDI_ARABIA, TURKEY];

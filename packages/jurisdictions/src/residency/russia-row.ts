import type { ResidencyRow } from "@volenti/core";

/**
 * Since 2025-07-01 the text forbids databases abroad while data of Russian citizens are collected, and is no longer
 * addressed to the operator alone, so that processors are meant too. Whether a later copy abroad (art. 12) survives is
 * contested: most commentators say yes, after notice to the regulator; a minority reads a near-total ban on mirrors.
 * Hence no copy by default. A controller whose counsel follows the majority switches it on with an override of
 * `copyTo`; the local store keeps its first turn all the same.
 *
 * The exceptions of art. 6(1) items 2, 3, 4 and 8 (treaty, justice, state services, press and science) are normally
 * not retail's. The trigger is citizenship, which a submission's `country` only stands for.
 */
export const RUSSIA_ROW: ResidencyRow = {
  country: "RU",
  law: "152-FZ art. 18(5) as amended by 23-FZ of 28.02.2025, in force since 2025-07-01",
  collectElsewhere: "no",
  copyTo: { "*": "no" },
  keepLocal: "yes",
  conditions: [
    "firstWriteLocal",
    "localAtLeastAsCompleteAsForeign",
    "notifyRegulatorBeforeExport",
    "recipientAssessment",
    "waitForInadequateCountries",
    "writtenOrOtherBasis",
  ],
  sources: [
    "https://b1.ru/en/insights/law-messenger/localization-of-personal-data-of-russian-citizens-6-march-2025/",
    "https://lidings.com/media/legalupdates/localization_pd_update",
    "https://seamless.legal/insights/Toughening_the_requirement_for_localisation_of_personal_data/",
    "https://epap.by/en/media/view/lokalizaciya-personalnyh-dannyh-i-osobaya-kategoriya-subuektov",
    "https://www.gorodissky.com/publications/articles/russia-adopts-new-rules-on-cross-border-data-transfers/",
    "https://tass.com/economy/1094893",
  ],
  checkedAt: "2026-11",
  // A for the wording, B for the reading that the answers rest on.
  certainty: "B",
};

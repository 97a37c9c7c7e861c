import type { PurposeConcern, RegimeRow } from "@volenti/core";
import { childConsentAges } from "../child-consent/child-consent-ages.ts";
import type { ChildConsentAge, ChildConsentRegime } from "../child-consent/child-consent-age.ts";

const LAWS: Readonly<Record<ChildConsentRegime, string>> = {
  gdprArticle8: "GDPR",
  coppa: "COPPA",
  ccpa: "CCPA/CPRA",
  pipl: "PIPL",
  dpdp: "IN DPDP",
  lgpd: "LGPD",
  fz152: "RU 152-FZ",
};

/** California's age is about sale and sharing alone. */
const CONCERNS: Partial<Record<ChildConsentRegime, readonly PurposeConcern[]>> = { ccpa: ["sale", "sharing", "targetedAdvertising"] };

/** Below the ages of consent a guardian acts: the rows of `childConsentAges` as demands. */
export const CHILD_REGIMES: readonly RegimeRow[] = childConsentAges.map(toRow);

function toRow({ country, subdivision, regime, below, needs, note, sources, checkedAt, certainty }: ChildConsentAge): RegimeRow {
  const place = subdivision ?? country;
  const concerns = CONCERNS[regime];
  return {
    id: `child-${place.toLowerCase()}-${regime.toLowerCase()}`,
    law: country === "GB" ? "UK GDPR" : LAWS[regime],
    places: [place],
    ...(concerns === undefined ? {} : { concerns }),
    rule: { about: "demand", demand: { guardianBelow: below } },
    note: note === undefined ? needs : `${needs}; ${note}`,
    source: sources.join("; "),
    checkedAt,
    certainty,
  };
}

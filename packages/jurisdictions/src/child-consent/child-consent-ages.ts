import type { ChildConsentAge } from "./child-consent-age.ts";
import { GDPR_ARTICLE_8_AGES } from "./gdpr-article-8-ages.ts";

// The data name no certainty for any of these but Russia's, which is C; an unnamed one is taken as the weakest.
const OTHER_AGES: readonly ChildConsentAge[] = [
  {
    country: "US",
    regime: "coppa",
    below: 13,
    needs:
      "verifiable consent of a parent; a separate one for disclosure to third parties, unless integral to the service",
    note: "amendments in force since 2025-06-23, to be complied with by 2026-04-22",
    sources: ["COPPA rule, 16 CFR 312"],
    checkedAt: "2026-11",
    certainty: "C",
  },
  {
    country: "US",
    subdivision: "US-CA",
    regime: "ccpa",
    below: 16,
    needs: "an opt-in before sale or sharing: the person's own from 13 on, a parent's below",
    note: "concerns sale and sharing only",
    sources: ["CCPA, Civ. Code 1798.120(c)"],
    checkedAt: "2026-11",
    certainty: "C",
  },
  {
    country: "CN",
    regime: "pipl",
    below: 14,
    needs: "consent of a parent or guardian; all of the child's data count as sensitive",
    note: "a yearly audit report on minors' data is due by 31 January",
    sources: ["PIPL art. 31"],
    checkedAt: "2026-11",
    certainty: "C",
  },
  {
    country: "IN",
    regime: "dpdp",
    below: 18,
    needs: "verifiable consent of a parent; no tracking and no targeted advertising",
    note: "core duties from 2027-05",
    sources: ["DPDP Act 2023 s. 9"],
    checkedAt: "2026-11",
    certainty: "C",
  },
  {
    country: "BR",
    regime: "lgpd",
    below: 12,
    needs: "specific and highlighted consent of a parent",
    sources: ["LGPD art. 14"],
    checkedAt: "2026-11",
    certainty: "C",
  },
  {
    country: "RU",
    regime: "fz152",
    below: 14,
    needs: "consent of the legal representative",
    note: "from 14 to 18 is debated",
    sources: ["152-FZ art. 9"],
    checkedAt: "2026-11",
    certainty: "C",
  },
];

/** Ages of consent by country and law, as of November 2026. Not legal advice; where no row stands, nothing was looked up. */
export const childConsentAges: readonly ChildConsentAge[] = [...GDPR_ARTICLE_8_AGES, ...OTHER_AGES];

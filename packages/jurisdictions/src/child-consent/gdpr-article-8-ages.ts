import { EEA_MEMBERS } from "../residency/eea-members.ts";
import type { ChildConsentAge } from "./child-consent-age.ts";

const COMMISSION_PAPER =
  "European Commission staff paper of June 2020, p. 17, as reproduced at https://blog.kuan0.com/2020/06/";
const TRACKER = "https://www.twobirds.com/en/in-focus/general-data-protection-regulation/gdpr-tracker/children";

const AGES: Readonly<Record<string, number>> = {
  AT: 14, BE: 13, BG: 14, CY: 14, CZ: 15, DE: 16, DK: 15, EE: 13, ES: 14, FI: 13, FR: 15, GR: 15, HR: 16, HU: 16,
  IE: 16, IT: 14, LT: 14, LU: 16, LV: 13, MT: 13, NL: 16, PL: 16, PT: 13, RO: 16, SE: 13, SI: 15, SK: 16,
  GB: 13, NO: 13, IS: 13, LI: 16,
};

const EXCEPTIONS: Readonly<Record<string, Partial<ChildConsentAge>>> = {
  DK: {
    note: "raised from 13 to 15 on 2024-01-01; one press item of 2025 still says 13",
    sources: [
      "https://en.unitas.consulting/dit-barns-brug-af-sociale-medier-begraenses-samt-tre-andre-aendringer-af-databeskyttelsesloven/",
      "https://teknomers.com/en/it-went-badly-news-norway-overview-of-news-from-various-parts-of-the-country",
    ],
  },
  SI: { note: "from national knowledge alone", certainty: "C" },
  NO: { note: "raising it to 15 is proposed" },
  ES: { note: "a bill would raise it to 16" },
  IS: { certainty: "C" },
  LI: { certainty: "C" },
  GB: { note: "UK GDPR and Data Protection Act 2018" },
};

/**
 * GDPR art. 8, as each country chose between 13 and 16. Applies to online services that are offered to a child directly,
 * where consent is the basis; nothing else follows from it.
 */
export const GDPR_ARTICLE_8_AGES: readonly ChildConsentAge[] = [...EEA_MEMBERS, "GB"].flatMap((country) => {
  const below = AGES[country];
  return below === undefined ? [] : [toChildConsentAge({ country, below })];
});

function toChildConsentAge(request: { country: string; below: number }): ChildConsentAge {
  return {
    ...request,
    regime: "gdprArticle8",
    needs: "consent given or authorised by the holder of parental responsibility",
    sources: [COMMISSION_PAPER, TRACKER],
    checkedAt: "2026-11",
    certainty: "B",
    ...EXCEPTIONS[request.country],
  };
}

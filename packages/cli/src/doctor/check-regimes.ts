import { findRegimeFindings, type RegimeFinding, type RegimeFindingCode } from "@volenti/governance";
import type { Volenti } from "@volenti/core";
import type { Check } from "./check.ts";

const SENTENCES: Readonly<Record<RegimeFindingCode, string>> = {
  mechanismTooWeak: "wants another mechanism",
  demandNotMade: "demands of a grant",
  basisUnknown: "does not know the basis",
  purposeKindUnknown: "nobody can tell what it is for: say it",
  sensitivityUndeclared: "whether these are sensitive is not said: name the purpose in rights.sensitivePurposes if they are",
  purposeWithoutNotice: "no notice informs about its current version",
  noticeNotStandalone: "wants consent apart from other matters",
  noticeItemMissing: "wants it told",
};

/** What the law of the countries that are served asks and the configuration does not give. Warnings: none of it is legal advice. */
export function checkRegimes(volenti: Volenti): readonly Check[] {
  const findings = findRegimeFindings(volenti);
  if (findings.length > 0) return findings.map(toCheck);
  return [{ status: "ok", subject: "regimes", code: "regimesMet", message: "nothing is missing that the rows of the regimes ask" }];
}

function toCheck(finding: RegimeFinding): Check {
  return { status: "warning", subject: "regimes", code: finding.code, message: toMessage(finding), finding };
}

/** `purposes.sale: GDPR in EU wants another mechanism: optOut [GDPR art. 21(1)-(3); gdpr-objection]`. */
function toMessage({ code, subject, detail, law, places, row }: RegimeFinding): string {
  const who = law === null ? "" : `${law} in ${places.join(", ")} `;
  const source = row === null ? "" : ` [${row.source}; ${row.id}]`;
  return `${subject}: ${who}${SENTENCES[code]}${detail === "" ? "" : `: ${detail}`}${source}`;
}

import type { ReleaseRule } from "@volenti/core";

const ATTRIBUTES = ["email", "givenName", "familyName", "birthdate", "address.*", "phoneNumber", "*"];
const RECIPIENTS = ["ad-partner", "analytics-partner", "till", "partner"];
const PLACES = ["FR", "US-CA", "DE", "US"];

/** Rules of all kinds, most of which bear on several questions: with places, ages and conditions. */
export function makeRules(count: number): readonly ReleaseRule[] {
  return Array.from({ length: count }, (_, index): ReleaseRule => {
    const pick = (list: readonly string[]): string => list[index % list.length] ?? "";
    const match = { attributes: [pick(ATTRIBUTES)], recipients: [pick(RECIPIENTS)] };
    const id = `rule-${index}`;
    if (index % 10 === 0) return { id, effect: "deny", match: { ...match, jurisdictions: [pick(PLACES)] }, unless: [{ ageBands: ["adult"] }] };
    if (index % 10 === 1) return { id, effect: "mask", mask: "initial", match, when: [{ jurisdictions: [pick(PLACES)] }], unless: [{ consent: "granted" }] };
    if (index % 2 === 0) return { id, effect: "release", match, when: [{ ageBands: ["adult", "16-17"] }] };
    return { id, effect: "release", match, unless: [{ consent: "refused" }] };
  });
}

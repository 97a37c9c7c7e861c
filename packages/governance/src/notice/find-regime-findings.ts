import type { Volenti } from "@volenti/core";
import { regimeRules } from "@volenti/jurisdictions";
import { checkNotices } from "./check-notices.ts";
import { checkPurposeRow, checkPurposes } from "./check-purposes.ts";
import type { RegimeFinding } from "./regime-finding.ts";
import { listServedRows } from "./served-rows.ts";

/**
 * Compares the current purposes, the notices and what is told of the controller with the regimes of every country that a route
 * serves: those of the configuration, else those of `@volenti/jurisdictions`. Contacts nobody.
 */
export function findRegimeFindings(volenti: Volenti): readonly RegimeFinding[] {
  const regimes = volenti.regimes ?? { rules: regimeRules };
  const rows = listServedRows({ volenti, regimes });
  const purposes = volenti.catalogue.purposes.filter(({ current }) => current);
  return mergePlaces([
    ...checkPurposes({ volenti, purposes }),
    ...purposes.flatMap((purpose) => rows.flatMap((row) => checkPurposeRow({ volenti, purpose, row }))),
    ...checkNotices({ volenti, rows, regimes }),
  ]);
}

/** What several rows of one law say alike is said once: the age of consent is a row a country. */
function mergePlaces(findings: readonly RegimeFinding[]): readonly RegimeFinding[] {
  const merged = new Map<string, RegimeFinding>();
  for (const finding of findings) {
    const { code, subject, law, detail, places } = finding;
    const key = [code, subject, law ?? "", detail].join("\u0000");
    const known = merged.get(key);
    merged.set(key, known === undefined ? finding : { ...known, places: [...new Set([...known.places, ...places])] });
  }
  return [...merged.values()];
}

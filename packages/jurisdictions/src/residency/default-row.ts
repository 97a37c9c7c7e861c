import type { ResidencyRow } from "@volenti/core";

/**
 * For countries without a row, which were not looked at: free within the person's own region, elsewhere only to a
 * destination that declares its transfer mechanism, since most data protection laws ask for one.
 */
export const DEFAULT_ROW: ResidencyRow = {
  country: "*",
  law: "none examined; the rule that most data protection laws share",
  collectElsewhere: "withMechanism",
  copyTo: { "*": "withMechanism" },
  keepLocal: "no",
  conditions: ["transferMechanismDeclared"],
  sources: ["a default of this package, not a statute"],
  checkedAt: "2026-11",
  certainty: "C",
};

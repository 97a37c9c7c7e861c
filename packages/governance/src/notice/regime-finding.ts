import type { RegimeRow } from "@volenti/core";

/**
 * - `mechanismTooWeak`: the law wants a yes, or the possibility of a no, and the purpose has neither
 * - `demandNotMade`: the law demands something of a grant that the purpose does not
 * - `basisUnknown`: the law does not know the purpose's legal basis
 * - `purposeKindUnknown`: nobody can tell what the purpose is for
 * - `sensitivityUndeclared`: nobody says whether an attribute of the brand's own is sensitive
 * - `purposeWithoutNotice`: no notice informs about the purpose's current version
 * - `noticeNotStandalone`: the law wants consent apart from other matters, and the notice is not
 * - `noticeItemMissing`: the law wants something said that the configuration does not say
 */
export type RegimeFindingCode =
  | "mechanismTooWeak"
  | "demandNotMade"
  | "basisUnknown"
  | "purposeKindUnknown"
  | "sensitivityUndeclared"
  | "purposeWithoutNotice"
  | "noticeNotStandalone"
  | "noticeItemMissing";

/** One thing that a law asks and the configuration does not give, or that nobody can tell. */
export interface RegimeFinding {
  readonly code: RegimeFindingCode;
  /** `purposes.sale`, `notices.signup@3 (fr-FR)`, `controller.dataProtectionOfficer`: what to put right. */
  readonly subject: string;
  /** What is missing: `optIn`, `doubleOptIn`, `art13-1-b dataProtectionOfficer`; empty where the code says it all. */
  readonly detail: string;
  /** Null where no single law asks. */
  readonly law: string | null;
  /** The places that are served and concerned: those of the row, `EU` for the whole Area. */
  readonly places: readonly string[];
  /** Null where no row asks. */
  readonly row: Pick<RegimeRow, "id" | "source" | "checkedAt" | "certainty"> | null;
}

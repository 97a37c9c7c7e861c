/** The brand's ledgers: in memory, but for one that is a regional store in some runs. */
export const LEDGER_IDS = ["ru", "eu"] as const;
export type LedgerId = (typeof LEDGER_IDS)[number];

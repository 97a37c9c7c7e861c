/** What laws want a notice to say, closed. Which law wants which is in the rows of the regimes. */
export const NOTICE_ITEMS = [
  "controllerIdentity",
  "representative",
  "dataProtectionOfficer",
  "purposesAndBases",
  "legitimateInterests",
  "dataCategories",
  "recipients",
  "transfers",
  "retention",
  "rights",
  "withdrawal",
  "complaint",
  "obligation",
  "automatedDecisions",
  "optOutOfSale",
] as const;
/** One thing that an information notice must say. */
export type NoticeItem = (typeof NOTICE_ITEMS)[number];

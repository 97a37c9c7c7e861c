import type { NoticeDuty, RegimeRow } from "@volenti/core";

/** GDPR article 13(1) and (2), in the order of the law. `purposesAndBases` is one item of the law with two halves. */
export const ARTICLE_13_ITEMS: readonly NoticeDuty[] = [
  { item: "controllerIdentity", provision: "art13-1-a" },
  { item: "representative", provision: "art13-1-a" },
  { item: "dataProtectionOfficer", provision: "art13-1-b" },
  { item: "purposesAndBases", provision: "art13-1-c" },
  { item: "legitimateInterests", provision: "art13-1-d" },
  { item: "recipients", provision: "art13-1-e" },
  { item: "transfers", provision: "art13-1-f" },
  { item: "retention", provision: "art13-2-a" },
  { item: "rights", provision: "art13-2-b" },
  { item: "withdrawal", provision: "art13-2-c" },
  { item: "complaint", provision: "art13-2-d" },
  { item: "obligation", provision: "art13-2-e" },
  { item: "automatedDecisions", provision: "art13-2-f" },
];

const GDPR = { law: "GDPR", places: ["EU"], checkedAt: "2026-11" } as const;

const GENERAL: readonly RegimeRow[] = [
  { ...GDPR, id: "gdpr-distinguishable", rule: { about: "demand", demand: { standalone: true } }, note: "clearly distinguishable from other matters: a notice inside terms of sale is not", source: "GDPR art. 7(2)", certainty: "B" },
  { ...GDPR, id: "gdpr-explicit", concerns: ["sensitiveData"], rule: { about: "demand", demand: { explicit: true } }, note: "automated decisions (art. 22) and some transfers (art. 49) ask for it too", source: "GDPR art. 9(2)(a)", certainty: "B" },
  { ...GDPR, id: "gdpr-sensitive-opt-in", concerns: ["sensitiveData"], rule: { about: "mechanism", mechanism: "optIn" }, note: "other grounds of art. 9(2) are rare for a retailer", source: "GDPR art. 9", certainty: "B" },
  { ...GDPR, id: "gdpr-objection", concerns: ["directMarketing", "targetedAdvertising", "profiling", "personalisation"], rule: { about: "mechanism", mechanism: "optOut" }, note: "a person may object at any time: a purpose that only informs is too weak", source: "GDPR art. 21(1)-(3)", certainty: "B" },
  { ...GDPR, id: "gdpr-notice", rule: { about: "notice", items: ARTICLE_13_ITEMS }, source: "GDPR art. 13(1)-(2)", certainty: "A" },
  { ...GDPR, id: "gdpr-rights", rule: { about: "rights", rights: ["access", "rectify", "erase", "restrict", "object", "portability", "withdraw", "complaint"], deadlines: ["gdpr"] }, source: "GDPR art. 7(3), 15-22, 77", certainty: "A" },
];

const MESSAGES = ["email", "sms", "mms", "whatsapp", "messenger"] as const;

const MARKETING: readonly RegimeRow[] = [
  { id: "eprivacy-opt-in", law: "ePrivacy Directive", places: ["EU"], concerns: ["directMarketing"], channels: MESSAGES, rule: { about: "mechanism", mechanism: "optIn" }, note: "own similar goods after a sale may go by objection (art. 13(2)): override the row where that is your case", source: "Directive 2002/58/EC art. 13(1)", checkedAt: "2026-11", certainty: "B" },
  { id: "de-phone-opt-in", law: "UWG", places: ["DE"], concerns: ["directMarketing"], channels: ["phone"], rule: { about: "mechanism", mechanism: "optIn" }, source: "UWG § 7(2) no. 1", checkedAt: "2026-11", certainty: "B" },
  { id: "de-double-opt-in", law: "UWG", places: ["DE"], concerns: ["directMarketing"], channels: ["email"], rule: { about: "demand", demand: { doubleOptIn: true } }, note: "no statute asks for it; without it the concrete declaration can hardly be proved. A confirmed mail proves nothing of calls", source: "BGH 10.02.2011, I ZR 164/09", checkedAt: "2026-11", certainty: "B" },
  { id: "de-phone-proof", law: "UWG", places: ["DE"], concerns: ["directMarketing"], channels: ["phone"], rule: { about: "proofRetention", period: "P5Y" }, note: "from the grant and from each use, shown to the regulator on demand", source: "UWG § 7a", checkedAt: "2026-11", certainty: "B" },
];

/** The General Data Protection Regulation, and what the directive on privacy and Germany add for marketing. */
export const EUROPEAN_UNION_REGIMES: readonly RegimeRow[] = [...GENERAL, ...MARKETING];

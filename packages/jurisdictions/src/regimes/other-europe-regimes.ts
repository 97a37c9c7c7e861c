import type { RegimeRow } from "@volenti/core";
import { ARTICLE_13_ITEMS } from "./european-union-regimes.ts";

const UK = { law: "UK GDPR", places: ["GB"], checkedAt: "2026-11" } as const;

const UNITED_KINGDOM: readonly RegimeRow[] = [
  { ...UK, id: "uk-explicit", concerns: ["sensitiveData"], rule: { about: "demand", demand: { explicit: true } }, source: "UK GDPR art. 9(2)(a)", certainty: "B" },
  { ...UK, id: "uk-sensitive-opt-in", concerns: ["sensitiveData"], rule: { about: "mechanism", mechanism: "optIn" }, source: "UK GDPR art. 9", certainty: "B" },
  { ...UK, id: "uk-distinguishable", rule: { about: "demand", demand: { standalone: true } }, source: "UK GDPR art. 7(2)", certainty: "B" },
  { ...UK, id: "uk-objection", concerns: ["directMarketing", "targetedAdvertising", "profiling", "personalisation"], rule: { about: "mechanism", mechanism: "optOut" }, source: "UK GDPR art. 21", certainty: "B" },
  { ...UK, id: "uk-pecr-opt-in", law: "PECR", concerns: ["directMarketing"], channels: ["email", "sms", "mms", "whatsapp", "messenger"], rule: { about: "mechanism", mechanism: "optIn" }, note: "own similar goods after a sale may go by objection (reg. 22(3))", source: "PECR 2003 reg. 22", certainty: "C" },
  { ...UK, id: "uk-notice", rule: { about: "notice", items: ARTICLE_13_ITEMS }, source: "UK GDPR art. 13", certainty: "B" },
  { ...UK, id: "uk-rights", rule: { about: "rights", rights: ["access", "rectify", "erase", "restrict", "object", "portability", "withdraw", "complaint"], deadlines: ["uk-gdpr"] }, source: "UK GDPR art. 7(3), 15-22, 77", certainty: "B" },
];

const FADP = { law: "CH FADP", places: ["CH"], checkedAt: "2026-11", certainty: "C" } as const;

const SWITZERLAND: readonly RegimeRow[] = [
  { ...FADP, id: "ch-explicit", concerns: ["sensitiveData"], rule: { about: "demand", demand: { explicit: true } }, note: "high-risk profiling too", source: "FADP art. 6(7)" },
  { ...FADP, id: "ch-mass-mail-opt-in", law: "CH UCA", concerns: ["directMarketing"], channels: ["email", "sms", "mms", "whatsapp", "messenger"], rule: { about: "mechanism", mechanism: "optIn" }, note: "own similar goods after a sale may go by objection", source: "Unfair Competition Act art. 3(1)(o)" },
  { ...FADP, id: "ch-notice", rule: { about: "notice", items: [{ item: "controllerIdentity", provision: "fadp19-2-a" }, { item: "purposesAndBases", provision: "fadp19-2-b" }, { item: "recipients", provision: "fadp19-2-c" }, { item: "transfers", provision: "fadp19-4" }, { item: "automatedDecisions", provision: "fadp21-1" }] }, note: "the law asks for purposes, not for bases", source: "FADP art. 19, 21" },
  { ...FADP, id: "ch-rights", rule: { about: "rights", rights: ["access", "rectify", "erase", "object", "portability", "withdraw"], deadlines: [] }, source: "FADP art. 25-32" },
];

const KVKK = { law: "TR KVKK", places: ["TR"], checkedAt: "2026-11", certainty: "C" } as const;

const TURKEY: readonly RegimeRow[] = [
  { ...KVKK, id: "tr-explicit", rule: { about: "demand", demand: { explicit: true } }, note: "the law knows explicit consent only", source: "KVKK art. 3, 5" },
  { ...KVKK, id: "tr-messages-opt-in", law: "TR Law 6563", concerns: ["directMarketing"], channels: ["email", "sms", "mms", "phone", "whatsapp"], rule: { about: "mechanism", mechanism: "optIn" }, note: "approvals are registered in a national system", source: "Law 6563 art. 6" },
  { ...KVKK, id: "tr-notice", rule: { about: "notice", items: [{ item: "controllerIdentity", provision: "kvkk10-1-a" }, { item: "representative", provision: "kvkk10-1-a" }, { item: "purposesAndBases", provision: "kvkk10-1-b" }, { item: "recipients", provision: "kvkk10-1-c" }, { item: "rights", provision: "kvkk10-1-d" }] }, source: "KVKK art. 10" },
  { ...KVKK, id: "tr-rights", rule: { about: "rights", rights: ["access", "rectify", "erase", "object", "complaint"], deadlines: ["kvkk"] }, source: "KVKK art. 11, 13" },
];

const FZ152 = { law: "RU 152-FZ", places: ["RU"], checkedAt: "2026-11" } as const;

const RUSSIA: readonly RegimeRow[] = [
  { ...FZ152, id: "ru-separate-standalone", rule: { about: "demand", demand: { separate: true, standalone: true } }, note: "since 2025-09-01 apart from any other document or confirmation; a paper of its own for each third party", source: "152-FZ art. 9, 156-FZ", certainty: "B" },
  { ...FZ152, id: "ru-marketing-opt-in", concerns: ["directMarketing", "targetedAdvertising"], rule: { about: "mechanism", mechanism: "optIn" }, source: "152-FZ art. 15", certainty: "C" },
  { ...FZ152, id: "ru-notice", rule: { about: "notice", items: [{ item: "controllerIdentity", provision: "fz152-9-4" }, { item: "purposesAndBases", provision: "fz152-9-4" }, { item: "dataCategories", provision: "fz152-9-4" }, { item: "recipients", provision: "fz152-9-4" }, { item: "retention", provision: "fz152-9-4" }, { item: "withdrawal", provision: "fz152-9-4" }, { item: "rights", provision: "fz152-18-3" }] }, source: "152-FZ art. 9(4), 18", certainty: "C" },
  { ...FZ152, id: "ru-rights", rule: { about: "rights", rights: ["access", "rectify", "erase", "withdraw", "complaint"], deadlines: ["fz152", "fz152-stop", "fz152-destroy"] }, source: "152-FZ art. 14-17, 20-21", certainty: "C" },
];

/** The United Kingdom, Switzerland, Turkey and Russia. */
export const OTHER_EUROPE_REGIMES: readonly RegimeRow[] = [...UNITED_KINGDOM, ...SWITZERLAND, ...TURKEY, ...RUSSIA];

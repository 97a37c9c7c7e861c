import type { RegimeRow } from "@volenti/core";

const PIPL = { law: "PIPL", places: ["CN"], checkedAt: "2026-11" } as const;

const CHINA: readonly RegimeRow[] = [
  { ...PIPL, id: "cn-explicit", rule: { about: "demand", demand: { explicit: true } }, note: "full knowledge, voluntary, explicit; asked again when purpose, method or kind of data changes", source: "PIPL art. 14", certainty: "B" },
  { ...PIPL, id: "cn-separate-disclosure", concerns: ["disclosure", "sale", "sharing"], rule: { about: "demand", demand: { separate: true } }, note: "for each handler that receives the data: name, contact, purpose, method, kinds", source: "PIPL art. 23", certainty: "B" },
  { ...PIPL, id: "cn-separate-sensitive", concerns: ["sensitiveData"], rule: { about: "demand", demand: { separate: true } }, source: "PIPL art. 29", certainty: "B" },
  { ...PIPL, id: "cn-no-legitimate-interests", rule: { about: "basis", unknownBases: ["legitimateInterests"] }, source: "PIPL art. 13", certainty: "B" },
  { ...PIPL, id: "cn-marketing-opt-in", concerns: ["directMarketing"], channels: ["email", "sms", "mms", "phone", "wechat"], rule: { about: "mechanism", mechanism: "optIn" }, source: "Advertising Law art. 43", certainty: "C" },
  { ...PIPL, id: "cn-profiling-opt-out", concerns: ["profiling", "personalisation", "targetedAdvertising"], rule: { about: "mechanism", mechanism: "optOut" }, note: "an option without personal traits, or an easy refusal", source: "PIPL art. 24", certainty: "C" },
  { ...PIPL, id: "cn-notice", rule: { about: "notice", items: [{ item: "controllerIdentity", provision: "pipl17-1" }, { item: "purposesAndBases", provision: "pipl17-2" }, { item: "dataCategories", provision: "pipl17-2" }, { item: "retention", provision: "pipl17-2" }, { item: "rights", provision: "pipl17-3" }, { item: "recipients", provision: "pipl23" }, { item: "transfers", provision: "pipl39" }] }, source: "PIPL art. 17, 23, 39", certainty: "B" },
  { ...PIPL, id: "cn-rights", rule: { about: "rights", rights: ["access", "portability", "rectify", "erase", "withdraw", "restrict"], deadlines: ["pipl"] }, note: "data that leave the country ask for a separate consent where consent is the basis (art. 39): a purpose of its own with `separate`", source: "PIPL art. 15, 44-50", certainty: "C" },
];

const PIPA = { law: "KR PIPA", places: ["KR"], checkedAt: "2026-11", certainty: "C" } as const;

const KOREA: readonly RegimeRow[] = [
  { ...PIPA, id: "kr-separate", concerns: ["directMarketing", "targetedAdvertising", "disclosure", "sale", "sharing", "sensitiveData"], rule: { about: "demand", demand: { separate: true } }, note: "apart from what the service needs", source: "PIPA art. 22" },
  { ...PIPA, id: "kr-marketing-opt-in", law: "KR Network Act", concerns: ["directMarketing"], rule: { about: "mechanism", mechanism: "optIn" }, note: "consent is confirmed to the person every two years", source: "Network Act art. 50" },
  { ...PIPA, id: "kr-notice", rule: { about: "notice", items: [{ item: "purposesAndBases", provision: "pipa15-2-1" }, { item: "dataCategories", provision: "pipa15-2-2" }, { item: "retention", provision: "pipa15-2-3" }, { item: "obligation", provision: "pipa15-2-4" }, { item: "recipients", provision: "pipa17-2" }] }, source: "PIPA art. 15(2), 17(2)" },
  { ...PIPA, id: "kr-rights", rule: { about: "rights", rights: ["access", "rectify", "erase", "restrict", "withdraw", "portability"], deadlines: ["korea-pipa"] }, source: "PIPA art. 35-37" },
];

const APPI = { law: "JP APPI", places: ["JP"], checkedAt: "2026-11", certainty: "C" } as const;

const JAPAN: readonly RegimeRow[] = [
  { ...APPI, id: "jp-mail-opt-in", law: "JP Act on Specified E-Mail", concerns: ["directMarketing"], channels: ["email", "sms"], rule: { about: "mechanism", mechanism: "optIn" }, source: "Act on Regulation of Transmission of Specified Electronic Mail art. 3" },
  { ...APPI, id: "jp-disclosure-opt-in", concerns: ["sale", "sharing", "sensitiveData"], rule: { about: "mechanism", mechanism: "optIn" }, note: "an opt-out scheme exists for some disclosures, after notice to the Commission", source: "APPI art. 20, 27" },
  { ...APPI, id: "jp-notice", rule: { about: "notice", items: [{ item: "controllerIdentity", provision: "appi32-1-1" }, { item: "purposesAndBases", provision: "appi21-2" }, { item: "rights", provision: "appi32-1-3" }, { item: "complaint", provision: "appi32-1-4" }] }, note: "the law asks for purposes, not for bases", source: "APPI art. 21, 32" },
  { ...APPI, id: "jp-rights", rule: { about: "rights", rights: ["access", "rectify", "erase", "restrict"], deadlines: ["appi"] }, source: "APPI art. 33-35" },
];

/** China, Korea and Japan. */
export const EAST_ASIA_REGIMES: readonly RegimeRow[] = [...CHINA, ...KOREA, ...JAPAN];

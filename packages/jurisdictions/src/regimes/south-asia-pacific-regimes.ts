import type { RegimeRow } from "@volenti/core";

const DPDP = { law: "IN DPDP", places: ["IN"], checkedAt: "2026-11" } as const;

const INDIA: readonly RegimeRow[] = [
  { ...DPDP, id: "in-standalone", rule: { about: "demand", demand: { standalone: true } }, note: "the notice stands alone, is itemised and in plain language; core duties from 2027-05", source: "DPDP Act 2023 s. 5-6, DPDP Rules 2025 rule 3", certainty: "B" },
  { ...DPDP, id: "in-no-legitimate-interests", rule: { about: "basis", unknownBases: ["legitimateInterests"] }, note: "the law has a closed list of uses without consent; core duties from 2027-05", source: "DPDP Act 2023 s. 4, 7", certainty: "C" },
  { ...DPDP, id: "in-notice", rule: { about: "notice", items: [{ item: "dataCategories", provision: "dpdp-rule3-b" }, { item: "purposesAndBases", provision: "dpdp-rule3-b" }, { item: "withdrawal", provision: "dpdp-rule3-c" }, { item: "rights", provision: "dpdp-rule3-c" }, { item: "complaint", provision: "dpdp-rule3-c" }] }, source: "DPDP Act 2023 s. 5, DPDP Rules 2025 rule 3", certainty: "C" },
  { ...DPDP, id: "in-rights", rule: { about: "rights", rights: ["access", "rectify", "erase", "withdraw", "complaint"], deadlines: ["india-dpdp-grievance"] }, source: "DPDP Act 2023 s. 11-14", certainty: "C" },
];

const SOUTH_EAST = { checkedAt: "2026-11", certainty: "C" } as const;

const SOUTH_EAST_ASIA: readonly RegimeRow[] = [
  { ...SOUTH_EAST, id: "sg-marketing-opt-in", law: "SG PDPA", places: ["SG"], concerns: ["directMarketing"], channels: ["sms", "phone", "whatsapp"], rule: { about: "mechanism", mechanism: "optIn" }, note: "numbers on the Do Not Call registry need a clear and unambiguous consent", source: "PDPA part 9" },
  { ...SOUTH_EAST, id: "sg-rights", law: "SG PDPA", places: ["SG"], rule: { about: "rights", rights: ["access", "rectify", "withdraw"], deadlines: ["singapore-pdpa"] }, source: "PDPA s. 16, 21-22" },
  { ...SOUTH_EAST, id: "id-explicit", law: "ID PDP", places: ["ID"], rule: { about: "demand", demand: { explicit: true } }, note: "written or recorded, told apart from other matters", source: "PDP Law 27/2022 art. 20-22" },
  { ...SOUTH_EAST, id: "id-rights", law: "ID PDP", places: ["ID"], rule: { about: "rights", rights: ["access", "rectify", "erase", "restrict", "object", "portability", "withdraw"], deadlines: ["indonesia-pdp"] }, source: "PDP Law 27/2022 art. 5-13" },
  { ...SOUTH_EAST, id: "vn-explicit", law: "VN PDPL", places: ["VN"], rule: { about: "demand", demand: { explicit: true, separate: true } }, note: "clear, and for each purpose; silence is none", source: "PDPL 91/2025/QH15" },
  { ...SOUTH_EAST, id: "vn-marketing-opt-in", law: "VN PDPL", places: ["VN"], concerns: ["directMarketing", "targetedAdvertising"], rule: { about: "mechanism", mechanism: "optIn" }, source: "PDPL 91/2025/QH15" },
  { ...SOUTH_EAST, id: "th-explicit", law: "TH PDPA", places: ["TH"], rule: { about: "demand", demand: { explicit: true, standalone: true } }, note: "clearly distinguishable from other matters", source: "PDPA s. 19" },
  { ...SOUTH_EAST, id: "th-objection", law: "TH PDPA", places: ["TH"], concerns: ["directMarketing"], rule: { about: "mechanism", mechanism: "optOut" }, source: "PDPA s. 32" },
];

const PACIFIC_AND_GULF: readonly RegimeRow[] = [
  { ...SOUTH_EAST, id: "au-spam-opt-in", law: "AU Spam Act", places: ["AU"], concerns: ["directMarketing"], channels: ["email", "sms", "mms"], rule: { about: "mechanism", mechanism: "optIn" }, note: "express, or inferred from a relation", source: "Spam Act 2003 s. 16" },
  { ...SOUTH_EAST, id: "au-rights", law: "AU", places: ["AU"], rule: { about: "rights", rights: ["access", "rectify", "complaint"], deadlines: ["australia"] }, source: "Privacy Act 1988, APP 12-13" },
  { ...SOUTH_EAST, id: "sa-marketing-opt-in", law: "SA PDPL", places: ["SA"], concerns: ["directMarketing", "targetedAdvertising"], rule: { about: "mechanism", mechanism: "optIn" }, source: "PDPL art. 25-26" },
  { ...SOUTH_EAST, id: "sa-sensitive", law: "SA PDPL", places: ["SA"], concerns: ["sensitiveData"], rule: { about: "demand", demand: { explicit: true } }, source: "PDPL implementing regulations" },
  { ...SOUTH_EAST, id: "sa-rights", law: "SA PDPL", places: ["SA"], rule: { about: "rights", rights: ["access", "rectify", "erase", "withdraw"], deadlines: ["saudi-pdpl"] }, source: "PDPL art. 4" },
  { ...SOUTH_EAST, id: "ae-objection", law: "AE PDPL", places: ["AE"], concerns: ["directMarketing", "targetedAdvertising", "profiling"], rule: { about: "mechanism", mechanism: "optOut" }, note: "the executive regulations were not seen; DIFC and ADGM have laws of their own", source: "Federal Decree-Law 45/2021 art. 17" },
];

/** India, South-East Asia, Australia and the Gulf. */
export const SOUTH_ASIA_PACIFIC_REGIMES: readonly RegimeRow[] = [...INDIA, ...SOUTH_EAST_ASIA, ...PACIFIC_AND_GULF];

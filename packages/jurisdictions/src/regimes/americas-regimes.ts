import type { RegimeRow } from "@volenti/core";

const CCPA = { law: "CCPA/CPRA", places: ["US-CA"], checkedAt: "2026-11" } as const;

const CALIFORNIA: readonly RegimeRow[] = [
  { ...CCPA, id: "ccpa-opt-out", concerns: ["sale", "sharing", "targetedAdvertising"], rule: { about: "mechanism", mechanism: "optOut" }, note: "under 16 only by a yes: see the rows of ages; an opt-out signal is an opt-out", source: "Civ. Code 1798.120", certainty: "A" },
  { ...CCPA, id: "ccpa-limit", concerns: ["sensitiveData"], rule: { about: "mechanism", mechanism: "optOut" }, source: "Civ. Code 1798.121", certainty: "A" },
  { ...CCPA, id: "ccpa-no-reask", concerns: ["sale", "sharing", "targetedAdvertising", "sensitiveData"], rule: { about: "noReask", period: "P12M" }, note: "at least 12 months", source: "Civ. Code 1798.135(c)(4)", certainty: "A" },
  { ...CCPA, id: "ccpa-notice", rule: { about: "notice", items: [{ item: "dataCategories", provision: "ccpa-100-a-1" }, { item: "purposesAndBases", provision: "ccpa-100-a-1" }, { item: "optOutOfSale", provision: "ccpa-100-a-1" }, { item: "retention", provision: "ccpa-100-a-3" }, { item: "rights", provision: "ccpa-130-a-5" }] }, note: "the law asks for purposes, not for bases", source: "Civ. Code 1798.100(a), 1798.130(a)(5)", certainty: "B" },
  { ...CCPA, id: "ccpa-rights", rule: { about: "rights", rights: ["access", "portability", "rectify", "erase", "optOut", "limit"], deadlines: ["ccpa-know-delete-correct", "ccpa-opt-out-limit"] }, source: "Civ. Code 1798.100-1798.121", certainty: "A" },
];

const STATES = { law: "US states' privacy acts", places: ["US-VA", "US-CO", "US-CT", "US-TX", "US-OR", "US-MT", "US-DE", "US-NJ", "US-NH", "US-MD", "US-MN", "US-NE", "US-TN", "US-IN", "US-KY", "US-RI", "US-IA", "US-UT"], checkedAt: "2026-11" } as const;

const UNITED_STATES: readonly RegimeRow[] = [
  { ...STATES, id: "us-states-opt-out", concerns: ["sale", "sharing", "targetedAdvertising", "profiling"], rule: { about: "mechanism", mechanism: "optOut" }, note: "profiling with legal or similar effects; Iowa and Utah do not know it", source: "the states' consumer data protection acts", certainty: "B" },
  { ...STATES, id: "us-states-sensitive", places: STATES.places.filter((place) => !["US-UT", "US-IA"].includes(place)), concerns: ["sensitiveData"], rule: { about: "mechanism", mechanism: "optIn" }, note: "in Utah and Iowa an opt-out, as in California", source: "the states' consumer data protection acts", certainty: "B" },
  { ...STATES, id: "us-states-rights", places: ["US-VA", "US-CO", "US-TX"], rule: { about: "rights", rights: ["access", "portability", "rectify", "erase", "optOut"], deadlines: ["us-states"] }, source: "the states' consumer data protection acts", certainty: "B" },
  { id: "us-can-spam", law: "CAN-SPAM", places: ["US"], concerns: ["directMarketing"], channels: ["email"], rule: { about: "mechanism", mechanism: "optOut" }, source: "15 USC 7704", checkedAt: "2026-11", certainty: "C" },
  { id: "us-tcpa", law: "TCPA", places: ["US"], concerns: ["directMarketing"], channels: ["sms", "mms", "phone"], rule: { about: "mechanism", mechanism: "optIn" }, note: "prior express written consent where calls are automated", source: "47 CFR 64.1200", checkedAt: "2026-11", certainty: "C" },
];

const LGPD = { law: "LGPD", places: ["BR"], checkedAt: "2026-11" } as const;

const BRAZIL: readonly RegimeRow[] = [
  { ...LGPD, id: "br-set-apart", rule: { about: "demand", demand: { standalone: true } }, note: "a written consent stands apart from other clauses", source: "LGPD art. 8 § 1", certainty: "B" },
  { ...LGPD, id: "br-sensitive", concerns: ["sensitiveData"], rule: { about: "demand", demand: { explicit: true, separate: true } }, note: "specific and highlighted", source: "LGPD art. 11", certainty: "B" },
  { ...LGPD, id: "br-objection", concerns: ["directMarketing", "targetedAdvertising", "profiling"], rule: { about: "mechanism", mechanism: "optOut" }, source: "LGPD art. 18 § 2", certainty: "C" },
  { ...LGPD, id: "br-notice", rule: { about: "notice", items: [{ item: "purposesAndBases", provision: "lgpd9-1" }, { item: "retention", provision: "lgpd9-2" }, { item: "controllerIdentity", provision: "lgpd9-3" }, { item: "recipients", provision: "lgpd9-5" }, { item: "rights", provision: "lgpd9-7" }, { item: "dataProtectionOfficer", provision: "lgpd41-1" }] }, source: "LGPD art. 9, 41", certainty: "C" },
  { ...LGPD, id: "br-rights", rule: { about: "rights", rights: ["access", "portability", "rectify", "erase", "withdraw", "complaint"], deadlines: ["lgpd-access-simplified", "lgpd-access-full"] }, source: "LGPD art. 18, 19", certainty: "B" },
];

const CANADA: readonly RegimeRow[] = [
  { id: "ca-casl", law: "CASL", places: ["CA"], concerns: ["directMarketing"], channels: ["email", "sms", "mms", "whatsapp", "messenger"], rule: { about: "mechanism", mechanism: "optIn" }, note: "a business relation implies consent for a time", source: "CASL s. 6", checkedAt: "2026-11", certainty: "C" },
  { id: "ca-sensitive", law: "CA PIPEDA", places: ["CA"], concerns: ["sensitiveData"], rule: { about: "demand", demand: { explicit: true } }, source: "PIPEDA sch. 1, 4.3.6", checkedAt: "2026-11", certainty: "C" },
  { id: "ca-rights", law: "CA PIPEDA", places: ["CA"], rule: { about: "rights", rights: ["access", "rectify", "withdraw", "complaint"], deadlines: ["pipeda"] }, source: "PIPEDA sch. 1, 4.9", checkedAt: "2026-11", certainty: "C" },
  { id: "qc-profiling", law: "Quebec Law 25", places: ["CA-QC"], concerns: ["profiling", "targetedAdvertising"], rule: { about: "mechanism", mechanism: "optIn" }, note: "functions that profile are off until the person switches them on", source: "Act respecting personal information in the private sector, s. 8.1", checkedAt: "2026-11", certainty: "C" },
  { id: "qc-separate", law: "Quebec Law 25", places: ["CA-QC"], rule: { about: "demand", demand: { separate: true } }, note: "asked separately for each purpose", source: "Act respecting personal information in the private sector, s. 14", checkedAt: "2026-11", certainty: "C" },
  { id: "qc-rights", law: "Quebec Law 25", places: ["CA-QC"], rule: { about: "rights", rights: ["access", "rectify", "erase", "portability", "withdraw", "complaint"], deadlines: ["quebec"] }, source: "Act respecting personal information in the private sector, s. 27-28", checkedAt: "2026-11", certainty: "C" },
];

/** California and other states of the United States, Brazil, Canada and Quebec. */
export const AMERICAS_REGIMES: readonly RegimeRow[] = [...CALIFORNIA, ...UNITED_STATES, ...BRAZIL, ...CANADA];

/** The law as dated data. Not legal advice: see the package's README for what it is made of, and how to override it. */
export { breachDuties } from "./breach-duties/breach-duties.ts";
export type { BreachDuty } from "./breach-duties/breach-duty.ts";
export { childConsentAges } from "./child-consent/child-consent-ages.ts";
export type { ChildConsentAge, ChildConsentRegime } from "./child-consent/child-consent-age.ts";
export { EEA_MEMBERS, isEeaMember } from "./residency/eea-members.ts";
export { regimeRules } from "./regimes/regime-rules.ts";
export { residencyRules } from "./residency/residency-rules.ts";
export { rightsDeadlines } from "./rights-deadlines/rights-deadlines.ts";
export { weekendOf } from "./rights-deadlines/weekend-of.ts";
export type { LegalPeriod, PauseGround, RightsDeadline, RightsKind } from "./rights-deadlines/rights-deadline.ts";

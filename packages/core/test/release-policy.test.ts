import fc from "fast-check";
import { consentOf, resolveRelease, type PurposeConsent, type ReleaseFacts, type ReleaseRule, type ReleaseWorld } from "@volenti/core";
import { describe, expect, it } from "vitest";
import { compareRelease } from "../src/release/pick-most-permissive.ts";
import { PARTNERS_TILL_AND_CRM, releaseFacts, releaseWorld } from "./support/release-world.ts";

const { world, mechanisms } = releaseWorld();
const partner = { kind: "partner", id: "ad-partner" } as const;
const base = releaseFacts();

function policyOf(rules: readonly unknown[], of: ReleaseWorld = world) {
  const { policy, problems } = resolveRelease({ release: { rules }, world: of });
  expect(problems).toEqual([]);
  return policy;
}

function problemsOf(rules: readonly unknown[]): readonly unknown[] {
  return resolveRelease({ release: { rules }, world }).problems;
}

describe("a policy", () => {
  it("denies what no rule releases", () => {
    const answer = policyOf([]).answer({ purpose: "sale", attribute: "email", recipient: partner, facts: base });
    expect(answer).toMatchObject({ effect: "deny", reasons: ["noRuleReleases"], ruleIds: [], policyHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it("lets the most restrictive of all that match stand, and names who decided", () => {
    const rules = [
      { id: "give", effect: "release", match: { purposes: ["sale"] } },
      { id: "hide", effect: "mask", mask: "domainOnly", match: { jurisdictions: ["US-CA"] } },
      { id: "stop", effect: "deny", match: { ageBands: ["under13", "13-15"] } },
    ];
    const policy = policyOf(rules);
    const ask = (facts: Partial<ReleaseFacts>) => policy.answer({ purpose: "sale", attribute: "email", recipient: partner, facts: { ...base, ...facts } });
    expect(ask({})).toMatchObject({ effect: "release", ruleIds: ["give"] });
    expect(ask({ country: "US", subdivision: "US-CA" })).toMatchObject({ effect: "mask", mask: "domainOnly", ruleIds: ["hide"] });
    expect(ask({ country: "US", subdivision: null })).toMatchObject({ effect: "mask" });
    expect(ask({ ageBand: "13-15" })).toMatchObject({ effect: "deny", reasons: ["deniedByRule"], ruleIds: ["stop"] });
    expect(ask({ ageBand: "unknown" })).toMatchObject({ effect: "deny", reasons: ["denialNotRuledOut"], ruleIds: ["stop"] });
    expect(ask({ ageBand: "unknown" }).trace.map(({ ruleId, outcome }) => [ruleId, outcome])).toEqual([["give", "matched"], ["hide", "notMatched"], ["stop", "unknown"]]);
  });

  it("takes the stricter of two masks where it is not ruled out that it is meant", () => {
    const rules = [
      { id: "give", effect: "release", match: { purposes: ["sale"] } },
      { id: "everybody", effect: "mask", mask: "domainOnly", match: { jurisdictions: ["FR"] } },
      { id: "children", effect: "mask", mask: "keyedToken", match: { ageBands: ["under13"] } },
    ];
    const policy = policyOf(rules);
    const maskOf = (ageBand: ReleaseFacts["ageBand"]) => policy.answer({ purpose: "sale", attribute: "email", recipient: partner, facts: { ...base, ageBand } }).mask;
    expect([maskOf("adult"), maskOf("under13"), maskOf("unknown")]).toEqual(["domainOnly", "keyedToken", "keyedToken"]);
  });

  it("gives nothing for a release that is not certain", () => {
    const policy = policyOf([{ id: "adults", effect: "release", match: { ageBands: ["adult"] } }]);
    const answer = policy.answer({ purpose: "sale", attribute: "email", recipient: partner, facts: { ...base, ageBand: "unknown" } });
    expect(answer).toMatchObject({ effect: "deny", reasons: ["releaseNotCertain"] });
  });

  it("opens no ground that refuses: purpose, recipient, consent, restriction, holds, place", () => {
    const policy = policyOf([{ id: "everything", effect: "release" }]);
    const ask = (question: Partial<Parameters<typeof policy.answer>[0]>) =>
      policy.answer({ purpose: "sale", attribute: "email", recipient: partner, facts: base, ...question }).reasons[0];
    const scoped = (attributes: string[] | null, recipients: string[] | null): PurposeConsent => ({ isPermitted: true, isGranted: true, isRefused: false, scopes: [{ attributes, recipients }] });
    const grant = (consent: PurposeConsent) => ({ ...base, consents: new Map([["profiling", consent]]) });
    const analytics = { kind: "partner", id: "analytics-partner" } as const;
    expect(ask({})).toBe("releasedByRule");
    expect(ask({ attribute: "birthdate" })).toBe("attributeNotInPurpose");
    expect(ask({ recipient: analytics })).toBe("recipientNotInPurpose");
    expect(ask({ facts: { ...base, consents: new Map([["sale", consentOf({ purpose: { mechanism: "optOut" }, answer: "refused" })]]) } })).toBe("refused");
    expect(ask({ facts: { ...base, consents: null } })).toBe("consentNotRead");
    expect(ask({ facts: { ...base, isRestricted: true } })).toBe("processingRestricted");
    expect(ask({ facts: { ...base, isRestricted: null } })).toBe("custodyNotRead");
    expect(ask({ facts: { ...base, heldAttributes: ["email"] } })).toBe("held");
    const birthdate = { purpose: "profiling", attribute: "birthdate", recipient: analytics };
    expect(ask(birthdate)).toBe("noGrant");
    expect(ask({ ...birthdate, facts: grant(scoped(null, null)) })).toBe("releasedByRule");
    expect(ask({ ...birthdate, facts: grant(scoped(["address.*"], null)) })).toBe("grantNarrowedToAttributes");
    expect(ask({ ...birthdate, facts: grant(scoped(null, ["somebody-else"])) })).toBe("grantNarrowedToOthers");
  });

  it("knows a recipient in the EU where there are no residency rules to name it, as a destination, and no other region", () => {
    const { world } = releaseWorld();
    const problemsOf = (region: string) => resolveRelease({ release: { rules: [], recipients: { "ad-partner": { region } } }, world: { ...world, regions: {} } }).problems;
    expect(problemsOf("EU")).toEqual([]);
    expect(problemsOf("EEA")).toEqual([{ path: "release.recipients.ad-partner.region", code: "unknownRegion" }]);
  });

  it("asks residency first, and refuses a recipient of whom nobody says where they are", () => {
    const { world: placed } = releaseWorld({ residency: true });
    const release = (recipients: object) => resolveRelease({ release: { rules: [{ id: "everything", effect: "release" }], recipients }, world: placed }).policy;
    const ask = (recipients: object, facts: Partial<ReleaseFacts>) =>
      release(recipients).answer({ purpose: "sale", attribute: "email", recipient: partner, facts: { ...base, ...facts } }).reasons[0];
    expect(ask({}, {})).toBe("recipientRegionUnknown");
    expect(ask({ "ad-partner": { region: "DE" } }, {})).toBe("releasedByRule");
    expect(ask({ "ad-partner": { region: "US" } }, {})).toBe("copyWithoutMechanism:EU");
    expect(ask({ "ad-partner": { region: "US", transferMechanism: "SCC" } }, {})).toBe("releasedByRule");
    expect(ask({ "ad-partner": { region: "US", transferMechanism: "SCC" } }, { country: "RU", consents: null })).toBe("copyNo:RU");
    expect(ask({ "ad-partner": { region: "DE" } }, { country: null })).toBe("countryUnknown");
  });

  it("asks the brand's reading of the country itself before that of its region", () => {
    const { world: placed } = releaseWorld({ residency: true });
    if (placed.residency === null) expect.fail("no rules");
    const overrides = [{ country: "EU", reason: "counsel", copyTo: { US: "no" } }, { country: "FR", reason: "counsel", copyTo: { US: "yes" } }] as const;
    const release = { rules: [{ id: "everything", effect: "release" }], recipients: { "ad-partner": { region: "US" } } };
    const { policy } = resolveRelease({ release, world: { ...placed, residency: { ...placed.residency, overrides } } });
    const effectIn = (country: string) => policy.answer({ purpose: "sale", attribute: "email", recipient: partner, facts: { ...base, country } }).effect;
    expect([effectIn("FR"), effectIn("DE")]).toEqual(["release", "deny"]);
  });

  it("keeps what destinations get, until a rule takes it away or a release rule names them", () => {
    const crm = { kind: "destination", id: "crm" } as const;
    const judge = (rules: readonly unknown[], attribute: string) => policyOf(rules).judge({ purpose: "loyalty", attribute, recipient: crm, facts: base }).effect;
    expect(judge([{ id: "p", effect: "release", match: { recipients: ["partner"] } }], "givenName")).toBe("release");
    expect(judge([{ id: "d", effect: "deny", match: { attributes: ["givenName"] } }], "givenName")).toBe("deny");
    expect(judge([{ id: "m", effect: "mask", mask: "initial", match: { attributes: ["givenName"], recipients: ["crm"] } }], "givenName")).toBe("mask");
    expect(judge([{ id: "r", effect: "release", match: { attributes: ["email"], recipients: ["crm"] } }], "givenName")).toBe("deny");
    expect(judge([{ id: "r", effect: "release", match: { attributes: ["email"], recipients: ["crm"] } }], "email")).toBe("release");
  });

  it("is the same policy, with the same hash, in any order", () => {
    const one = [{ id: "a", effect: "release", match: { attributes: ["email", "givenName"] } }, { id: "b", effect: "deny", match: { jurisdictions: ["US-CA"] } }];
    const other = [{ id: "b", effect: "deny", match: { jurisdictions: ["US-CA", "US-CA"] } }, { effect: "release", id: "a", match: { attributes: ["givenName", "email"] }, when: [] }];
    expect(policyOf(one).hash).toBe(policyOf(other).hash);
    expect(policyOf(one).hash).not.toBe(policyOf(one.slice(1)).hash);
  });
});

describe("a policy that cannot be meant", () => {
  it.each([
    ["an unknown attribute", { effect: "release", match: { attributes: ["shoeSiz"] } }, "release.rules[0].match.attributes[0]", "unknownAttribute"],
    ["an unknown purpose", { effect: "release", match: { purposes: ["salle"] } }, "release.rules[0].match.purposes[0]", "unknownPurpose"],
    ["an unknown recipient", { effect: "release", match: { recipients: ["nobody"] } }, "release.rules[0].match.recipients[0]", "unknownRecipient"],
    ["an unknown destination", { effect: "deny", match: { recipients: ["destination:nowhere"] } }, "release.rules[0].match.recipients[0]", "unknownRecipient"],
    ["an unknown place", { effect: "deny", match: { jurisdictions: ["ZZ"] } }, "release.rules[0].match.jurisdictions[0]", "unknownJurisdiction"],
    ["an unknown category", { effect: "deny", match: { categories: ["shoes"] } }, "release.rules[0].match.categories[0]", "unknownCategory"],
    ["an attribute that no purpose of the rule needs", { effect: "release", match: { purposes: ["sale"], attributes: ["birthdate"] } }, "release.rules[0]", "neverMatches"],
    ["a partner that no purpose of the rule names", { effect: "release", match: { purposes: ["loyalty"], recipients: ["ad-partner"] } }, "release.rules[0]", "neverMatches"],
    ["ages that exclude each other", { effect: "deny", match: { ageBands: ["adult"] }, when: [{ ageBands: ["under13"] }] }, "release.rules[0]", "neverMatches"],
    ["places that exclude each other", { effect: "deny", match: { jurisdictions: ["FR"] }, when: [{ jurisdictions: ["DE"] }] }, "release.rules[0]", "neverMatches"],
    ["a condition required and forbidden", { effect: "deny", when: [{ ageBands: ["adult"] }], unless: [{ ageBands: ["adult"] }] }, "release.rules[0].unless[0]", "neverMatches"],
    ["a refusal that gives more", { effect: "release", unless: [{ consent: "granted" }] }, "release.rules[0].unless[0]", "releasesOnRefusal"],
    ["a refusal that takes less away", { effect: "deny", when: [{ consent: "granted", purpose: "profiling" }] }, "release.rules[0].when[0]", "releasesOnRefusal"],
    ["a mask rule without a mask", { effect: "mask" }, "release.rules[0].mask", "required"],
    ["a mask on another rule", { effect: "deny", mask: "last4" }, "release.rules[0].mask", "maskWithoutEffect"],
    ["an empty list", { effect: "deny", match: { purposes: [] } }, "release.rules[0].match.purposes", "tooFew"],
    ["a key that nobody knows", { effect: "deny", match: { puposes: ["sale"] } }, "release.rules[0].match", "unknownKey"],
  ])("says where: %s", (_, rule, path, code) => {
    expect(problemsOf([{ id: "one", ...rule }])).toEqual([{ path, code }]);
  });

  it("says which of two rules with one id, and which rule another one leaves nothing of", () => {
    const deny = { id: "stop", effect: "deny", match: { recipients: ["partner"] } };
    const give = { id: "give", effect: "release", match: { purposes: ["sale"], recipients: ["ad-partner"] } };
    expect(problemsOf([give, deny])).toEqual([{ path: "release.rules[0]", code: "neverTakesEffect" }]);
    expect(problemsOf([{ ...give, match: { purposes: ["sale"] } }, deny])).toEqual([]);
    expect(problemsOf([give, { ...deny, when: [{ ageBands: ["adult"] }] }])).toEqual([]);
    expect(problemsOf([give, give])).toEqual([{ path: "release.rules[1].id", code: "duplicateRule" }]);
  });
});

const condition = fc.oneof(
  fc.record({ consent: fc.constantFrom("granted", "refused"), purpose: fc.constantFrom("profiling", "marketing.email", "sale") }),
  fc.record({ ageBands: fc.uniqueArray(fc.constantFrom("under13", "13-15", "16-17", "adult"), { minLength: 1, maxLength: 2 }) }),
  fc.record({ jurisdictions: fc.uniqueArray(fc.constantFrom("FR", "US", "US-CA", "DE"), { minLength: 1, maxLength: 2 }) }),
);
const subset = (values: readonly string[]) => fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }), { nil: undefined });
const match = fc.record({
  purposes: subset(["sale", "profiling", "loyalty", "marketing.*"]),
  attributes: subset(["email", "birthdate", "address.*", "*"]),
  recipients: subset(["partner", "ad-partner", "till", "crm", "destination"]),
  jurisdictions: subset(["FR", "US-CA", "US", "DE"]),
  ageBands: subset(["under13", "adult"]),
});
const candidate = fc
  .record({ effect: fc.constantFrom("release", "mask", "deny"), mask: fc.constantFrom("last4", "initial", "keyedToken", "domainOnly"), match, when: fc.array(condition, { maxLength: 2 }), unless: fc.array(condition, { maxLength: 2 }) })
  .map(({ mask, effect, ...rule }) => ({ effect, ...rule, ...(effect === "mask" ? { mask } : {}) }));
/** Rules that the configuration takes: what it refuses is left out. */
const rules = fc.array(candidate, { minLength: 1, maxLength: 8 }).map((list) =>
  list.map((rule, index) => ({ id: `r${index}`, ...rule })).filter((rule) => resolveRelease({ release: { rules: [rule] }, world }).problems.length === 0) as readonly ReleaseRule[],
);
const answers = fc.record({ sale: fc.constantFrom("none", "refused"), profiling: fc.constantFrom("none", "granted", "refused"), "marketing.email": fc.constantFrom("none", "granted", "refused"), loyalty: fc.constantFrom("none", "refused") });
const person = fc.record({
  place: fc.constantFrom({ country: "FR", subdivision: null }, { country: "US", subdivision: "US-CA" }, { country: "US", subdivision: "US-NY" }, { country: "DE", subdivision: null }),
  ageBand: fc.constantFrom("under13", "13-15", "16-17", "adult"),
  answers,
});

function factsOf({ place, ageBand, answers: given }: { place: object; ageBand: string; answers: Record<string, string> }): ReleaseFacts {
  const consents = new Map(Object.entries(given).map(([key, answer]) => [key, consentOf({ purpose: { mechanism: mechanisms[key] ?? "optIn" }, answer: answer as "none" })]));
  return { ...base, ...place, ageBand: ageBand as "adult", consents };
}

/** What every question of the small world is answered; an unsound policy is compiled all the same, contradictions included. */
function answerAll(list: readonly ReleaseRule[], facts: ReleaseFacts) {
  const { policy } = resolveRelease({ release: { rules: list }, world });
  return [...world.purposes.keys()].flatMap((purpose) =>
    ["email", "birthdate", "address.country"].flatMap((attribute) =>
      PARTNERS_TILL_AND_CRM.map((recipient) => policy.answer({ purpose, attribute, recipient, facts })),
    ),
  );
}

function expectNotMore(before: ReturnType<typeof answerAll>, after: ReturnType<typeof answerAll>): void {
  for (const [index, answer] of after.entries()) expect(compareRelease(answer, before[index] ?? answer)).toBeLessThanOrEqual(0);
}

describe("whatever the policy", () => {
  it("another refusal never releases more", () => {
    fc.assert(fc.property(rules, person, fc.constantFrom("sale", "profiling", "marketing.email", "loyalty"), (list, who, key) => {
      const before = answerAll(list, factsOf(who));
      expectNotMore(before, answerAll(list, factsOf({ ...who, answers: { ...who.answers, [key]: "refused" } })));
    }), { numRuns: 400 });
  });

  it("knowing less never releases more", () => {
    const forgetful = [{ ageBand: "unknown" }, { country: null, subdivision: null }, { subdivision: null }, { consents: null }, { isRestricted: null }, { heldAttributes: null }] as const;
    fc.assert(fc.property(rules, person, fc.subarray([...forgetful], { minLength: 1 }), (list, who, lost) => {
      const facts = factsOf(who);
      expectNotMore(answerAll(list, facts), answerAll(list, Object.assign({}, facts, ...lost)));
    }), { numRuns: 400 });
  });

  it("another deny rule never releases more", () => {
    fc.assert(fc.property(rules, rules, person, (list, more, who) => {
      const denials = more.filter(({ effect }) => effect === "deny").map((rule) => ({ ...rule, id: `x${rule.id}` }));
      expectNotMore(answerAll(list, factsOf(who)), answerAll([...list, ...denials], factsOf(who)));
    }), { numRuns: 200 });
  });

  it("the order of rules changes nothing, and every answer carries the hash and a trace of every rule", () => {
    fc.assert(fc.property(rules, person, (list, who) => {
      const forwards = answerAll(list, factsOf(who));
      expect(answerAll(list.toReversed(), factsOf(who))).toEqual(forwards);
      for (const { policyHash, trace, effect, mask } of forwards) {
        expect(policyHash).toMatch(/^[0-9a-f]{64}$/);
        expect(trace).toHaveLength(list.length);
        expect(mask === null).toBe(effect !== "mask");
      }
    }), { numRuns: 100 });
  });
});

import { compareRelease, consentOf, listRecipients, matchesPurpose, toRecipientText, type PurposeConsent, type Recipient, type ReleaseFacts, type ReleasePolicy } from "@volenti/core";
import { matchesAnyAttribute, type AgeBand } from "@volenti/core/adapter";
import { fromPolicyDocument, toPolicyDocument } from "./policy-document.ts";
import { toPlace } from "./read-release-facts.ts";

/** What changes for one recipient, purpose and attribute, and for whom. */
export interface PolicyChange {
  /** `partner:NAME`, `destination:ID` or `till:STORE`. */
  readonly recipient: string;
  /** Key of the purpose. */
  readonly purpose: string;
  /** Dotted name. */
  readonly attribute: string;
  /** Whether the recipient is given more or less than before. */
  readonly sees: "more" | "less";
  /** `release`, `deny`, or `mask:last4`. */
  readonly before: string;
  /** In the same words as `before`. */
  readonly after: string;
  /** `elsewhere`: in every place that no rule names. `unknown`: where nobody knows. */
  readonly jurisdictions: readonly string[];
  /** Of the people whom the change concerns. */
  readonly ageBands: readonly AgeBand[];
  /** What stands for the purpose: `granted`, `refused`, `none`; with other purposes that conditions ask about behind it. */
  readonly consents: readonly string[];
}

/** In what the answers of two policies differ. */
export interface PolicyDifference {
  /** Hash of the policy that is compared with. */
  readonly before: string;
  /** Hash of the policy that would be in its place. */
  readonly after: string;
  /** Questions that both policies were asked. */
  readonly compared: number;
  /** Changes by which the recipient would be given more. */
  readonly more: number;
  /** Changes by which the recipient would be given less. */
  readonly less: number;
  /** Questions put together where the same changes for all of them; empty where nothing does. */
  readonly changes: readonly PolicyChange[];
}

const ELSEWHERE = "elsewhere";
/** A part of a country that no rule names. */
const OTHER_PART = "-ZZZ";
const AGE_BANDS: readonly AgeBand[] = ["under13", "13-15", "16-17", "adult", "unknown"];

interface Case {
  readonly jurisdiction: string;
  readonly ageBand: AgeBand;
  readonly consent: string;
  readonly facts: ReleaseFacts;
}

/**
 * Asks both policies everything that can be asked: purposes, attributes and recipients of either, places that their rules
 * name and one that none does, age bands, and what may stand for the purposes that rules ask about. Where data may lie is
 * no part of a policy, and is left out, as restrictions and holds are.
 */
export function diffPolicies(request: { before: ReleasePolicy; after: ReleasePolicy }): PolicyDifference {
  const [before, after] = [withoutResidency(request.before), withoutResidency(request.after)];
  const policies = [before, after];
  const purposes = union(policies.map(({ world }) => [...world.purposes.keys()]));
  const attributes = union(policies.map(({ world }) => [...world.attributes.keys()]));
  const recipients = new Map(policies.flatMap((policy) => listRecipients({ rules: policies.flatMap(({ source }) => source.rules), world: policy.world })).map((recipient) => [toRecipientText(recipient), recipient]));
  const gathered = new Map<string, Gathered>();
  let compared = 0;
  for (const purpose of purposes) {
    const cases = listCases({ policies, purpose });
    for (const attribute of attributes.filter((name) => isAsked({ policies, purpose, attribute: name }))) {
      for (const recipient of recipients.values()) {
        compared += cases.length;
        for (const one of cases) compare({ before, after, purpose, attribute, recipient, one, gathered });
      }
    }
  }
  const changes = [...gathered.values()].map(toChange);
  const count = (sees: PolicyChange["sees"]): number => changes.filter((change) => change.sees === sees).length;
  return { before: before.hash, after: after.hash, compared, more: count("more"), less: count("less"), changes };
}

function withoutResidency(policy: ReleasePolicy): ReleasePolicy {
  return policy.world.residency === null ? policy : fromPolicyDocument(toPolicyDocument(policy));
}

interface Gathered {
  readonly change: Omit<PolicyChange, "jurisdictions" | "ageBands" | "consents">;
  readonly jurisdictions: Set<string>;
  readonly ageBands: Set<AgeBand>;
  readonly consents: Set<string>;
}

function toChange({ change, jurisdictions, ageBands, consents }: Gathered): PolicyChange {
  return { ...change, jurisdictions: [...jurisdictions], ageBands: [...ageBands], consents: [...consents] };
}

function compare(request: {
  before: ReleasePolicy;
  after: ReleasePolicy;
  purpose: string;
  attribute: string;
  recipient: Recipient;
  one: Case;
  gathered: Map<string, Gathered>;
}): void {
  const { purpose, attribute, recipient, one, gathered } = request;
  const [before, after] = [request.before, request.after].map((policy) => answerOf({ policy, purpose, attribute, recipient, facts: one.facts }));
  if (before === undefined || after === undefined) return;
  const order = compareRelease(after, before);
  if (order === 0) return;
  const change = { recipient: toRecipientText(recipient), purpose, attribute, sees: order > 0 ? "more" : "less", before: describe(before), after: describe(after) } as const;
  const key = JSON.stringify(change);
  const entry = gathered.get(key) ?? { change, jurisdictions: new Set<string>(), ageBands: new Set<AgeBand>(), consents: new Set<string>() };
  gathered.set(key, entry);
  entry.jurisdictions.add(one.jurisdiction);
  entry.ageBands.add(one.ageBand);
  entry.consents.add(one.consent);
}

type Given = Pick<ReturnType<ReleasePolicy["answer"]>, "effect" | "mask">;

/** A destination or partner that one of them does not know is given nothing by it. */
function answerOf(request: { policy: ReleasePolicy; purpose: string; attribute: string; recipient: Recipient; facts: ReleaseFacts }): Given {
  const { policy, recipient } = request;
  const isThere = recipient.kind === "till" || policy.knows(recipient);
  return isThere ? policy.answer(request) : { effect: "deny", mask: null };
}

function describe({ effect, mask }: Given): string {
  return mask === null ? effect : `${effect}:${mask}`;
}

function isAsked(request: { policies: readonly ReleasePolicy[]; purpose: string; attribute: string }): boolean {
  const { policies, purpose, attribute } = request;
  return policies.some(({ world }) => matchesAnyAttribute({ patterns: world.purposes.get(purpose)?.attributes ?? [], attribute }));
}

function listCases(request: { policies: readonly ReleasePolicy[]; purpose: string }): readonly Case[] {
  const { policies, purpose } = request;
  const rules = policies
    .flatMap(({ source }) => source.rules)
    .filter(({ match }) => match?.purposes === undefined || matchesPurpose({ patterns: match.purposes, purpose }));
  const conditions = rules.flatMap(({ when = [], unless = [] }) => [...when, ...unless]);
  const named = union([
    ...rules.map(({ match }) => match?.jurisdictions ?? []),
    ...conditions.map((condition) => ("jurisdictions" in condition ? condition.jurisdictions : [])),
  ]);
  const asksAge = rules.some(({ match }) => match?.ageBands !== undefined) || conditions.some((condition) => "ageBands" in condition);
  const ageBands = asksAge ? AGE_BANDS : (["adult"] as const);
  const others = union([conditions.flatMap((condition) => ("consent" in condition && condition.purpose !== undefined ? [condition.purpose] : []))]);
  const consents = listConsents({ policies, keys: [purpose, ...others.filter((key) => key !== purpose)] });
  const places = listPlaces({ policies, named });
  return places.flatMap((place) =>
    ageBands.flatMap((ageBand) =>
      consents.map(({ consent, stands }): Case => ({
        jurisdiction: place.jurisdiction,
        ageBand,
        consent,
        facts: { country: place.country, subdivision: place.subdivision, ageBand, consents: stands, isRestricted: false, heldAttributes: [] },
      })),
    ),
  );
}

type PlaceCase = Pick<ReleaseFacts, "country" | "subdivision"> & { readonly jurisdiction: string };

/** Every place by name; of a region every member; a country whose parts are named, without its part being known, too. */
function listPlaces(request: { policies: readonly ReleasePolicy[]; named: readonly string[] }): readonly PlaceCase[] {
  const { policies, named } = request;
  const members = named.flatMap((name) => policies.flatMap(({ world }) => world.regions[name] ?? []));
  const countries = union([members, named.filter((name) => !members.includes(name) && policies.every(({ world }) => world.regions[name] === undefined)), named.flatMap((name) => (name.includes("-") ? [name.slice(0, 2), `${name.slice(0, 2)}${OTHER_PART}`] : []))]);
  return [
    ...countries.map((name) => ({ jurisdiction: name.endsWith(OTHER_PART) ? `${name.slice(0, 2)} (other parts)` : name, ...toPlace(name) })),
    { jurisdiction: ELSEWHERE, country: "ZZ", subdivision: null },
    { jurisdiction: "unknown", country: null, subdivision: null },
  ];
}

/** All combinations; the first key is the purpose that is asked about. */
function listConsents(request: { policies: readonly ReleasePolicy[]; keys: readonly string[] }): readonly { consent: string; stands: ReadonlyMap<string, PurposeConsent> }[] {
  const { policies, keys } = request;
  let combinations: { consent: string; stands: ReadonlyMap<string, PurposeConsent> }[] = [{ consent: "", stands: new Map() }];
  for (const [position, key] of keys.entries()) {
    const purpose = policies.map(({ world }) => world.purposes.get(key)).find((candidate) => candidate !== undefined);
    if (purpose === undefined) continue;
    combinations = combinations.flatMap(({ consent, stands }) =>
      (["granted", "refused", "none"] as const).map((answer) => ({
        consent: position === 0 ? answer : `${consent}, ${key} ${answer}`,
        stands: new Map([...stands, [key, consentOf({ purpose, answer })]]),
      })),
    );
  }
  return combinations;
}

function union(lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())].toSorted();
}

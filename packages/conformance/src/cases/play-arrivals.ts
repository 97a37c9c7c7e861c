import {
  foldConsentStates,
  consentKey,
  isGrant,
  type ConsentState,
  type ConsentStatus,
  type SealedDecision,
  type SignedHead,
} from "@volenti/core/adapter";
import { ConformanceFailure } from "../assertions/conformance-failure.ts";
import type { CaseContext } from "../run/case-context.ts";
import type { Arrival } from "../world/arrivals.ts";
import type { Person } from "../world/person.ts";
import { ascendingIds } from "../world/random.ts";
import { toStates } from "../world/to-states.ts";

const PURPOSE = "marketing.every";

/** One person whose decisions arrive in one order. */
export interface Play {
  readonly arrival: Arrival;
  readonly person: Person;
  readonly decisions: readonly SealedDecision[];
}

export interface Plays {
  readonly plays: readonly Play[];
  readonly heads: readonly SignedHead[];
}

/** Makes a person and the sealed decisions for each order of arrival. `channels`: of each decision, in turn. */
export async function preparePlays(request: {
  context: CaseContext;
  arrivals: readonly Arrival[];
  channels: readonly (string | null)[];
}): Promise<Plays> {
  const { context, arrivals, channels } = request;
  const people = await context.people(arrivals.length);
  const drafts = arrivals.flatMap(({ decisions }, index) => {
    const person = people[index];
    if (person === undefined) return [];
    const ids = ascendingIds(decisions.length);
    return decisions.map(({ status, step }, position) => ({
      person,
      purpose: PURPOSE,
      channel: isGrant(status) ? "email" : channels[position % channels.length],
      status,
      at: context.at(step),
      id: ids[position],
    }));
  });
  const { decisions, head } = await context.seal(drafts);
  let offset = 0;
  const plays = arrivals.flatMap((arrival, index) => {
    const person = people[index];
    const own = decisions.slice(offset, (offset += arrival.decisions.length));
    return person === undefined ? [] : [{ arrival, person, decisions: own }];
  });
  return { plays, heads: [head] };
}

/** Sends, for all plays at once, the decisions that the chooser names; a play without any is left out. */
export async function sendDecisions(request: {
  context: CaseContext;
  plays: Plays;
  choose: (play: Play) => readonly SealedDecision[];
}): Promise<void> {
  const { context, plays, choose } = request;
  const items = plays.plays.flatMap((play) => {
    const decisions = choose(play);
    return decisions.length === 0 ? [] : [context.toItem({ person: play.person, decisions })];
  });
  const outcomes = await context.send({ items, heads: plays.heads });
  const failed = outcomes.find(({ status }) => status !== "written");
  if (failed !== undefined) throw new ConformanceFailure(`a plain item was answered ${failed.status}`);
}

/** Fails the case unless what stands for every play is core's fold over the set of its decisions. */
export async function ensureFold(request: { context: CaseContext; plays: Plays }): Promise<void> {
  const { context, plays } = request;
  const { catalogue, connector } = context;
  await context.eventually(async () => {
    for (const { arrival, person, decisions } of plays.plays) {
      const states = decisions.flatMap((decision) => toStates({ decision, catalogue }));
      const expected = describe({ states: [...foldConsentStates(states).values()], decisions });
      const actual = describe({ states: await connector.consent.listStates({ subjectRef: person.ref }), decisions });
      if (expected === actual) continue;
      const story = arrival.order.map((position) => `${arrival.decisions[position]?.status}@${arrival.decisions[position]?.step}#${position}`);
      throw new ConformanceFailure(`after ${story.join(", ")}: expected ${expected}, got ${actual}`);
    }
  });
}

/** `email given#0; * refused#2`: the standing decision a channel, by its position. */
function describe(request: { states: readonly ConsentState[]; decisions: readonly SealedDecision[] }): string {
  const { states, decisions } = request;
  return states
    .toSorted((left, right) => (consentKey(left) < consentKey(right) ? -1 : 1))
    .map(({ channel, status, decisionId }) => `${channel} ${status}#${decisions.findIndex(({ record }) => record.id === decisionId)}`)
    .join("; ");
}

/** One status of each kind, of those that the connector can represent: a grant, a refusal, an ending. */
export function kindsOfStatus(context: CaseContext): ConsentStatus[] {
  const { representableStatuses } = context.traits;
  const kinds: readonly (readonly ConsentStatus[])[] = [
    ["given", "renewed", "confirmed"],
    ["refused", "withdrawn", "objected", "revoked", "optedOut"],
    ["expired", "invalidated"],
  ];
  return kinds.flatMap((kind) => kind.filter((status) => representableStatuses.includes(status)).slice(0, 1));
}

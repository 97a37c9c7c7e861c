import {
  isGrant,
  type ConnectorTraitsV1,
  type ConsentState,
  type ConsentStatus,
  type SealedDecision,
  type SignedHead,
} from "@volenti/core/adapter";
import { comparableStatus } from "../assertions/comparable-state.ts";
import { ConformanceFailure } from "../assertions/conformance-failure.ts";
import { describeError } from "../assertions/describe-error.ts";
import type { CaseContext } from "../run/case-context.ts";
import { inParallel } from "../run/in-parallel.ts";
import { allowedStates } from "../world/allowed-states.ts";
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
  /** What was sent, item by item. */
  readonly sent: (readonly SealedDecision[])[];
}

export interface Plays {
  readonly plays: readonly Play[];
  readonly heads: readonly SignedHead[];
}

/**
 * Makes a person and the sealed decisions for each order of arrival, or for some of them on a slow system. `channels`: of
 * each decision, in turn.
 */
export async function preparePlays(request: {
  context: CaseContext;
  arrivals: readonly Arrival[];
  channels: readonly (string | null)[];
}): Promise<Plays> {
  const { context, channels } = request;
  const arrivals = context.bound({ items: request.arrivals, what: "orders of arrival" });
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
    return person === undefined ? [] : [{ arrival, person, decisions: own, sent: [] }];
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
    if (decisions.length > 0) play.sent.push(decisions);
    return decisions.length === 0 ? [] : [context.toItem({ person: play.person, decisions })];
  });
  const outcomes = await context.send({ items, heads: plays.heads });
  const failed = outcomes.find(({ status }) => status !== "written");
  if (failed === undefined) return;
  const code = failed.status === "failed" ? ` (${describeError(failed.error)})` : "";
  throw new ConformanceFailure(`a plain item was answered ${failed.status}${code}`);
}

/** Fails the case unless what stands for every play is core's fold over its decisions, as far as the traits let it be. */
export async function ensureFold(request: { context: CaseContext; plays: Plays }): Promise<void> {
  const { context, plays } = request;
  await context.eventually(() => inParallel({ items: plays.plays, work: (play) => ensurePlay({ context, play }) }));
}

async function ensurePlay(request: { context: CaseContext; play: Play }): Promise<void> {
  const { context, play } = request;
  const { catalogue, connector, traits } = context;
  const { arrival, person, decisions, sent } = play;
  const arrivals = sent.map((item) => item.flatMap((decision) => toStates({ decision, catalogue })));
  const expected = describe({ allowed: [...allowedStates({ arrivals, traits }).values()], decisions, traits });
  const states = await connector.consent.listStates({ subjectRef: person.ref });
  const actual = describe({ allowed: states.map((state) => [state]), decisions, traits });
  if (areAllowed({ actual, expected })) return;
  const story = arrival.order.map((position) => `${arrival.decisions[position]?.status}@${arrival.decisions[position]?.step}#${position}`);
  throw new ConformanceFailure(`after ${story.join(", ")}: expected ${toText(expected)}, got ${toText(actual)}`);
}

type Standing = readonly [channel: string, decisions: readonly string[]];

/** A channel and what may stand there: `given#0`, by the decision's position. In the order of the channels. */
function describe(request: {
  allowed: readonly (readonly ConsentState[])[];
  decisions: readonly SealedDecision[];
  traits: ConnectorTraitsV1;
}): Standing[] {
  const { allowed, decisions, traits } = request;
  const nameOf = ({ status, decisionId }: ConsentState): string => `${comparableStatus({ status, traits })}#${decisions.findIndex(({ record }) => record.id === decisionId)}`;
  return allowed
    .map((states): Standing => [states[0]?.channel ?? "", states.map(nameOf)])
    .toSorted(([left], [right]) => (left < right ? -1 : 1));
}

function areAllowed(request: { actual: readonly Standing[]; expected: readonly Standing[] }): boolean {
  const { actual, expected } = request;
  if (actual.length !== expected.length) return false;
  return actual.every(([channel, [standing = ""]], index) => {
    const [expectedChannel, decisions] = expected[index] ?? ["", []];
    return channel === expectedChannel && decisions.includes(standing);
  });
}

/** `* refused#2; email given#0`. */
function toText(standing: readonly Standing[]): string {
  return standing.map(([channel, decisions]) => `${channel} ${decisions.join(" or ")}`).join("; ");
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

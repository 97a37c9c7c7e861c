import {
  ANY_CHANNEL,
  consentKey,
  endsPermission,
  foldConsentStates,
  greaterConsentState,
  isGrant,
  readConsent,
  standingFor,
  type Catalogue,
  type CataloguedPurpose,
  type ConnectorTraitsV1,
  type ConsentAnswer,
  type ConsentState,
} from "@volenti/core/adapter";
import type { DecisionOrigin } from "./read-origins.ts";
import type { ConsentDecisionView, ConsentView, DestinationConsentView } from "./unified-view.ts";

/** The states of a person in one destination, one a purpose and channel. */
export interface DestinationStates {
  readonly id: string;
  readonly standing: ReadonlyMap<string, ConsentState>;
  /** Whether a state may bear the id of the newest decision of all, and so of another key: `statusDetail` `meaning`. */
  readonly tellsMeaningAlone: boolean;
}

export function toDestinationStates(request: { id: string; traits: ConnectorTraitsV1; states: readonly ConsentState[] }): DestinationStates {
  const { id, traits, states } = request;
  return { id, standing: foldConsentStates(states), tellsMeaningAlone: traits.statusDetail === "meaning" };
}

/**
 * What stands over all destinations, a row a purpose and channel; the origin of decisions is filled in where it is known. A
 * decision that may be of another purpose or channel is not told as this one's, and disagrees with nobody; a yes by such a one
 * gives way to a no of any age.
 */
export function mergeConsents(request: {
  catalogue: Catalogue;
  destinations: readonly DestinationStates[];
  origins: ReadonlyMap<string, DecisionOrigin>;
  now: number;
}): readonly ConsentView[] {
  const { catalogue, destinations, origins, now } = request;
  if (destinations.length === 0) return [];
  return listKeys({ catalogue, destinations }).map(({ purpose, channel }) => {
    const current = catalogue.purposes.find((candidate) => candidate.key === purpose && candidate.current);
    const read = (state: ConsentState | undefined) => readConsent({ state, purpose: current, now });
    const told = destinations.map((destination): ToldState => {
      const state = standingFor({ standing: destination.standing, purpose, channel });
      const isOwn = !destination.tellsMeaningAlone || state === undefined || isOfKey({ state, origin: origins.get(state.decisionId), purpose, channel });
      return { id: destination.id, state, answer: read(state), isOwn };
    });
    const greatest = greatestOf(told.filter((each) => !mayBeOlder({ each, told })));
    const answer = read(greatest);
    // The same answer of a decision that is known to be of this key, before one of which that is not known.
    const known = greatestOf(told.filter((each) => each.isOwn && each.answer === answer)) ?? withoutDecision(greatest);
    return {
      purpose,
      channel,
      answer,
      decision: known === undefined ? null : describeDecision({ state: known, origins }),
      disagreement: isDisagreement(told.filter(({ state }, index) => state !== undefined || !keepsChannelsAlone({ destination: destinations[index], channel, current }))),
      destinations: told.map(toRow),
    };
  });
}

/** What one destination says of one key; `isOwn`: by a decision that is of this key, or by none. */
interface ToldState {
  readonly id: string;
  readonly state: ConsentState | undefined;
  readonly answer: ConsentAnswer;
  readonly isOwn: boolean;
}

/** What the system's own staff changed bears no id, and is of its key. */
function isOfKey(request: { state: ConsentState; origin: DecisionOrigin | undefined; purpose: string; channel: string }): boolean {
  const { state, origin, purpose, channel } = request;
  if (state.decisionId === "") return true;
  return origin?.purpose === purpose && (origin.channel === null || origin.channel === channel);
}

function greatestOf(told: readonly ToldState[]): ConsentState | undefined {
  return told.reduce<ConsentState | undefined>((greatest, { state }) => greaterConsentState(greatest, state), undefined);
}

/**
 * Whether a yes may be older than what ends it elsewhere. One that bears the instant of the newest decision of all may have
 * been given at any time before, so that nothing shows it to be the later of the two: a no is not to give way to it.
 */
function mayBeOlder(request: { each: ToldState; told: readonly ToldState[] }): boolean {
  const { each: { state, isOwn }, told } = request;
  return !isOwn && state !== undefined && isGrant(state.status) && told.some((other) => other.state !== undefined && endsPermission(other.state.status));
}

function withoutDecision(state: ConsentState | undefined): ConsentState | undefined {
  return state === undefined ? undefined : { ...state, decisionId: "" };
}

/**
 * Whether a system has no place for an answer for all channels of a purpose, and so says nothing by having none: it was told a
 * channel at a time, and whatever it missed shows there.
 */
function keepsChannelsAlone(request: { destination: DestinationStates | undefined; channel: string; current: CataloguedPurpose | undefined }): boolean {
  const { destination, channel, current } = request;
  return channel === ANY_CHANNEL && destination?.tellsMeaningAlone === true && (current?.channels.length ?? 0) > 0;
}

function isDisagreement(told: readonly ToldState[]): boolean {
  const differ = (values: readonly unknown[]): boolean => new Set(values).size > 1;
  return differ(told.map(({ answer }) => answer)) || differ(told.filter(({ isOwn }) => isOwn).map(({ state }) => state?.decisionId ?? null));
}

function toRow({ id, answer, state, isOwn }: ToldState): DestinationConsentView {
  return { id, answer, decisionId: isOwn ? (state?.decisionId ?? null) : null, status: state?.status ?? null };
}

function listKeys(request: {
  catalogue: Catalogue;
  destinations: readonly DestinationStates[];
}): readonly Pick<ConsentState, "purpose" | "channel">[] {
  const keys = new Map<string, Pick<ConsentState, "purpose" | "channel">>();
  const add = (key: Pick<ConsentState, "purpose" | "channel">): void => {
    keys.set(consentKey(key), { purpose: key.purpose, channel: key.channel });
  };
  for (const { key: purpose, current, channels } of request.catalogue.purposes) {
    if (!current) continue;
    for (const channel of channels.length === 0 ? [ANY_CHANNEL] : channels) add({ purpose, channel });
  }
  for (const { standing } of request.destinations) {
    for (const state of standing.values()) add(state);
  }
  return [...keys]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([, key]) => key);
}

function describeDecision(request: {
  state: ConsentState;
  origins: ReadonlyMap<string, DecisionOrigin>;
}): ConsentDecisionView {
  const { decisionId, status, purposeVersion, effectiveAt, validUntil, recipients, attributes } = request.state;
  const origin = request.origins.get(decisionId);
  return {
    decisionId,
    status,
    purposeVersion,
    effectiveAt: new Date(effectiveAt).toISOString(),
    validUntil: validUntil === null ? null : new Date(validUntil).toISOString(),
    recipients,
    attributes,
    notice: origin?.notice ?? null,
    collectionPoint: origin?.collectionPoint ?? null,
  };
}

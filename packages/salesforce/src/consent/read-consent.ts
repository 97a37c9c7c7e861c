import { CONSENT_STATUSES, ConnectorError, type Catalogue, type ConsentFacetV1, type ConsentState } from "@volenti/core/adapter";
import { toConsentState } from "../mapping/to-consent-state.ts";
import { stateKey } from "../mapping/row-keys.ts";
import { KEY_FIELD } from "../schema/names.ts";
import { CONNECTOR_ID, type SalesforceRow, type SalesforceSession } from "../transport/salesforce-session.ts";
import { applyOptOuts } from "./apply-opt-outs.ts";
import { readHeldConsents, type HeldConsents } from "./read-held-consents.ts";

const GET = "consent.getState";
const LIST = "consent.listStates";
const LIST_OF = "consent.listStatesOf";

/**
 * Reads what stands, from the consent rows that bear our fields and from the opt-out flags: a flag that an agent set is
 * heard from the moment on in which it is set. Rows that agents made by hand are not decisions of ours.
 */
export function createConsentReader(session: SalesforceSession): ConsentFacetV1 {
  return {
    getState: (request) => getState({ session, ...request }),
    listStates: async ({ subjectRef }) => (await listStates({ session, subjectRefs: [subjectRef], operation: LIST })).get(subjectRef) ?? [],
    listStatesOf: ({ subjectRefs }) => listStates({ session, subjectRefs, operation: LIST_OF }),
  };
}

/** The other rows of the person are read for what they say about the flags alone: one that cannot be read explains none. */
async function getState(request: { session: SalesforceSession; subjectRef: string; purpose: string; channel: string }): Promise<ConsentState | null> {
  const { session, subjectRef, purpose, channel } = request;
  const { crypto, catalogue } = session.context(GET);
  const key = await stateKey({ crypto, ref: subjectRef, purpose, channel });
  const held = (await readHeldConsents({ session, operation: GET, isUrgent: false, refs: [subjectRef] })).get(subjectRef);
  if (held === undefined) return null;
  const states = held.rows.flatMap((row) => (row[KEY_FIELD] === key ? readState({ row, operation: GET }) : (toConsentState(row) ?? [])));
  const standing = applyOptOuts({ states, optOuts: held.optOuts, catalogue });
  return standing.find((state) => state.purpose === purpose && state.channel === channel) ?? null;
}

/** By ref; who has no consent rows has no entry. */
async function listStates(request: {
  session: SalesforceSession;
  subjectRefs: readonly string[];
  operation: string;
}): Promise<ReadonlyMap<string, readonly ConsentState[]>> {
  const { session, subjectRefs, operation } = request;
  const { catalogue } = session.context(operation);
  const held = await readHeldConsents({ session, operation, isUrgent: false, refs: subjectRefs });
  return new Map(
    [...held].map(([ref, own]) => [ref, toStandingStates({ held: own, catalogue, operation })] as const),
  );
}

/** What stands by consent rows and flags, in order; rejects a row of ours that cannot be read. Flags alone say nothing. */
export function toStandingStates(request: { held: HeldConsents; catalogue: Catalogue; operation: string }): readonly ConsentState[] {
  const { held: { rows, optOuts }, catalogue, operation } = request;
  const states = rows.map((row) => readState({ row, operation }));
  return applyOptOuts({ states, optOuts, catalogue }).toSorted(byPurposeThenChannel);
}

/** A row of ours that cannot be read may be a refusal: to leave it out would be to answer that there is none. */
function readState(request: { row: SalesforceRow; operation: string }): ConsentState {
  const { row, operation } = request;
  const state = toConsentState(row);
  if (state !== null && CONSENT_STATUSES.includes(state.status)) return state;
  throw new ConnectorError({ code: "malformedResponse", connectorId: CONNECTOR_ID, operation, providerCode: "stateUnreadable" });
}

function byPurposeThenChannel(left: ConsentState, right: ConsentState): number {
  return compareTexts(left.purpose, right.purpose) || compareTexts(left.channel, right.channel);
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

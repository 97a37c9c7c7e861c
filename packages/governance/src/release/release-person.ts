import { ConnectorError, resolveRecipient, toRecipientText, type AttemptLimiter, type Recipient, type ReleaseFacts, type Volenti } from "@volenti/core";
import type { JsonValue, StoredProfileV1 } from "@volenti/core/adapter";
import { recordAccess } from "../access/record-access.ts";
import { checkReason, type Viewer } from "../access/viewer.ts";
import { mergeProfiles } from "../show/merge-profiles.ts";
import { readPerson, toPlaces, type PersonReading } from "../show/read-person.ts";
import type { AttributeView } from "../show/unified-view.ts";
import { readIdentifier } from "../support/person-request.ts";
import { askDecisionPoint, type AnsweredQuestion } from "./ask-decision-point.ts";
import { readReleaseFacts } from "./read-release-facts.ts";
import type { ReleaseReport, ReleaseRequest, ReleasedAttribute } from "./release-report.ts";
import { settleAttributes } from "./settle-attributes.ts";
import { isAttemptAllowed, recordMiss, toTillReport } from "./till-guard.ts";

interface Parts {
  readonly volenti: Volenti;
  readonly request: ReleaseRequest;
  readonly viewer: Viewer;
  readonly limiter: AttemptLimiter;
}

/** What a recipient may be given of one person now; on record before it is answered. */
export async function releasePerson(parts: Parts): Promise<ReleaseReport> {
  const { volenti, request, viewer } = parts;
  checkReason({ volenti, viewer, operation: "release" });
  const recipient = readRecipient(parts);
  const purposes = readPurposes(parts);
  if (recipient.kind === "till") return releaseToTill({ ...parts, recipient, purposes });
  readIdentifier({ volenti, person: request, operation: "release" });
  return readAndRelease({ ...parts, recipient, purposes });
}

interface Release extends Parts {
  readonly recipient: Recipient;
  readonly purposes: readonly string[];
}

async function releaseToTill(release: Release): Promise<ReleaseReport> {
  const { volenti, request, limiter, recipient, purposes } = release;
  const attempt = { recipient: toRecipientText(recipient), at: volenti.clock.now() };
  const identifier = volenti.normaliseIdentifier(request.identifier);
  const mayAsk = identifier !== null && (await isAttemptAllowed({ limiter, attempt }));
  const report = mayAsk ? await readAndRelease(release) : emptyReport(release);
  if (!report.given) await recordMiss({ limiter, attempt });
  return toTillReport({ report, recipient, purposes, policy: volenti.policy });
}

async function readAndRelease(release: Release): Promise<ReleaseReport> {
  const { volenti, request, viewer, recipient } = release;
  const identifier = readIdentifier({ volenti, person: request, operation: "release" });
  const readings = await readPerson({ volenti, identifier });
  const now = volenti.clock.now();
  const facts = readReleaseFacts({ volenti, readings, jurisdiction: request.jurisdiction, ageBand: request.ageBand, now });
  const attributes = await answerAttributes({ ...release, facts, readings });
  const accessLog = await recordAccess({
    volenti,
    viewer,
    places: toPlaces(readings),
    operation: "release",
    defaultReason: "release",
    attributes: attributes.filter(({ effect }) => effect !== "deny").map(({ attribute }) => attribute),
    recipient: toRecipientText(recipient),
  });
  return {
    ...emptyReport(release),
    readAt: new Date(now).toISOString(),
    given: attributes.some(({ effect }) => effect !== "deny"),
    complete: readings.every(({ status }) => status !== "unreachable"),
    found: readings.some(({ status }) => status === "found"),
    conflict: readings.some(({ status }) => status === "conflict"),
    unlinked: readings.filter(({ status }) => status === "unlinked").map(({ id }) => id),
    attributes,
    accessLog,
  };
}

function emptyReport({ volenti, request, recipient }: Release): ReleaseReport {
  return {
    readAt: new Date(volenti.clock.now()).toISOString(),
    recipient: toRecipientText(recipient),
    purpose: request.purpose ?? null,
    policyHash: volenti.policy.hash,
    given: false,
    complete: true,
    found: false,
    conflict: false,
    unlinked: [],
    attributes: [],
    accessLog: null,
  };
}

async function answerAttributes(
  request: Release & { readonly facts: ReleaseFacts; readonly readings: readonly PersonReading[] },
): Promise<readonly ReleasedAttribute[]> {
  const { volenti, recipient, purposes, facts } = request;
  const views = mergeValues(request);
  const answered = views.flatMap(({ attribute }) =>
    purposes.map((purpose): AnsweredQuestion => {
      const question = { purpose, attribute, recipient, facts };
      return { question, answer: volenti.policy.answer(question) };
    }),
  );
  const answers = await askDecisionPoint({ volenti, answered });
  const told = answered.map(({ question: { purpose, attribute } }, index) => ({ purpose, attribute, answer: answers[index] }));
  const attributes = views.map((view) => ({
    attribute: view.attribute,
    value: valueOf(view),
    answers: told.flatMap(({ purpose, attribute, answer }) => (attribute === view.attribute && answer !== undefined ? [{ purpose, answer }] : [])),
  }));
  return settleAttributes({ volenti, recipient, attributes });
}

/** What destinations hold; a value that the policy masks there is no opinion where another one holds it whole. Sorted by name. */
function mergeValues(request: Release & { readonly facts: ReleaseFacts; readonly readings: readonly PersonReading[] }): readonly AttributeView[] {
  const { volenti, readings, facts } = request;
  const { policy } = volenti;
  const isMasked = (id: string, attribute: string): boolean =>
    policy.concernsDestination(id) &&
    [...policy.world.purposes.keys()].some((purpose) => policy.judge({ purpose, attribute, recipient: { kind: "destination", id }, facts }).effect === "mask");
  const held = readings.flatMap((reading) => (reading.status === "found" ? reading.records.map(({ profile }) => ({ destinationId: reading.id, profile })) : []));
  const whole = held.map(({ destinationId, profile }) => ({ destinationId, profile: profile === null ? null : withoutMasked({ profile, isMasked: (attribute) => isMasked(destinationId, attribute) }) }));
  const known = new Set(whole.flatMap(({ profile }) => Object.keys(profile?.attributes ?? {})));
  // What nobody holds whole is given as it is held, if at all.
  const rest = held.map(({ destinationId, profile }) => ({ destinationId, profile: profile === null ? null : withoutMasked({ profile, isMasked: (attribute) => known.has(attribute) }) }));
  return mergeProfiles({ profiles: [...whole, ...rest], precedence: volenti.view.precedence });
}

function withoutMasked(request: { profile: StoredProfileV1; isMasked: (attribute: string) => boolean }): StoredProfileV1 {
  const { profile, isMasked } = request;
  return { ...profile, attributes: Object.fromEntries(Object.entries(profile.attributes).filter(([attribute]) => !isMasked(attribute))) };
}

/** Undefined where two values changed last at once, and nothing says which comes first. */
function valueOf({ value, conflict, chosenBy, values }: AttributeView): JsonValue | undefined {
  const isTie = conflict && chosenBy === "latestChange" && values[0]?.changedAt === values[1]?.changedAt;
  return isTie ? undefined : value;
}

function readRecipient({ volenti, request }: Parts): Recipient {
  const recipient = resolveRecipient({ text: request.recipient, policy: volenti.policy });
  if (typeof recipient === "string") throw refusal({ providerCode: recipient, fieldName: "recipient" });
  return recipient;
}

function readPurposes({ volenti, request }: Parts): readonly string[] {
  const keys = [...volenti.policy.world.purposes.keys()];
  if (request.purpose === undefined) return keys;
  if (!keys.includes(request.purpose)) throw refusal({ providerCode: "unknownPurpose", fieldName: "purpose" });
  return [request.purpose];
}

function refusal(request: { providerCode: string; fieldName: string }): ConnectorError {
  const { providerCode, fieldName } = request;
  return new ConnectorError({ code: "invalidInput", connectorId: "governance", operation: "release", providerCode, fieldNames: [fieldName] });
}

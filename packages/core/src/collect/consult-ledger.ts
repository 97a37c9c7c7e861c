import type { LedgerAnswerV1, LedgerQueryV1, RecordedDecisionV1 } from "../connector/v1/ledger-facet-v1.ts";
import { endsPermission } from "../model/consent-status.ts";
import type { Submission } from "../model/submission.ts";
import type { DestinationResult, Problem } from "../model/submission-result.ts";
import { callWithRetries } from "../retry/call-with-retries.ts";
import { toBase32 } from "../support/bytes.ts";
import type { CollectPorts, Destination } from "./collect-ports.ts";
import type { ConsultedSubmission, RoutedSubmission } from "./prepared-submission.ts";
import { REF_LENGTH_IN_BYTES, refsWithoutLedger } from "./ref-without-ledger.ts";
import { toDestinationOutcome } from "./to-destination-outcome.ts";

export type Consultation =
  | { readonly kind: "known"; readonly consulted: ConsultedSubmission }
  | { readonly kind: "rejected"; readonly routed: RoutedSubmission; readonly problems: readonly Problem[] }
  /** The ledger could not be asked: nobody is named, so nothing is sent anywhere. */
  | { readonly kind: "unanswered"; readonly routed: RoutedSubmission; readonly destinations: readonly DestinationResult[] };

/** Names every person of a batch: one look-up a ledger, or a keyed digest where the route has none. Answers in order. */
export async function consultLedgers(request: {
  batch: readonly RoutedSubmission[];
  ports: CollectPorts;
  signal?: AbortSignal | undefined;
}): Promise<readonly Consultation[]> {
  const { batch, ports, signal } = request;
  const byLedger = Map.groupBy(batch, ({ plan }) => plan.ledgerId);
  const answered = await Promise.all(
    [...byLedger].map(([ledgerId, group]) => {
      const ledger = ledgerId === null ? undefined : ports.destinations.get(ledgerId);
      return ledger === undefined ? nameWithoutLedger({ group, ports }) : consultOne({ ledger, group, ports, signal });
    }),
  );
  return answered.flat().toSorted((left, right) => positionOf(left) - positionOf(right));
}

function positionOf(consultation: Consultation): number {
  return consultation.kind === "known" ? consultation.consulted.position : consultation.routed.position;
}

async function nameWithoutLedger(request: {
  group: readonly RoutedSubmission[];
  ports: CollectPorts;
}): Promise<readonly Consultation[]> {
  const { group, ports } = request;
  const { keyring, controller } = ports.configuration;
  const people = group.map(({ submission }) => submission.identifiers);
  const refs = await refsWithoutLedger({ people, controllerId: controller.id, keyring });
  return group.map((routed, index): Consultation => ({
    kind: "known",
    consulted: {
      ...routed,
      ref: refs[index] ?? "",
      isNew: false,
      recordIds: new Map(),
      states: [],
      recorded: new Map(),
      requested: new Map(),
      isReplay: false,
      alsoMatched: [],
      merged: [],
      ownIdentifiers: routed.submission.identifiers,
      identifiersElsewhere: [],
      isRestricted: false,
      remarks: [],
    },
  }));
}

async function consultOne(request: {
  ledger: Destination;
  group: readonly RoutedSubmission[];
  ports: CollectPorts;
  signal: AbortSignal | undefined;
}): Promise<readonly Consultation[]> {
  const { ledger, group, ports } = request;
  const startedAt = ports.clock.now();
  const report = (code?: string): void =>
    ports.observe({
      name: "ledgerConsulted",
      destinationId: ledger.id,
      queries: group.length,
      durationInMs: ports.clock.now() - startedAt,
      ...(code === undefined ? {} : { code }),
    });
  try {
    const answers = await askLedger(request);
    report();
    return group.map((routed, index) => readAnswer({ routed, answer: answers[index], ledger, ports }));
  } catch (failure) {
    request.signal?.throwIfAborted();
    // Whatever went wrong, a look-up writes nothing that another submission could miss.
    const result = { ...toDestinationOutcome(failure), outcome: "unavailable" as const };
    report(result.code);
    return group.map((routed): Consultation => ({
      kind: "unanswered",
      routed,
      destinations: routed.plan.steps.map(({ destinationId }) =>
        destinationId === ledger.id ? { id: destinationId, ...result } : { id: destinationId, outcome: "notAttempted" },
      ),
    }));
  }
}

async function askLedger(request: {
  ledger: Destination;
  group: readonly RoutedSubmission[];
  ports: CollectPorts;
  signal: AbortSignal | undefined;
}): Promise<readonly LedgerAnswerV1[]> {
  const { ledger, group, ports, signal } = request;
  const queries = group.map(({ submission, mark, decisionIds }): LedgerQueryV1 => ({
    proposedRef: toBase32(ports.configuration.crypto.randomBytes(REF_LENGTH_IN_BYTES)),
    identifiers: submission.identifiers.map(({ kind, value }) => ({ kind, value })),
    submission: mark,
    decisionIds: [...new Set([...decisionIds, ...requestIdsOf(submission)])],
    country: submission.country,
    test: submission.test,
    occurredAt: givenAt({ submission, ports }),
    onlyRefuses: isOnlyRefusing(submission),
  }));
  const carriesRefusals = group.some(({ submission }) => submission.decisions.some(({ raw }) => endsPermission(raw.status)));
  return ledger.lane.run({
    isUrgent: carriesRefusals,
    task: () =>
      callWithRetries({
        attempt: async () => (await ledger.connector.ledger?.consult({ queries, signal })) ?? [],
        policy: ports.configuration.retry,
        budget: ledger.budget,
        clock: ports.clock,
        random: ports.random,
        carriesRefusals,
        // Reserving a person twice gives the same ref.
        mayRepeatUnknown: true,
        signal: signal ?? ports.endRetries,
        onRetry: (event) => ports.observe({ name: "callRetried", destinationId: ledger.id, operation: "consult", ...event }),
      }),
  });
}

function readAnswer(request: {
  routed: RoutedSubmission;
  answer: LedgerAnswerV1 | undefined;
  ledger: Destination;
  ports: CollectPorts;
}): Consultation {
  const { routed, answer, ledger, ports } = request;
  if (answer === undefined) {
    const destinations = routed.plan.steps.map(({ destinationId }): DestinationResult =>
      destinationId === ledger.id
        ? { id: destinationId, outcome: "unavailable", code: "malformedResponse" }
        : { id: destinationId, outcome: "notAttempted" },
    );
    return { kind: "unanswered", routed, destinations };
  }
  const problems = refuseAnswer({ routed, answer, ports });
  if (problems.length > 0) return { kind: "rejected", routed, problems };
  return {
    kind: "known",
    consulted: {
      ...routed,
      ref: answer.ref,
      isNew: !answer.known,
      recordIds: new Map(answer.recordIds?.map(({ destinationId, recordId }) => [destinationId, recordId])),
      states: answer.states,
      recorded: byId({ decisions: answer.recorded, ids: routed.decisionIds }),
      requested: byId({ decisions: answer.recorded, ids: requestIdsOf(routed.submission) }),
      isReplay: answer.submission === "same",
      alsoMatched: answer.alsoMatched,
      merged: answer.merged,
      ownIdentifiers: routed.submission.identifiers.filter((_, index) => !answer.identifiersElsewhere.includes(index)),
      identifiersElsewhere: routed.submission.identifiers.filter((_, index) => answer.identifiersElsewhere.includes(index)),
      isRestricted: answer.restricted,
      remarks: answer.identifiersElsewhere.map((index) => ({
        path: `subject.identifiers[${routed.submission.identifiers[index]?.position ?? index}]`,
        code: "identifierElsewhere",
      })),
    },
  };
}

function byId(request: { decisions: readonly RecordedDecisionV1[]; ids: readonly string[] }): ReadonlyMap<string, RecordedDecisionV1> {
  const { decisions, ids } = request;
  return new Map(decisions.flatMap((decision): [string, RecordedDecisionV1][] => (ids.includes(decision.decisionId) ? [[decision.decisionId, decision]] : [])));
}

/** The requests that the confirmations of a submission name. */
function requestIdsOf({ decisions }: Submission): readonly string[] {
  return decisions.flatMap(({ raw }) => raw.confirmation?.requestId ?? []);
}

function refuseAnswer(request: { routed: RoutedSubmission; answer: LedgerAnswerV1; ports: CollectPorts }): readonly Problem[] {
  const { routed, answer, ports } = request;
  const { submission } = routed;
  if (answer.submission === "conflicting") return [{ path: "submissionId", code: "conflictingReplay" }];
  const isErased = answer.suppressedSince !== null && givenAt({ submission, ports }) < answer.suppressedSince;
  return isErased && !isOnlyRefusing(submission) ? [{ path: "subject", code: "suppressed" }] : [];
}

/**
 * From when a submission counts against an erasure: the earliest that anything in it was given. A confirmation counts from
 * its request, so that one which was asked for before the erasure does not undo it. An import is older than any erasure.
 */
function givenAt(request: { submission: Submission; ports: Pick<CollectPorts, "origin"> }): number {
  const { submission, ports } = request;
  if (ports.origin === "import") return 0;
  const requests = submission.decisions.flatMap(({ raw }) =>
    raw.status === "confirmed" && raw.confirmation !== undefined ? [Date.parse(raw.confirmation.sentAt)] : [],
  );
  return Math.min(submission.occurredAt, ...requests);
}

function isOnlyRefusing({ profile, decisions }: Submission): boolean {
  return profile.size === 0 && decisions.every(({ raw }) => endsPermission(raw.status));
}

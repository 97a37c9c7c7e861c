import { endsPermission } from "../model/consent-status.ts";
import type { DestinationOutcome, DestinationResult } from "../model/submission-result.ts";
import type { CollectPorts } from "./collect-ports.ts";
import type { SubjectEntry } from "./fold-subject-write.ts";
import type { PreparedDecision, PreparedSubmission } from "./prepared-submission.ts";
import type { EntryOutcome, ToldOutcome } from "./tell-submissions.ts";
import { writeToDestination } from "./write-to-destination.ts";

/** Worst first: what a submission is told of a destination that it reached with several people's refusals. */
const SEVERITY: readonly DestinationOutcome[] = [
  "unknown",
  "unavailable",
  "rejected",
  "partlyApplied",
  "notAttempted",
  "applied",
  "superseded",
  "unchanged",
];
const ACKNOWLEDGED: ReadonlySet<DestinationOutcome> = new Set<DestinationOutcome>(["applied", "unchanged", "superseded"]);

type Results = ReadonlyMap<PreparedSubmission, Map<string, ToldOutcome>>;

/**
 * Delivers a batch in two turns: destinations that must keep the record locally and the ledger first; every other one
 * only once those acknowledged. Answers the destinations of each submission, in the order of its plan.
 */
export async function deliverBatch(request: {
  batch: readonly PreparedSubmission[];
  ports: CollectPorts;
  signal?: AbortSignal | undefined;
}): Promise<ReadonlyMap<PreparedSubmission, readonly DestinationResult[]>> {
  const { batch } = request;
  const results: Results = new Map(batch.map((prepared) => [prepared, new Map()]));
  await writeTurn({ ...request, results, entriesOf: (prepared) => entriesOfTurn({ prepared, turn: "first" }) });
  const acknowledged = (prepared: PreparedSubmission): boolean =>
    prepared.plan.steps
      .filter(({ turn }) => turn === "first")
      .every(({ destinationId }) => ACKNOWLEDGED.has(results.get(prepared)?.get(destinationId)?.outcome ?? "unknown"));
  await writeTurn({
    ...request,
    results,
    entriesOf: (prepared) =>
      acknowledged(prepared) ? [...entriesOfTurn({ prepared, turn: "then" }), ...entriesOfRefusals(prepared)] : [],
  });
  return new Map(batch.map((prepared) => [prepared, list({ prepared, results })]));
}

type DestinedEntry = readonly [destinationId: string, entry: SubjectEntry];

function entriesOfTurn(request: { prepared: PreparedSubmission; turn: "first" | "then" }): DestinedEntry[] {
  const { prepared, turn } = request;
  return prepared.plan.steps
    .filter((step) => step.turn === turn)
    .flatMap(({ destinationId }) => [
      ownEntry({ prepared, destinationId }),
      ...otherPeople({ prepared, destinationId }).map((person): DestinedEntry => [
        destinationId,
        { prepared, ...person, mode: "existingOnly", profile: undefined, isNamed: false },
      ]),
    ]);
}

function ownEntry(request: { prepared: PreparedSubmission; destinationId: string }): DestinedEntry {
  const { prepared, destinationId } = request;
  const { ref, profilesElsewhere, ownIdentifiers: identifiers } = prepared;
  const profile = profilesElsewhere.has(destinationId) ? profilesElsewhere.get(destinationId) : prepared.profile;
  return [destinationId, { prepared, ref, mode: "upsert", decisions: ownDecisions(prepared), profile, identifiers, isNamed: true }];
}

/** Without those of a replay that were recorded for whom the person was before a merge. */
function ownDecisions({ ref, decisions }: PreparedSubmission): readonly PreparedDecision[] {
  return decisions.filter(({ sealed }) => sealed.record.subject === ref);
}

type OtherPerson = Pick<SubjectEntry, "ref" | "decisions" | "identifiers">;

/** Whom a submission reaches beside the person whom it names, and with what. */
function otherPeople(request: { prepared: PreparedSubmission; destinationId: string }): readonly OtherPerson[] {
  const { prepared, destinationId } = request;
  const { ref, decisions, refusalsOfOthers, identifiersElsewhere, merged, plan } = prepared;
  // The ledger has what it recorded, and after a merge the person's own refusal is that of both.
  const isLedger = destinationId === plan.ledgerId;
  const followed = refusalsOfOthers.filter((other) => !isLedger || !merged.includes(other.ref));
  const earlier = isLedger ? [] : decisions.filter(({ sealed }) => sealed.record.subject !== ref);
  return [
    ...followed.map((other) => ({ ...other, identifiers: identifiersElsewhere })),
    ...[...Map.groupBy(earlier, ({ sealed }) => sealed.record.subject)].map(([before, own]) => ({ ref: before, decisions: own, identifiers: [] })),
  ];
}

/** Refusals follow a person to every other system that holds them and that residency allows. */
function entriesOfRefusals(prepared: PreparedSubmission): DestinedEntry[] {
  const { ref, ownIdentifiers: identifiers } = prepared;
  return prepared.plan.refusalsAlsoTo.flatMap((destinationId) => {
    const named = { ref, decisions: ownDecisions(prepared), identifiers, isNamed: true };
    const others = otherPeople({ prepared, destinationId }).map((person) => ({ ...person, isNamed: false }));
    return [named, ...others].flatMap((person): DestinedEntry[] => {
      const decisions = person.decisions.filter(({ sealed }) => endsPermission(sealed.record.status));
      return decisions.length === 0 ? [] : [[destinationId, { prepared, ...person, mode: "existingOnly", decisions, profile: undefined }]];
    });
  });
}

async function writeTurn(request: {
  batch: readonly PreparedSubmission[];
  ports: CollectPorts;
  signal?: AbortSignal | undefined;
  results: Results;
  entriesOf: (prepared: PreparedSubmission) => readonly DestinedEntry[];
}): Promise<void> {
  const { batch, ports, signal, results, entriesOf } = request;
  const byDestination = Map.groupBy(batch.flatMap(entriesOf), ([destinationId]) => destinationId);
  await Promise.all(
    [...byDestination].map(async ([destinationId, destined]) => {
      const destination = ports.destinations.get(destinationId);
      if (destination === undefined) return;
      const entries = destined.map(([, entry]) => entry);
      // What holds neither a decision nor an attribute that may be sent is nothing to write, but for a ledger: it keeps
      // the mark by which the same submission id with another content is known.
      const keepsMarks = destination.connector.ledger !== undefined;
      const isWritten = ({ decisions, profile, mode }: SubjectEntry): boolean =>
        decisions.length > 0 || profile !== undefined || (keepsMarks && mode === "upsert");
      const { written = [], spared = [] } = Object.groupBy(entries, (entry) => (isWritten(entry) ? "written" : "spared"));
      for (const entry of spared) record({ results, destinationId, entry, outcome: entry.mode === "upsert" ? { outcome: "unchanged" } : "notHeld" });
      const outcomes = await writeToDestination({ destination, entries: written, ports, signal });
      for (const [entry, outcome] of outcomes) record({ results, destinationId, entry, outcome });
    }),
  );
}

function record(request: { results: Results; destinationId: string; entry: SubjectEntry; outcome: EntryOutcome }): void {
  const { results, destinationId, entry } = request;
  if (request.outcome === "notHeld") return;
  // The ledger had all of this submission already: that something newer came since is not this one losing.
  const isKnown = entry.prepared.isReplay && entry.prepared.plan.ledgerId === destinationId;
  const outcome = isKnown && request.outcome.outcome === "superseded" ? ({ outcome: "unchanged" } as const) : request.outcome;
  const ofSubmission = results.get(entry.prepared);
  const standing = ofSubmission?.get(destinationId);
  const isWorse = standing === undefined || SEVERITY.indexOf(outcome.outcome) < SEVERITY.indexOf(standing.outcome);
  if (isWorse) ofSubmission?.set(destinationId, outcome);
}

function list(request: { prepared: PreparedSubmission; results: Results }): readonly DestinationResult[] {
  const { prepared, results } = request;
  const ofSubmission = results.get(prepared);
  const planned = prepared.plan.steps.map(({ destinationId, reasons }): DestinationResult => {
    const overrides = reasons.filter((reason) => reason.startsWith("override:"));
    return {
      id: destinationId,
      ...(ofSubmission?.get(destinationId) ?? { outcome: "notAttempted" }),
      ...(overrides.length === 0 ? {} : { reasons: overrides }),
    };
  });
  const others = prepared.plan.refusalsAlsoTo.flatMap((id): DestinationResult[] => {
    const result = ofSubmission?.get(id);
    return result === undefined ? [] : [{ id, ...result }];
  });
  return [...planned, ...others];
}

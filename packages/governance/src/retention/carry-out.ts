import { eraseRefs } from "../erase/erase-refs.ts";
import type { DestinationErasureStatus } from "../erase/erasure-report.ts";
import type { RetentionSource } from "./find-sources.ts";
import { refsOf } from "../support/refs-of.ts";
import { maskPeople, type MaskingOutcome } from "./mask-people.ts";
import type { PlannedPerson } from "./plan-person.ts";
import type { RetentionEntry, RetentionOutcome } from "./retention-report.ts";
import type { RetentionRun } from "./retention-run.ts";

const ERASURES_AT_ONCE = 8;

const OUTCOMES: Readonly<Record<DestinationErasureStatus, RetentionOutcome>> = {
  erased: "done",
  masked: "done",
  notFound: "done",
  newerStands: "newer",
  kept: "listed",
  unsupported: "unsupported",
  conflict: "failed",
  unlinked: "failed",
  failed: "failed",
  notAttempted: "notAttempted",
};

/** One action on one person. */
interface PlannedStep {
  readonly planned: PlannedPerson;
  readonly step: PlannedPerson["actions"][number];
}

/** Does what was planned for people of one source where it is to be applied, and tells of it destination by destination. */
export async function carryOut(request: { run: RetentionRun; source: RetentionSource; plans: readonly PlannedPerson[] }): Promise<void> {
  const { run, source, plans } = request;
  const steps = plans.flatMap((planned) => planned.actions.map((step): PlannedStep => ({ planned, step })));
  const isToBeDone = ({ step }: PlannedStep): boolean => run.request.apply && step.action !== "keep";
  for (const each of steps) if (!isToBeDone(each)) await tellPlanned({ run, ...each });
  const toDo = steps.filter(isToBeDone);
  await maskAll({ run, source, steps: toDo.filter(({ step }) => step.action === "mask") });
  const toErase = toDo.filter(({ step }) => step.action === "erase");
  for (let start = 0; start < toErase.length; start += ERASURES_AT_ONCE) {
    if (run.request.signal?.aborted === true) return;
    await Promise.all(toErase.slice(start, start + ERASURES_AT_ONCE).map((each) => erase({ run, ...each })));
  }
}

async function tellPlanned({ run, planned, step }: PlannedStep & { run: RetentionRun }): Promise<void> {
  const { reason, until, destinationIds } = step;
  for (const destinationId of destinationIds) {
    const entry = { ...toEntry({ planned, step, destinationId, outcome: "listed", reason }), ...(until === undefined ? {} : { until }) };
    await run.tally.add(entry);
  }
}

/** Under the same holds, order and log as a person's own request. */
async function erase({ run, planned, step }: PlannedStep & { run: RetentionRun }): Promise<void> {
  const subjectRefs = refsOf(planned.person);
  const places = step.destinationIds.map((destinationId) => ({ destinationId, subjectRefs }));
  const report = await eraseRefs({ volenti: run.volenti, erasure: { places, reason: "retentionEnded", requestedAt: run.now } });
  for (const { id: destinationId, status, code } of report.destinations) {
    const entry = toEntry({ planned, step, destinationId, outcome: OUTCOMES[status], reason: code });
    // Somebody set a hold since it was looked for.
    await run.tally.add(status === "kept" ? { ...entry, action: "keep", reason: "held" } : entry);
  }
}

/** The copies first: what the source no longer lists would never be looked for in them again. */
async function maskAll(request: { run: RetentionRun; source: RetentionSource; steps: readonly PlannedStep[] }): Promise<void> {
  const { run, source, steps } = request;
  const remaining = new Set<PlannedStep>();
  for (const destinationId of run.volenti.destinations.keys()) {
    if (destinationId === source.id) continue;
    const there = steps.filter(({ step }) => step.destinationIds.includes(destinationId));
    const outcomes = await maskIn({ run, destinationId, steps: there });
    for (const [index, step] of there.entries()) if (outcomes[index]?.outcome === "failed") remaining.add(step);
  }
  for (const { planned, step } of remaining) {
    await run.tally.add(toEntry({ planned, step, destinationId: source.id, outcome: "notAttempted", reason: "copiesRemain" }));
  }
  await maskIn({ run, destinationId: source.id, steps: steps.filter((step) => !remaining.has(step)) });
}

async function maskIn(request: {
  run: RetentionRun;
  destinationId: string;
  steps: readonly PlannedStep[];
}): Promise<readonly MaskingOutcome[]> {
  const { run, destinationId, steps } = request;
  if (steps.length === 0) return [];
  const maskings = steps.map(({ planned, step }) => ({ person: planned.person, attributes: step.attributes }));
  const outcomes = await maskPeople({ run, destinationId, maskings });
  for (const [index, { planned, step }] of steps.entries()) {
    const { outcome = "failed", code } = outcomes[index] ?? {};
    await run.tally.add(toEntry({ planned, step, destinationId, outcome, reason: code }));
  }
  return outcomes;
}

function toEntry(request: PlannedStep & { destinationId: string; outcome: RetentionOutcome; reason: string | undefined }): RetentionEntry {
  const { planned, step, destinationId, outcome, reason } = request;
  const { subjectRef, country } = planned.person;
  const { action, purposes, attributes } = step;
  const entry = { destinationId, subjectRef, country, action, purposes, attributes, outcome };
  return reason === undefined ? entry : { ...entry, reason };
}

import type { RetentionSource } from "./find-sources.ts";
import { eraseOutlived } from "./erase-outlived.ts";
import { maskPeople, type MaskingOutcome } from "./mask-people.ts";
import type { PlannedPerson } from "./plan-person.ts";
import type { RetentionEntry, RetentionOutcome } from "./retention-report.ts";
import type { RetentionRun } from "./retention-run.ts";

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
  await Promise.all(toDo.filter(({ step }) => step.action === "erase").map((each) => erase({ run, ...each })));
}

async function tellPlanned({ run, planned, step }: PlannedStep & { run: RetentionRun }): Promise<void> {
  const { reason, until, destinationIds } = step;
  for (const destinationId of destinationIds) {
    const entry = { ...toEntry({ planned, step, destinationId, outcome: "listed", reason }), ...(until === undefined ? {} : { until }) };
    await run.tally.add(entry);
  }
}

async function erase({ run, planned, step }: PlannedStep & { run: RetentionRun }): Promise<void> {
  const { destinationIds } = step;
  const erasures = await eraseOutlived({ run, subjectRef: planned.person.subjectRef, destinationIds });
  for (const { destinationId, outcome, code } of erasures) {
    await run.tally.add(toEntry({ planned, step, destinationId, outcome, reason: code }));
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

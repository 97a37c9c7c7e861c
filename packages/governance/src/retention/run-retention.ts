import { ConnectorError, type Volenti } from "@volenti/core";
import type { ListedPersonV1 } from "@volenti/core/adapter";
import { failureCode } from "../support/failure-code.ts";
import { carryOut } from "./carry-out.ts";
import { findSources, type RetentionSource } from "./find-sources.ts";
import { judgePerson } from "./judge-person.ts";
import { planPerson } from "./plan-person.ts";
import { readElsewhere } from "./read-elsewhere.ts";
import type { RetentionDestination, RetentionReport, RetentionRequest } from "./retention-report.ts";
import type { RetentionRun } from "./retention-run.ts";
import { createRetentionTally } from "./retention-tally.ts";

/** People whom something is to be done with, dealt with together: as many as destinations are asked about at once. */
const PEOPLE_A_STEP = 200;

/** Walks everybody whom a destination can list, once, and deals with what outlived its purpose, a step at a time. */
export async function runRetention(given: { volenti: Volenti; request: RetentionRequest }): Promise<RetentionReport> {
  const { volenti, request } = given;
  const run: RetentionRun = {
    volenti,
    request,
    purposes: volenti.catalogue.purposes.filter(({ current }) => current),
    now: volenti.clock.now(),
    tally: createRetentionTally(request.onEntry),
    ...findSources(volenti),
  };
  for (const source of run.sources) {
    if (request.signal?.aborted === true) break;
    await walk({ run, source });
  }
  return {
    outcome: request.signal?.aborted === true ? "interrupted" : run.tally.isUnfinished() ? "incomplete" : "complete",
    applied: request.apply,
    judgedAt: run.now,
    destinations: describeDestinations(run),
    counts: run.tally.counts(),
    noRetention: run.purposes.filter(({ retention }) => retention === undefined).map(({ key }) => key),
  };
}

/** One source's people. A list that breaks is told, and keeps no other source from being walked. */
async function walk(request: { run: RetentionRun; source: RetentionSource }): Promise<void> {
  const { run, source } = request;
  const { signal, onProgress } = run.request;
  try {
    let candidates: ListedPersonV1[] = [];
    let looked = 0;
    for await (const person of source.list(signal)) {
      if (person.test) continue;
      run.tally.look(source.id);
      looked += 1;
      if (looked % PEOPLE_A_STEP === 0) onProgress?.(looked);
      if (judgePerson({ person, purposes: run.purposes, now: run.now }).action === "keep") continue;
      candidates.push(person);
      if (candidates.length < PEOPLE_A_STEP) continue;
      await dealWith({ run, source, people: candidates });
      if (signal?.aborted === true) return;
      candidates = [];
    }
    await dealWith({ run, source, people: candidates });
  } catch (error) {
    if (signal?.aborted === true) return;
    if (!ConnectorError.isInstance(error)) throw error;
    run.tally.fail({ destinationId: source.id, code: failureCode(error) });
  }
}

async function dealWith(request: { run: RetentionRun; source: RetentionSource; people: readonly ListedPersonV1[] }): Promise<void> {
  const { run, source, people } = request;
  if (people.length === 0) return;
  const elsewhere = await readElsewhere({ run, source, people });
  if ("code" in elsewhere) return leaveAll({ ...request, code: elsewhere.code });
  const plans = await Promise.all(elsewhere.people.map((everywhere) => planPerson({ run, source, everywhere })));
  if (run.request.signal?.aborted === true) return;
  for (const [index, planned] of plans.entries()) {
    if ("code" in planned) await leaveAll({ run, source, people: people.slice(index, index + 1), code: planned.code });
  }
  await carryOut({ run, source, plans: plans.flatMap((planned) => ("code" in planned ? [] : [planned])) });
}

/** Somebody could not be asked whether anything still runs, or forbids it: nothing is done, and the next run looks again. */
async function leaveAll(request: {
  run: RetentionRun;
  source: RetentionSource;
  people: readonly ListedPersonV1[];
  code: string;
}): Promise<void> {
  const { run, source, people, code } = request;
  for (const person of people) {
    const { subjectRef, country } = person;
    const { action, purposes, attributes } = judgePerson({ person, purposes: run.purposes, now: run.now });
    await run.tally.add({ destinationId: source.id, subjectRef, country, action, purposes, attributes, outcome: "notAttempted", reason: code });
  }
}

function describeDestinations({ volenti, sources, driven, unsupported, tally }: RetentionRun): readonly RetentionDestination[] {
  return [...volenti.destinations].map(([id, { region }]) => {
    const isListed = sources.some((source) => source.id === id);
    const people = isListed ? tally.peopleOf(id) : null;
    const code = tally.failureOf(id);
    if (code !== undefined) return { id, region, status: "failed", code, people };
    if (unsupported.includes(id)) return { id, region, status: "unsupported", people };
    return { id, region, status: driven.find((copy) => copy.id === id)?.status ?? "listed", people };
  });
}

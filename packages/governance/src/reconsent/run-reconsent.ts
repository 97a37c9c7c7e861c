import { ConnectorError, readPurpose, type CataloguedPurpose, type Volenti } from "@volenti/core";
import { ANY_CHANNEL, foldConsentStates, isEnding, isGrant, standingFor, type ConsentState } from "@volenti/core/adapter";
import { failureCode } from "../support/failure-code.ts";
import { listedBy } from "../support/list-people.ts";
import { refsOf } from "../support/refs-of.ts";
import type { ReadRecord } from "../support/read-decision-record.ts";
import { findReconsentSources, type ReconsentSource } from "./find-reconsent-sources.ts";
import { joinHistory, type PersonWithRecords } from "./join-history.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { noReaskUntil } from "./no-reask-until.ts";
import { planReconsent, type ReconsentPlan } from "./reconsent-plan.ts";
import type { ReconsentDestination, ReconsentEntry, ReconsentReport, ReconsentRequest } from "./reconsent-report.ts";
import { createReconsentTally, type ReconsentTally } from "./reconsent-tally.ts";
import { sparePeople, type Spared } from "./spare-people.ts";

/** People who would be asked again, about whom other destinations are asked together. */
const PEOPLE_A_STEP = 200;

interface ReconsentRun {
  readonly volenti: Volenti;
  readonly request: ReconsentRequest;
  readonly plan: ReconsentPlan;
  readonly tally: ReconsentTally;
  readonly now: number;
}

/** Walks everybody whom a destination can list, once, beside the history of the same store. Changes nothing; holds some hundred people. */
export async function runReconsent(given: { volenti: Volenti; request: ReconsentRequest }): Promise<ReconsentReport> {
  const { volenti, request } = given;
  const plan = planReconsent(given);
  const run: ReconsentRun = { volenti, request, plan, tally: createReconsentTally(request.onEntry), now: volenti.clock.now() };
  for (const source of findReconsentSources(volenti)) {
    if (request.signal?.aborted === true) break;
    await walk({ run, source });
  }
  const { tally } = run;
  return {
    outcome: request.signal?.aborted === true ? "interrupted" : tally.isUnfinished() ? "incomplete" : "complete",
    notice: plan.notice,
    purposes: plan.purposes.map(({ key, version }) => ({ key, version })),
    notInNotice: plan.notInNotice,
    judgedAt: run.now,
    people: tally.people(),
    peopleToAsk: tally.peopleToAsk(),
    totals: tally.totals(),
    counts: tally.counts(),
    destinations: describeDestinations(run),
  };
}

/** One source's people. A list that breaks is told, and keeps no other source from being walked. */
async function walk(request: { run: ReconsentRun; source: ReconsentSource }): Promise<void> {
  const { run, source } = request;
  const { signal, onProgress } = run.request;
  const connector = run.volenti.destinations.get(source.id);
  if (connector === undefined) return;
  try {
    let candidates: { entries: readonly ReconsentEntry[]; refs: readonly string[] }[] = [];
    for await (const found of joinHistory({ people: source.list(signal), connector })) {
      if (signal?.aborted === true) return;
      if (found.person.test || !source.isTold(found.person)) continue;
      run.tally.look();
      if (run.tally.people() % PEOPLE_A_STEP === 0) onProgress?.(run.tally.people());
      const entries = judgePerson({ run, found });
      if (entries.some(({ answer }) => answer === "askAgain")) candidates.push({ entries, refs: refsOf(found.person) });
      else for (const entry of entries) await run.tally.add(entry);
      if (candidates.length < PEOPLE_A_STEP) continue;
      await tellCandidates({ run, source, candidates });
      candidates = [];
    }
    await tellCandidates({ run, source, candidates });
  } catch (error) {
    if (signal?.aborted === true) return;
    if (!ConnectorError.isInstance(error)) throw error;
    run.tally.fail({ destinationId: source.id, code: failureCode(error) });
  }
}

function judgePerson(request: { run: ReconsentRun; found: PersonWithRecords }): readonly ReconsentEntry[] {
  const { run, found } = request;
  const standing = foldConsentStates(found.person.states);
  return run.plan.purposes.flatMap((purpose) =>
    (purpose.channels.length === 0 ? [ANY_CHANNEL] : purpose.channels).map((channel) => judgeKey({ run, found, standing, purpose, channel })),
  );
}

function judgeKey(request: {
  run: ReconsentRun;
  found: PersonWithRecords;
  standing: ReadonlyMap<string, ConsentState>;
  purpose: CataloguedPurpose;
  channel: string;
}): ReconsentEntry {
  const { run, found, standing, purpose, channel } = request;
  const { country, subjectRef } = found.person;
  const state = standingFor({ standing, purpose: purpose.key, channel });
  const records = found.records.filter((record) => record.purpose.key === purpose.key && (record.channel ?? channel) === channel);
  const { answer, reason } = judgeAnswer({ purpose, state, records, notice: run.plan.notice, now: run.now });
  const until = answer === "refused" && state !== undefined ? reaskOf({ run, purpose, channel, country, state, records }) : null;
  return {
    subjectRef,
    country,
    purpose: purpose.key,
    channel,
    answer,
    reason: answer === "refused" ? (until !== null && until > run.now ? "noReask" : "mayBeAsked") : reason,
    purposeVersion: state?.purposeVersion ?? null,
    noReaskUntil: until,
    lastNotice: noticeOf(records.at(-1)),
  };
}

function reaskOf(request: {
  run: ReconsentRun;
  purpose: CataloguedPurpose;
  channel: string;
  country: string | null;
  state: ConsentState;
  records: readonly ReadRecord[];
}): number | null {
  const { run: { plan, volenti }, purpose, channel, country, state, records } = request;
  const { jurisdictions = [] } = (records.find(({ id }) => id === state.decisionId)?.parsed ?? {}) as { jurisdictions?: readonly string[] };
  return noReaskUntil({
    rows: plan.noReask,
    regions: plan.regions,
    reading: readPurpose({ purpose, sensitivePurposes: volenti.rights.sensitivePurposes }),
    channel: channel === ANY_CHANNEL ? undefined : channel,
    country,
    jurisdictions,
    refusedAt: state.effectiveAt,
  });
}

function noticeOf(record: ReadRecord | undefined): ReconsentEntry["lastNotice"] {
  if (record === undefined) return null;
  const { id, version, locale } = record.notice;
  return { id, version, locale };
}

async function tellCandidates(request: {
  run: ReconsentRun;
  source: ReconsentSource;
  candidates: readonly { readonly entries: readonly ReconsentEntry[]; readonly refs: readonly string[] }[];
}): Promise<void> {
  const { run: { volenti, tally, request: { signal } }, source, candidates } = request;
  if (candidates.length === 0) return;
  const people = candidates.map(({ refs }) => refs);
  const spared = await sparePeople({ volenti, tally, sourceId: source.id, people, signal });
  for (const [index, { entries }] of candidates.entries()) {
    const told = entries.map((entry) => (entry.answer === "askAgain" ? spare({ entry, spared: spared[index] ?? null }) : entry));
    if (told.some(({ answer }) => answer === "askAgain")) tally.ask();
    for (const entry of told) await tally.add(entry);
  }
}

/** Who rests, or said no elsewhere, is not asked; nor is anybody of whom that could not be found out. */
function spare(request: { entry: ReconsentEntry; spared: Spared | null }): ReconsentEntry {
  const { entry, spared } = request;
  if (spared === null) return { ...entry, answer: "leftOut", reason: "unread" };
  if (spared.isRestricted) return { ...entry, answer: "leftOut", reason: "restricted" };
  const state = standingFor({ standing: spared.elsewhere, purpose: entry.purpose, channel: entry.channel });
  return state !== undefined && !isGrant(state.status) && !isEnding(state.status) ? { ...entry, answer: "leftOut", reason: "refusedElsewhere" } : entry;
}

function describeDestinations({ volenti, tally }: ReconsentRun): readonly ReconsentDestination[] {
  return [...volenti.destinations.keys()].map((id): ReconsentDestination => {
    const code = tally.failureOf(id);
    if (code !== undefined) return { id, status: "failed", code };
    const { kind } = listedBy({ volenti, destinationId: id });
    return { id, status: kind === "itself" ? "listed" : kind };
  });
}

import type { SubmissionResult } from "@volenti/core";
import type { DrawnSubmission, Scenario } from "../scenario/scenario.ts";
import type { HeldState, HeldSystem } from "../world/held-system.ts";
import { expectConsents, outranks } from "./expected-consents.ts";
import type { Report } from "./verdict.ts";

const ACKNOWLEDGED: ReadonlySet<string> = new Set(["applied", "unchanged", "superseded"]);
const NOTHING_APPLIED: ReadonlySet<string> = new Set(["unavailable", "notAttempted", "rejected"]);

/** Compares every answer with what the systems hold at that very moment. */
export interface TellingWatch {
  /** A submission leaves a writer's hands, for the first time or again. */
  sent(submission: DrawnSubmission): void;
  told(request: { submission: DrawnSubmission; result: SubmissionResult }): void;
}

export function watchTelling(request: { scenario: Scenario; systems: readonly HeldSystem[]; report: Report }): TellingWatch {
  const { systems, report } = request;
  const timesSent = new Map<string, number>();
  const hashes = new Map<string, string>();
  return {
    sent: ({ submissionId }) => void timesSent.set(submissionId, (timesSent.get(submissionId) ?? 0) + 1),
    told: ({ submission, result }) => {
      checkShape({ submission, result, report });
      for (const { id, hash } of result.decisions) {
        if ((hashes.get(id) ?? hash) !== hash) report({ breach: "toldDifferently", about: `${id} was told with two hashes` });
        hashes.set(id, hash);
      }
      for (const { id, outcome } of result.destinations) {
        const system = systems.find((candidate) => candidate.id === id);
        if (system === undefined || !isRoutedTo({ submission, id })) continue;
        if (ACKNOWLEDGED.has(outcome)) checkHeld({ system, systems, submission, outcome, report });
        else if (NOTHING_APPLIED.has(outcome) && timesSent.get(submission.submissionId) === 1) checkAbsent({ system, submission, outcome, report });
      }
    },
  };
}

function isRoutedTo({ submission, id }: { submission: DrawnSubmission; id: string }): boolean {
  return id === "crm" || id === ledgerOf(submission);
}

export function ledgerOf({ person }: Pick<DrawnSubmission, "person">): string {
  return person.country === "RU" ? "ru" : "eu";
}

/** The outcome of the whole is what its parts say, and a receipt is there where something arrived, and nowhere else. */
function checkShape(request: { submission: DrawnSubmission; result: SubmissionResult; report: Report }): void {
  const { submission: { submissionId, decisions }, result, report } = request;
  const arrived = result.destinations.filter(({ outcome }) => ACKNOWLEDGED.has(outcome)).length;
  const all = result.destinations.length;
  const expected = all > 0 && arrived === all ? "delivered" : arrived > 0 ? "partlyDelivered" : all > 0 ? "undelivered" : "rejected";
  const parts = result.destinations.map(({ id, outcome }) => `${id} ${outcome}`).join(", ");
  if (result.outcome !== expected) report({ breach: "toldBetterThanTrue", about: `${submissionId} was told ${result.outcome} with ${parts}` });
  if (result.outcome === "rejected") report({ breach: "neverSettled", about: `${submissionId} was rejected: ${result.problems.map(({ path, code }) => `${path} ${code}`).join(", ")}` });
  if ((result.receipt !== null) !== (arrived > 0)) report({ breach: "receiptInvalid", about: `${submissionId} ${result.outcome} and its receipt do not agree` });
  if (arrived > 0 && result.decisions.length !== decisions.length) report({ breach: "toldDifferently", about: `${submissionId} has ${decisions.length} decisions and was told of ${result.decisions.length}` });
}

function checkHeld(request: { system: HeldSystem; systems: readonly HeldSystem[]; submission: DrawnSubmission; outcome: string; report: Report }): void {
  const { system, systems, submission, outcome, report } = request;
  const about = `${submission.submissionId} was told ${outcome} by ${system.id}`;
  // A system that keeps no decisions holds the person under the ref that the ledger recorded.
  const rows = (system.keepsDecisions ? [system] : systems).flatMap((source) => source.listDecisions());
  const states = system.listStates();
  // It is told what stands in the ledger, and need not take what lost there.
  const inLedger = system.keepsDecisions ? [] : systems.filter(({ keepsDecisions }) => keepsDecisions).flatMap((source) => source.listStates());
  for (const decision of submission.decisions) {
    const row = rows.find(({ decisionId }) => decisionId === decision.id);
    if (system.keepsDecisions && row === undefined) {
      report({ breach: "acknowledgedLost", about: `${about}, which has no ${decision.id}` });
      continue;
    }
    if (row === undefined) continue;
    const isOwn = ({ subjectRef }: HeldState): boolean => subjectRef === row.subjectRef;
    checkStanding({ own: states.filter(isOwn), inLedger: inLedger.filter(isOwn), submission: { ...submission, decisions: [decision] }, about, report });
  }
}

/** What stands is what was acknowledged, or something greater, here or in the ledger that it was compared with. */
function checkStanding(request: { own: readonly HeldState[]; inLedger: readonly HeldState[]; submission: DrawnSubmission; about: string; report: Report }): void {
  const { own, inLedger, submission, about, report } = request;
  for (const [key, expected] of expectConsents([submission])) {
    const isOfKey = ({ purpose, channel }: HeldState): boolean => `${purpose} ${channel}` === key;
    const isGreater = (state: HeldState): boolean => outranks({ candidate: state, standing: expected });
    const isHere = own.some((state) => isOfKey(state) && (state.decisionId === expected.decisionId || isGreater(state)));
    if (!isHere && !inLedger.some((state) => isOfKey(state) && isGreater(state))) {
      report({ breach: "acknowledgedLost", about: `${about}, where ${key} does not say so` });
    }
  }
}

function checkAbsent(request: { system: HeldSystem; submission: DrawnSubmission; outcome: string; report: Report }): void {
  const { system, submission, outcome, report } = request;
  const held = new Set([...system.listDecisions(), ...system.listStates()].map(({ decisionId }) => decisionId));
  for (const { id } of submission.decisions) {
    if (held.has(id)) report({ breach: "toldBetterThanTrue", about: `${submission.submissionId} was told ${outcome} by ${system.id}, which has ${id}` });
  }
}

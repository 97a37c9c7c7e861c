import type { DecisionFault } from "./check-decision.ts";
import type { DecisionFinding, DecisionFindingCode, DestinationReport, LogCounts } from "./verification-report.ts";

/** Counts what a verification finds, and keeps the findings unless somebody takes them. */
export interface Tally {
  addDecision(checked: { decisionId: string; faults: readonly DecisionFault[]; isFollowed: boolean }): void;
  readonly addFindings: (findings: readonly DecisionFinding[]) => void;
  addStates(checked: { followed: number; changedByStaff: number; isWithoutStates: boolean }): void;
  report(about: { destinationId: string; subjects: number; unaccountedLeaves: number; log: LogCounts | undefined }): DestinationReport;
}

export function createTally(onFinding: ((finding: DecisionFinding) => void) | undefined): Tally {
  const listed: DecisionFinding[] = [];
  const findings: Partial<Record<DecisionFindingCode, number>> = {};
  const counts = { decisions: 0, sound: 0, followedRefusals: 0, followedStates: 0, changedByStaff: 0, withoutStates: 0 };
  const add = (finding: DecisionFinding): void => {
    findings[finding.code] = (findings[finding.code] ?? 0) + 1;
    if (onFinding === undefined) listed.push(finding);
    else onFinding(finding);
  };
  return {
    addDecision: ({ decisionId, faults, isFollowed }) => {
      counts.decisions += 1;
      if (isFollowed) counts.followedRefusals += 1;
      if (faults.length === 0) counts.sound += 1;
      for (const { code, field } of faults) add({ code, decisionId, ...(field === undefined ? {} : { field }) });
    },
    addFindings: (found) => {
      for (const finding of found) add(finding);
    },
    addStates: ({ followed, changedByStaff, isWithoutStates }) => {
      counts.followedStates += followed;
      counts.changedByStaff += changedByStaff;
      if (isWithoutStates) counts.withoutStates += 1;
    },
    report: ({ destinationId, subjects, unaccountedLeaves, log }) => ({
      destinationId,
      valid: Object.keys(findings).length === 0,
      counts: { ...counts, subjects, unaccountedLeaves, ...(log === undefined ? {} : { log }), findings },
      findings: listed,
    }),
  };
}

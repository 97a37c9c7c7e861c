import { deriveDecisionIds } from "./decision-id.ts";
import type { CollectPorts } from "./collect-ports.ts";
import { consultLedgers, type Consultation } from "./consult-ledger.ts";
import { deliverBatch } from "./deliver.ts";
import type { ParsedSubmission, ParseSubmission } from "./parse-submission.ts";
import { CONFLICTING_REPLAY } from "./to-destination-outcome.ts";
import { planRoute, type RoutePlan } from "./plan-route.ts";
import { prepareBatch, type Preparation } from "./prepare-batch.ts";
import type { RoutedSubmission } from "./prepared-submission.ts";
import { describeDelivered, describeRejected, describeUnanswered } from "./describe-result.ts";
import type { Submission } from "../model/submission.ts";
import type { SubmissionResult } from "../model/submission-result.ts";
import { toHexadecimal, toUtf8 } from "../support/bytes.ts";

/**
 * The journey of a batch: parse → route → consult → screen, minimise, seal → deliver. Answers one result an input, in
 * order. Never rejects for what the input or a destination did.
 */
export async function collectBatch(request: CollectBatchRequest): Promise<readonly SubmissionResult[]> {
  const { inputs, parse, ports } = request;
  const startedAt = ports.clock.now();
  const parsed = inputs.map((input) => parse({ input, now: startedAt }));
  const leave = await ports.turnstile.enter(keysOf(parsed));
  try {
    const results = await collectParsed({ ...request, parsed });
    ports.observe({
      name: "batchCollected",
      submissions: inputs.length,
      rejected: results.filter(({ outcome }) => outcome === "rejected").length,
      durationInMs: ports.clock.now() - startedAt,
    });
    return results;
  } finally {
    leave();
  }
}

interface CollectBatchRequest {
  readonly inputs: readonly unknown[];
  /** The line of the first input; results count on from it. */
  readonly firstLine: number;
  readonly parse: ParseSubmission;
  readonly ports: CollectPorts;
  readonly signal?: AbortSignal | undefined;
}

async function collectParsed(
  request: CollectBatchRequest & { parsed: readonly ParsedSubmission[] },
): Promise<readonly SubmissionResult[]> {
  const { parsed, firstLine, ports, signal } = request;
  const results: SubmissionResult[] = [];
  const settle: Settle = (position, result) => {
    results[position] = { line: firstLine + position, ...result };
  };
  for (const [position, outcome] of parsed.entries()) if (!outcome.ok) settle(position, describeRejected(outcome));

  const routed = await routeBatch({ parsed, ports, onRejected: settle });
  const consultations = await consultLedgers({ batch: routed, ports, signal });
  for (const answer of consultations) settleUnknown({ answer, settle });

  const known = consultations.flatMap((answer) => (answer.kind === "known" ? [answer.consulted] : []));
  const preparations = await prepareBatch({ batch: known, configuration: ports.configuration, now: ports.clock.now() });
  for (const outcome of preparations) if (outcome.kind === "rejected") settle(outcome.consulted.position, describeRefusedId(outcome));

  const prepared = preparations.flatMap((outcome) => (outcome.kind === "prepared" ? [outcome.prepared] : []));
  const delivered = await deliverBatch({ batch: prepared, ports, signal });
  for (const [submission, destinations] of delivered) settle(submission.position, describeDelivered({ prepared: submission, destinations }));
  return results;
}

function describeRefusedId(outcome: Extract<Preparation, { kind: "rejected" }>): Omit<SubmissionResult, "line"> {
  const { consulted, problems } = outcome;
  return describeRejected({ submissionId: consulted.submission.submissionId, problems });
}

/** By what a batch is known to concern the same people or submissions as another. */
function keysOf(parsed: readonly ParsedSubmission[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const outcome of parsed) {
    if (!outcome.ok) continue;
    keys.add(outcome.submission.submissionId);
    for (const { kind, value } of outcome.submission.identifiers) keys.add(`${kind}\u0000${value}`);
  }
  return keys;
}

type Settle = (position: number, result: Omit<SubmissionResult, "line">) => void;

function settleUnknown(request: { answer: Consultation; settle: Settle }): void {
  const { answer, settle } = request;
  if (answer.kind === "known") return;
  const { routed } = answer;
  const { submissionId } = routed.submission;
  settle(routed.position, answer.kind === "rejected" ? describeRejected({ submissionId, problems: answer.problems }) : describeUnanswered(answer));
}

/** Gives every understood submission its route, its decision ids, and the mark by which its replay is known. */
async function routeBatch(request: {
  parsed: readonly ParsedSubmission[];
  ports: CollectPorts;
  onRejected: Settle;
}): Promise<readonly RoutedSubmission[]> {
  const { parsed, ports, onRejected } = request;
  const plans = new Map<string, RoutePlan>();
  const contents = new Map<string, string>();
  const accepted: { position: number; submission: Submission; plan: RoutePlan }[] = [];
  for (const [position, outcome] of parsed.entries()) {
    if (!outcome.ok) continue;
    const { submission } = outcome;
    const { submissionId, country, content } = submission;
    const plan = plans.get(country) ?? planRoute({ country, rules: ports.configuration.route });
    plans.set(country, plan);
    const isConflicting = (contents.get(submissionId) ?? content) !== content;
    if (plan.steps.length === 0) onRejected(position, describeRejected({ submissionId, problems: [{ path: "country", code: "noRoute" }] }));
    else if (isConflicting) onRejected(position, describeRejected({ submissionId, problems: [{ path: "submissionId", code: CONFLICTING_REPLAY }] }));
    else {
      contents.set(submissionId, content);
      accepted.push({ position, submission, plan });
    }
  }
  return markBatch({ accepted, ports });
}

async function markBatch(request: {
  accepted: readonly { position: number; submission: Submission; plan: RoutePlan }[];
  ports: CollectPorts;
}): Promise<readonly RoutedSubmission[]> {
  const { accepted, ports } = request;
  const { keyring, crypto, controller } = ports.configuration;
  if (accepted.length === 0) return [];
  const messages = accepted.map(({ submission }) => toUtf8(`${controller.id}\u0000${submission.content}`));
  const { keyId, macs } = await keyring.mac({ use: "submission", messages });
  const derived = accepted.flatMap(({ submission }) =>
    submission.decisions.flatMap(({ raw }) =>
      raw.id === undefined ? [{ submissionId: submission.submissionId, decision: raw }] : [],
    ),
  );
  const ids = (await deriveDecisionIds({ sources: derived, crypto }))[Symbol.iterator]();
  return accepted.map(({ position, submission, plan }, index) => ({
    position,
    submission,
    plan,
    mark: {
      submissionId: submission.submissionId,
      contentDigest: toHexadecimal(macs[index] ?? new Uint8Array(0)),
      keyId,
    },
    decisionIds: submission.decisions.map(({ raw }) => raw.id?.toLowerCase() ?? String(ids.next().value)),
  }));
}

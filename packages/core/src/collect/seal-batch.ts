import { deriveDecisionIds } from "./decision-id.ts";
import type { CollectPorts } from "./collect-ports.ts";
import { consultLedgers, type Consultation } from "./consult-ledger.ts";
import { describeRejected, describeUnanswered } from "./describe-result.ts";
import type { ParsedSubmission } from "./parse-submission.ts";
import { planRoute, type RoutePlan } from "./plan-route.ts";
import { prepareBatch } from "./prepare-batch.ts";
import type { PreparedSubmission, RoutedSubmission } from "./prepared-submission.ts";
import { CONFLICTING_REPLAY } from "./to-destination-outcome.ts";
import type { Submission } from "../model/submission.ts";
import type { SubmissionResult } from "../model/submission-result.ts";
import { canonicalise } from "../evidence/canonicalise.ts";
import type { JsonValue } from "../support/json-value.ts";
import { toHexadecimal, toUtf8 } from "../support/bytes.ts";

type Undelivered = Omit<SubmissionResult, "line">;

/** What becomes of a parsed batch before anything is written anywhere. */
export interface SealedBatch {
  /** By position: what will not be delivered, and why. */
  readonly rejected: ReadonlyMap<number, Undelivered>;
  readonly prepared: readonly PreparedSubmission[];
}

/**
 * Route → consult → screen, minimise, seal, and then what the caller does with the batch, before any other batch may
 * speak of the same people. Asks ledgers, and writes nothing but the reservation of a person's ref.
 */
export async function sealBatch(request: {
  parsed: readonly ParsedSubmission[];
  ports: CollectPorts;
  signal?: AbortSignal | undefined;
  deliver: (sealed: SealedBatch) => Promise<void>;
}): Promise<void> {
  const { parsed, ports, signal } = request;
  const rejected = new Map<number, Undelivered>();
  const reject: Reject = (position, result) => void rejected.set(position, result);
  for (const [position, outcome] of parsed.entries()) if (!outcome.ok) reject(position, describeRejected(outcome));

  const routed = await routeBatch({ parsed, ports, reject });
  const consultations = await consultLedgers({ batch: routed, ports, signal });
  const passage = await ports.people.enter(refsOf(consultations));
  try {
    const current = passage.hadToWait ? await consultLedgers({ batch: routed, ports, signal }) : consultations;
    for (const answer of current) rejectUnknown({ answer, reject });
    await request.deliver({ rejected, prepared: await prepare({ consultations: current, ports, reject }) });
  } finally {
    passage.leave();
  }
}

async function prepare(request: {
  consultations: readonly Consultation[];
  ports: CollectPorts;
  reject: Reject;
}): Promise<readonly PreparedSubmission[]> {
  const { consultations, ports, reject } = request;
  const known = consultations.flatMap((answer) => (answer.kind === "known" ? [answer.consulted] : []));
  const preparations = await prepareBatch({ batch: known, configuration: ports.configuration, now: ports.clock.now() });
  const prepared: PreparedSubmission[] = [];
  for (const outcome of preparations) {
    if (outcome.kind === "prepared") prepared.push(outcome.prepared);
    else {
      const { consulted, problems } = outcome;
      reject(consulted.position, describeRejected({ submissionId: consulted.submission.submissionId, problems }));
    }
  }
  return prepared;
}

function refsOf(consultations: readonly Consultation[]): ReadonlySet<string> {
  const refs = new Set<string>();
  for (const answer of consultations) {
    if (answer.kind !== "known") continue;
    refs.add(answer.consulted.ref);
    for (const ref of [...answer.consulted.alsoMatched, ...answer.consulted.merged]) refs.add(ref);
  }
  return refs;
}

type Reject = (position: number, result: Undelivered) => void;

function rejectUnknown(request: { answer: Consultation; reject: Reject }): void {
  const { answer, reject } = request;
  if (answer.kind === "known") return;
  const { routed } = answer;
  const { submissionId } = routed.submission;
  reject(routed.position, answer.kind === "rejected" ? describeRejected({ submissionId, problems: answer.problems }) : describeUnanswered(answer));
}

/** Gives every understood submission its route, its decision ids, and the mark by which its replay is known. */
async function routeBatch(request: {
  parsed: readonly ParsedSubmission[];
  ports: CollectPorts;
  reject: Reject;
}): Promise<readonly RoutedSubmission[]> {
  const { parsed, ports, reject } = request;
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
    if (plan.steps.length === 0) reject(position, describeRejected({ submissionId, problems: [{ path: "country", code: "noRoute" }] }));
    else if (isConflicting) reject(position, describeRejected({ submissionId, problems: [{ path: "submissionId", code: CONFLICTING_REPLAY }] }));
    else {
      contents.set(submissionId, content);
      accepted.push({ position, submission, plan });
    }
  }
  return markBatch({ accepted, ports });
}

/**
 * What a replay must repeat. Of an import that bears the time of its own run, all but that: the same list comes again, and
 * what the ledger recorded the first time stands.
 */
function contentOf(request: { submission: Submission; ports: Pick<CollectPorts, "origin"> }): string {
  const { submission, ports } = request;
  if (ports.origin !== "import" || submission.receivedAt === null) return submission.content;
  const { occurredAt: _, receivedAt: __, ...content } = JSON.parse(submission.content) as Record<string, JsonValue>;
  return canonicalise(content);
}

async function markBatch(request: {
  accepted: readonly { position: number; submission: Submission; plan: RoutePlan }[];
  ports: CollectPorts;
}): Promise<readonly RoutedSubmission[]> {
  const { accepted, ports } = request;
  const { keyring, crypto, controller } = ports.configuration;
  if (accepted.length === 0) return [];
  const messages = accepted.map(({ submission }) => toUtf8(`${controller.id}\u0000${contentOf({ submission, ports })}`));
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

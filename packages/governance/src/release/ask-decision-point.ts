import {
  compareRelease,
  RELEASE_MASKS,
  toRecipientText,
  type DecisionPointVerdict,
  type ReleaseAnswer,
  type ReleaseQuestion,
  type Volenti,
} from "@volenti/core";

const TIMEOUT_IN_MS = 2_000;

/** One question, and what the rules answer. */
export interface AnsweredQuestion {
  readonly question: ReleaseQuestion;
  readonly answer: ReleaseAnswer;
}

/**
 * Asks the brand's own engine about everything that the rules give, in one call; the lesser of both verdicts stands. No
 * engine, nothing changes. An engine that fails, is late or answers anything else: nothing is given.
 */
export async function askDecisionPoint(request: {
  volenti: Pick<Volenti, "clock" | "releasePorts">;
  answered: readonly AnsweredQuestion[];
}): Promise<readonly ReleaseAnswer[]> {
  const { volenti, answered } = request;
  const open = answered.filter(({ answer }) => answer.effect !== "deny");
  if (volenti.releasePorts.decisionPoint === null || open.length === 0) return answered.map(({ answer }) => answer);
  const verdicts = await decide({ volenti, open });
  const restricted = new Map(open.map((one, index) => [one, restrict({ answer: one.answer, verdict: verdicts?.[index] })]));
  return answered.map((one) => restricted.get(one) ?? one.answer);
}

async function decide(request: {
  volenti: Pick<Volenti, "clock" | "releasePorts">;
  open: readonly AnsweredQuestion[];
}): Promise<readonly unknown[] | null> {
  const { volenti, open } = request;
  const [late, done] = [new AbortController(), new AbortController()];
  const questions = open.map(({ question: { purpose, attribute, recipient, facts }, answer }) => {
    const { country, subdivision, ageBand } = facts;
    return { purpose, attribute, recipient: toRecipientText(recipient), country, subdivision, ageBand, effect: answer.effect, policyHash: answer.policyHash };
  });
  try {
    const timeout = volenti.clock.sleep({ durationInMs: TIMEOUT_IN_MS, signal: done.signal }).then(() => null);
    const verdicts: unknown = await Promise.race([volenti.releasePorts.decisionPoint?.decide({ questions, signal: late.signal }), timeout]);
    return Array.isArray(verdicts) && verdicts.length === open.length ? verdicts : null;
  } catch {
    // Whatever it says of its failure may quote what it was asked.
    return null;
  } finally {
    late.abort();
    done.abort();
  }
}

function restrict(request: { answer: ReleaseAnswer; verdict: unknown }): ReleaseAnswer {
  const { answer, verdict } = request;
  if (!isVerdict(verdict)) return { ...answer, effect: "deny", mask: null, reasons: ["decisionPointFailed"], ruleIds: [] };
  const theirs = { effect: verdict.effect, mask: verdict.effect === "mask" ? (verdict.mask ?? RELEASE_MASKS[0]) : null };
  return compareRelease(theirs, answer) < 0 ? { ...answer, ...theirs, reasons: [`decisionPoint:${verdict.effect}`] } : answer;
}

function isVerdict(value: unknown): value is DecisionPointVerdict {
  if (typeof value !== "object" || value === null) return false;
  const { effect, mask } = value as { effect?: unknown; mask?: unknown };
  return ["release", "mask", "deny"].some((known) => known === effect) && (mask === undefined || RELEASE_MASKS.some((known) => known === mask));
}

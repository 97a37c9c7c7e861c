import type { ConsentState } from "@volenti/core/adapter";
import type { OrgRow } from "../mapping/org-row.ts";
import { hasSetFlag, type FlagQuestion } from "./flag-questions.ts";
import type { KnownPerson } from "./known-person.ts";
import { lookUpPeople } from "./look-up-people.ts";
import { grantedAtOf, refusedAtOf } from "./plan-person.ts";
import type { CallTerms } from "./send-composite.ts";

/** An open question with what stands in its channel. */
export interface AskedFlag {
  readonly question: FlagQuestion;
  readonly states: readonly ConsentState[];
}

export function refuses({ question, states }: AskedFlag): boolean {
  return refusedAtOf({ states, channel: question.channel }) !== null;
}

/**
 * The flag, stamped by the refusal; where the org has a newer stamp, right after all that was decided in the channel, and
 * where it has a newer one still (an agent's), by the org's own flow.
 */
export function toSetFlag({ question, states }: AskedFlag): OrgRow {
  const { channel, field, stampField, oldStamps } = question;
  if (oldStamps > 1) return { [field]: true };
  const latest = Math.max(...states.map(({ effectiveAt }) => effectiveAt));
  return { [field]: true, [stampField]: oldStamps === 0 ? refusedAtOf({ states, channel }) : latest + 1 };
}

export function toClearedFlag({ question, states }: AskedFlag): OrgRow {
  return { [question.field]: false, [question.stampField]: grantedAtOf({ states, channel: question.channel }) };
}

/** The flags that grants clear. Where nobody looked at the flag yet, it is looked at first: it may be older than Volenti. */
export async function whatToClear(request: { terms: CallTerms; asked: readonly AskedFlag[] }): Promise<readonly AskedFlag[]> {
  const { terms } = request;
  const granted = request.asked.filter(({ question, states }) => question.mayClear && grantedAtOf({ states, channel: question.channel }) !== null);
  const refs = new Set(granted.filter(({ question }) => knownOf(question) === null).map(({ question }) => question.person.plan.ref));
  const found = refs.size === 0 ? [] : await lookUpPeople({ ...terms, subjects: [...refs].map((ref) => ({ ref, identifiers: [] })) });
  const byRef = new Map(found.map((person) => [person.ref, person] as const));
  return granted.filter((flag) => mayClear({ flag, known: knownOf(flag.question) ?? byRef.get(flag.question.person.plan.ref) }));
}

/** The record as it was before the write, where its flag was read. */
function knownOf({ person, channel }: FlagQuestion): KnownPerson | null {
  const { standing } = person.plan;
  return typeof standing === "object" && standing.flags.has(channel) ? standing : null;
}

/**
 * A flag that was set before without our stamp (an import, an agent before our flow was there) yields only to a grant
 * that is later than the record's last change.
 */
function mayClear(request: { flag: AskedFlag; known: KnownPerson | undefined }): boolean {
  const { flag, known } = request;
  const { question, states } = flag;
  const before = known?.flags.get(question.channel);
  if (known === undefined || before?.isSet !== true) return hasSetFlag(question);
  return (grantedAtOf({ states, channel: question.channel }) ?? 0) > (before.decidedAt ?? known.lastModifiedAt);
}

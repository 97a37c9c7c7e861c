import type { SubjectWriteV1 } from "@volenti/core/adapter";
import { guardOf } from "../doctor/guard-of.ts";
import type { KnownPerson } from "./known-person.ts";
import { beginProgress, type PersonProgress } from "./person-progress.ts";
import { planPeople, type PersonTask } from "./plan-person.ts";
import type { CallTerms } from "./send-composite.ts";
import { hasSeveralUnderOneKey } from "./several-under-one-key.ts";
import { fitsOneCall, writeKnownPerson } from "./write-known-person.ts";

/** A lone person's write: done in one call, or not, with whom that call found (`null`: it could not tell). */
export type LinkedPersonWrite =
  | { readonly kind: "written"; readonly progress: PersonProgress }
  | { readonly kind: "notWritten"; readonly people: readonly KnownPerson[] | null };

/**
 * Tries the one call that is enough for a linked customer. Null where it is not for this batch: several people, nobody to
 * look up, or something that has to be read first.
 */
export async function writeLinkedPerson(
  request: CallTerms & { items: readonly SubjectWriteV1[]; heads: ReadonlyMap<string, string> },
): Promise<LinkedPersonWrite | null> {
  const { session, operation, items, heads } = request;
  const { matchKeys } = session.settings;
  const [item] = items;
  if (item === undefined || items.length > 1 || item.mode !== "upsert") return null;
  if (matchKeys.length === 0 || guardOf(session) === "readThenWrite" || hasSeveralUnderOneKey(item)) return null;
  const { ref } = item.subject;
  const task: PersonTask = { item, ref, standing: assumedLinked(ref), states: item.states, recordsDecisions: true };
  const [plan] = await planPeople({ session, context: session.context(operation), tasks: [task], heads });
  if (plan === undefined || !fitsOneCall(plan)) return null;
  const answer = await writeKnownPerson({ ...request, plan });
  if (answer.kind === "notWritten") return answer;
  return { kind: "written", progress: beginProgress({ plan: { ...plan, standing: answer.before }, written: answer.written }) };
}

/** As if the person were linked and nothing of theirs were written: the answer says what really stands. */
function assumedLinked(ref: string): KnownPerson {
  return {
    recordId: "",
    ref,
    individualId: "",
    individualRef: ref,
    isJustLinked: false,
    lastModifiedAt: 0,
    flags: new Map(),
    stamps: new Map(),
    matchValues: new Map(),
  };
}

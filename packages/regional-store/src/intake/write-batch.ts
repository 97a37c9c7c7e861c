import type { IntakeFacetV1, SignedHead, SubjectWriteV1, WriteOutcomeV1 } from "@volenti/core/adapter";
import type { WrappedDataKey } from "../encryption/wrapped-data-key.ts";
import { isDataRefusal, mapPostgresError } from "../error/map-postgres-error.ts";
import { digestIdentifiers } from "../ledger/digest-identifiers.ts";
import type { StoreParts } from "../store-parts.ts";
import { STATEMENTS } from "../transport/statements.ts";
import { checkItem } from "./check-item.ts";
import { planWrite, type PreparedItem } from "./plan-write.ts";
import { prepareItemKeys } from "./prepare-item-keys.ts";
import { readWriteAnswer, standingKeys, type WriteAnswer } from "./read-write-answer.ts";

const OPERATION = "intake.write";

interface WriteRequest {
  readonly items: readonly SubjectWriteV1[];
  readonly heads: readonly SignedHead[];
  readonly signal?: AbortSignal | undefined;
  readonly parts: StoreParts;
}

/** The write over `volenti.write_v1`: one round trip a batch, and one more where a person's data key was not known here. */
export function createIntake(request: { parts: () => StoreParts }): IntakeFacetV1 {
  return {
    write: async ({ items, heads, signal }) => {
      signal?.throwIfAborted();
      const parts = request.parts();
      const outcomes = items.map((item): WriteOutcomeV1 | null => {
        const error = checkItem(item);
        return error === null ? null : { writeId: item.writeId, status: "failed", error };
      });
      const sound = items.filter((_, index) => outcomes[index] === null);
      const written: WriteOutcomeV1[] = [];
      for (const part of separateRepeats(sound)) written.push(...(await writeSettled({ items: part, heads, signal, parts })));
      let next = 0;
      return outcomes.map((outcome) => outcome ?? written[next++] ?? neverAnswered());
    },
  };
}

/**
 * The statement takes each decision id once. Core sends none twice in a batch; where somebody does, the item that repeats
 * one begins a batch of its own, and finds it recorded.
 */
function separateRepeats(items: readonly SubjectWriteV1[]): readonly (readonly SubjectWriteV1[])[] {
  const parts: SubjectWriteV1[][] = [[]];
  let seen = new Set<string>();
  for (const item of items) {
    const ids = item.decisions.map(({ record }) => record.id);
    if (ids.some((id) => seen.has(id))) {
      parts.push([]);
      seen = new Set();
    }
    for (const id of ids) seen.add(id);
    parts.at(-1)?.push(item);
  }
  return parts;
}

/** Writes, and once more what came under another data key than the one that stands. */
async function writeSettled(request: WriteRequest): Promise<readonly WriteOutcomeV1[]> {
  if (request.items.length === 0) return [];
  const first = await writeApart(request);
  const again = request.items.filter((_, index) => first.otherKey.has(index));
  if (again.length === 0) return first.outcomes;
  const second = await writeApart({ ...request, items: again });
  let next = 0;
  return first.outcomes.map((outcome, index) => (first.otherKey.has(index) ? (second.outcomes[next++] ?? outcome) : outcome));
}

interface WriteRound {
  readonly outcomes: readonly WriteOutcomeV1[];
  /** Positions of items whose person has another data key; the cache has it now. */
  readonly otherKey: ReadonlySet<number>;
}

/** Writes the batch, or, where the server refuses its data, item by item, so that one does not sink the others. */
async function writeApart(request: WriteRequest): Promise<WriteRound> {
  try {
    return await writeOnce(request);
  } catch (error) {
    if (!isDataRefusal(error)) throw error;
    const outcomes: WriteOutcomeV1[] = [];
    const otherKey = new Set<number>();
    for (const [index, item] of request.items.entries()) {
      try {
        const round = await writeOnce({ ...request, items: [item] });
        outcomes.push(...round.outcomes);
        if (round.otherKey.size > 0) otherKey.add(index);
      } catch (itemError) {
        if (!isDataRefusal(itemError)) throw itemError;
        const mapped = mapPostgresError({ error: itemError, operation: OPERATION, effect: "write", phase: "revertible" });
        outcomes.push({ writeId: item.writeId, status: "failed", error: mapped });
      }
    }
    return { outcomes, otherKey };
  }
}

async function writeOnce(request: WriteRequest): Promise<WriteRound> {
  const { heads, signal, parts } = request;
  const prepared = await prepareItems(request);
  await parts.registration.ensure({ signal });
  const answer = (await parts.sessions.run({
    operation: OPERATION,
    role: "writer",
    statement: STATEMENTS.write,
    parameters: planWrite({ prepared, heads }),
    effect: "write",
    signal,
  })) as WriteAnswer;
  const keys = standingKeys(answer);
  for (const [index, one] of prepared.entries()) {
    remember({ one, parts, status: answer.status[index], standing: keys.get(index) });
  }
  return { outcomes: readWriteAnswer({ answer, prepared }), otherKey: new Set(keys.keys()) };
}

/** What the write taught of the person: the key that stands, or that the person was erased meanwhile. */
function remember(request: {
  one: PreparedItem;
  parts: StoreParts;
  status: WriteAnswer["status"][number] | undefined;
  standing: WrappedDataKey | undefined;
}): void {
  const { one, parts, status, standing } = request;
  const { item, cached } = one;
  if (status === "erased") parts.subjects.forgetErased(item.subject.ref);
  const key = standing ?? (status === "written" ? (one.key?.opened.stored ?? cached?.key) : cached?.key);
  if (status === "erased" || key === undefined || item.mode === "existingOnly") return;
  parts.subjects.set(item.subject.ref, { generation: cached?.generation ?? null, key, isLinked: cached?.isLinked ?? false });
}

async function prepareItems(request: WriteRequest): Promise<readonly PreparedItem[]> {
  const { items, parts } = request;
  const keys = await prepareItemKeys({ items, parts });
  const cached = items.map(({ subject, mode }) => (mode === "upsert" ? parts.subjects.get(subject.ref) : undefined));
  const toDigest = items.map(({ subject }, index) => (cached[index]?.isLinked === true ? [] : subject.identifiers));
  const digests = await digestIdentifiers({
    identifiers: toDigest.flat(),
    controllerId: parts.context.controllerId,
    keys: parts.keys,
    operation: OPERATION,
  });
  let next = 0;
  return items.map((item, index) => ({
    item,
    key: keys[index],
    cached: cached[index],
    digests: digests.slice(next, (next += toDigest[index]?.length ?? 0)),
  }));
}

function neverAnswered(): never {
  throw new TypeError("an item of the batch was not answered");
}

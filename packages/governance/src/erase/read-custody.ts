import type { Volenti } from "@volenti/core";
import type { CustodyFacetV1, HoldV1, SuppressionV1 } from "@volenti/core/adapter";
import { failureCode } from "../support/failure-code.ts";

/** What the ledgers keep about a person. */
export interface Custody {
  /** The refs asked for and all that were merged into them. */
  readonly subjectRefs: readonly string[];
  /** Whether some of them were merged. */
  readonly hasMerged: boolean;
  /** Those that stand now. */
  readonly holds: readonly HoldV1[];
  /** By the id of the ledger. */
  readonly suppressions: ReadonlyMap<string, readonly SuppressionV1[]>;
  /** Ledgers that could not be asked, with the code of the failure: then nobody knows whether a hold stands. */
  readonly unanswered: ReadonlyMap<string, string>;
}

/** Asks every ledger about a person by every ref under which somebody holds them. Never rejects. */
export async function readCustody(request: { volenti: Volenti; subjectRefs: readonly string[] }): Promise<Custody> {
  const { volenti } = request;
  const unanswered = new Map<string, string>();
  const ask = async <Answer>(question: (custody: CustodyFacetV1) => Promise<Answer>): Promise<ReadonlyMap<string, Answer>> => {
    const answers = new Map<string, Answer>();
    await Promise.all(
      [...volenti.destinations].map(async ([id, { custody }]) => {
        if (custody === undefined || unanswered.has(id)) return;
        await question(custody).then(
          (answer) => void answers.set(id, answer),
          (error: unknown) => void unanswered.set(id, failureCode(error)),
        );
      }),
    );
    return answers;
  };
  const ofEach = <Item>(refs: readonly string[], list: (subjectRef: string) => Promise<readonly Item[]>): Promise<readonly Item[]> =>
    Promise.all(refs.map(list)).then((lists) => lists.flat());
  const askAbout = (refs: readonly string[]) =>
    Promise.all([
      ask((custody) => ofEach(refs, (subjectRef) => custody.listHolds({ subjectRef }))),
      ask((custody) => ofEach(refs, (subjectRef) => custody.listSuppressions({ subjectRef }))),
    ]);
  const [merged, own] = await Promise.all([
    ask((custody) => ofEach(request.subjectRefs, (subjectRef) => custody.listMerged({ subjectRef }))),
    askAbout(request.subjectRefs),
  ]);
  const subjectRefs = [...new Set([...request.subjectRefs, ...[...merged.values()].flat()])];
  const others = subjectRefs.slice(new Set(request.subjectRefs).size);
  const [holds, suppressions] = others.length === 0 ? own : join(own, await askAbout(others));
  const hasMerged = [...merged.values()].some((refs) => refs.length > 0);
  return { subjectRefs, hasMerged, holds: inForce({ holds: [...holds.values()].flat(), now: volenti.clock.now() }), suppressions, unanswered };
}

type Answers = readonly [holds: ReadonlyMap<string, readonly HoldV1[]>, suppressions: ReadonlyMap<string, readonly SuppressionV1[]>];

function join(own: Answers, others: Answers): Answers {
  const both = <Item>(lists: readonly ReadonlyMap<string, readonly Item[]>[]): ReadonlyMap<string, readonly Item[]> =>
    new Map(lists.flatMap((list) => [...list.keys()]).map((id) => [id, lists.flatMap((list) => list.get(id) ?? [])]));
  return [both([own[0], others[0]]), both([own[1], others[1]])];
}

function inForce(request: { holds: readonly HoldV1[]; now: number }): readonly HoldV1[] {
  const byId = new Map(request.holds.map((hold) => [hold.holdId, hold]));
  return [...byId.values()].filter(({ until, liftedAt }) => liftedAt === null && (until === null || until > request.now));
}

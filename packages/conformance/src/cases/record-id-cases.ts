import type { ConnectorV1, RecordIdsFacetV1 } from "@volenti/core/adapter";
import { ensure, ensureEqual, ensurePresent } from "../assertions/ensure.ts";
import { ensureStates } from "../assertions/ensure-state.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { randomMark } from "../world/random.ts";
import { consultOne } from "./consult.ts";

const STORES = "stores";

export const RECORD_ID_CASES: readonly ConformanceCase[] = [
  {
    id: "record-ids/a-wrong-one-names-nobody",
    title: "a record id that leads nowhere, or to somebody else's record, changes nothing about whom an item is written to",
    run: async ({ connector, person, record, seal, send, toItem, at, traits, eventually }) => {
      const other = await person();
      const before = await record({ person: other, decisions: [{ status: "given", at: at(0) }] });
      const named = before.outcome;
      const wrong = [`nobody-${randomMark()}`, other.ref, named.status === "written" ? named.recordId : null];
      for (const recordId of wrong.flatMap((each) => each ?? [])) {
        const someone = await person();
        const { decisions, head } = await seal([{ person: someone, status: "withdrawn", at: at(1) }]);
        const item = toItem({ person: someone, decisions });
        const [outcome] = await send({ items: [{ ...item, subject: { ...item.subject, recordId } }], heads: [head] });
        ensureEqual({ actual: outcome?.status, expected: "written", what: "the outcome of the item with the wrong record id" });
        await eventually(async () => {
          ensureStates({ actual: await connector.consent.listStates({ subjectRef: someone.ref }), expected: item.states, traits, what: "what stands for the person" });
          ensureStates({ actual: await connector.consent.listStates({ subjectRef: other.ref }), expected: before.item.states, traits, what: "what stands for the other one" });
        });
      }
    },
  },
  {
    id: "record-ids/come-with-the-answer",
    title: "the record ids of the person come with the look-up, one a destination, the latest, and nobody else's",
    facet: "recordIds",
    run: async ({ connector, connect, person, record, at }) => {
      const [someone, other] = [await person(), await person()];
      for (const each of [someone, other]) await record({ person: each, decisions: [{ status: "given", at: at(0) }] });
      const keep: RecordIdsFacetV1["keep"] = (request) => recordIdsOf(connector).keep(request);
      const [first, second, third] = [randomMark(), randomMark(), randomMark()];
      await keep({ destinationId: STORES, recordIds: [{ subjectRef: someone.ref, recordId: randomMark() }, { subjectRef: other.ref, recordId: third }] });
      await keep({ destinationId: STORES, recordIds: [{ subjectRef: someone.ref, recordId: first }] });
      await keep({ destinationId: "shop", recordIds: [{ subjectRef: someone.ref, recordId: second }] });
      const tell = async (asked: ConnectorV1): Promise<readonly string[]> =>
        ((await consultOne({ connector: asked, query: { identifiers: someone.identifiers } })).recordIds ?? []).map(({ destinationId, recordId }) => `${destinationId} ${recordId}`).toSorted();
      for (const asked of [connector, await connect()]) {
        ensureEqual({ actual: await tell(asked), expected: [`shop ${second}`, `${STORES} ${first}`], what: "the record ids of the person" });
      }
      await keep({ destinationId: STORES, recordIds: [{ subjectRef: someone.ref, recordId: null }] });
      ensureEqual({ actual: await tell(connector), expected: [`shop ${second}`], what: "the record ids, when one was forgotten" });
    },
  },
  {
    id: "record-ids/go-with-the-person",
    title: "an erasure takes the person's record ids along, and one that comes behind it is not kept",
    facet: "recordIds",
    skip: ({ connector }) => (connector.erasure === undefined ? "facet erasure: absent" : undefined),
    run: async ({ connector, person, record, at, probe }) => {
      const someone = await person();
      await record({ person: someone, decisions: [{ status: "given", at: at(0) }] });
      const marks = [randomMark(), randomMark()];
      const keep = (mark: string | undefined): Promise<void> =>
        recordIdsOf(connector).keep({ destinationId: STORES, recordIds: [{ subjectRef: someone.ref, recordId: `record-${mark}` }] });
      await keep(marks[0]);
      await connector.erasure?.erase({ subjectRef: someone.ref, reason: "subjectRequest", requestedAt: at(1) });
      await keep(marks[1]);
      const dump = await probe.dump();
      ensure({ that: !marks.some((mark) => dump.includes(mark)), otherwise: "the store holds a record id of somebody who was erased" });
    },
  },
];

function recordIdsOf(connector: ConnectorV1): RecordIdsFacetV1 {
  return ensurePresent({ value: connector.recordIds, what: "the facet recordIds" });
}

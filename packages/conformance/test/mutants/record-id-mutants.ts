import type { ConnectorV1, RecordIdsFacetV1 } from "@volenti/core/adapter";
import { withAnswers, withItems, type Mutant } from "./mutant.ts";

type Keep = RecordIdsFacetV1["keep"];

function withKeep(request: { connector: ConnectorV1; change: (request: Parameters<Keep>[0]) => Parameters<Keep>[0] }): ConnectorV1 {
  const { connector, change } = request;
  return { ...connector, recordIds: { keep: async (asked) => connector.recordIds?.keep(change(asked)) } };
}

const WITH_THE_ANSWER = ["record-ids/come-with-the-answer"];
const WITH_THE_PERSON = ["record-ids/go-with-the-person"];

/** Record ids that are believed, lost, mixed up or kept too long. */
export const RECORD_ID_MUTANTS: readonly Mutant[] = [
  {
    name: "writes to whomever a record id names, and asks nobody whether it is the person",
    mutate: ({ connector, system }) =>
      withItems({
        connector,
        change: (item) => {
          const { recordId = "" } = item.subject;
          return system.records.people.has(recordId) ? { ...item, subject: { ...item.subject, ref: recordId } } : item;
        },
      }),
    caughtBy: ["record-ids/a-wrong-one-names-nobody"],
  },
  { name: "says no record ids", mutate: ({ connector }) => withAnswers({ connector, answer: ({ recordIds: _recordIds, ...answer }) => answer }), caughtBy: WITH_THE_ANSWER },
  {
    name: "keeps one record id a person, whatever the destination",
    mutate: ({ connector }) => withKeep({ connector, change: (asked) => ({ ...asked, destinationId: "stores" }) }),
    caughtBy: WITH_THE_ANSWER,
  },
  {
    name: "forgets no record id",
    mutate: ({ connector }) => withKeep({ connector, change: (asked) => ({ ...asked, recordIds: asked.recordIds.filter(({ recordId }) => recordId !== null) }) }),
    caughtBy: WITH_THE_ANSWER,
  },
  {
    name: "keeps the record ids of whom it erases",
    mutate: ({ connector, system }) => ({
      ...connector,
      erasure: {
        eraseTest: () => connector.erasure?.eraseTest() ?? Promise.resolve([]),
        erase: async (request) => {
          const kept = system.records.recordIds.get(request.subjectRef);
          const outcomes = (await connector.erasure?.erase(request)) ?? [];
          if (kept !== undefined) system.records.recordIds.set(request.subjectRef, kept);
          return outcomes;
        },
      },
    }),
    caughtBy: WITH_THE_PERSON,
  },
  {
    name: "keeps a record id that comes behind the erasure",
    mutate: ({ connector, system }) => ({
      ...connector,
      recordIds: {
        keep: async (request) => {
          await connector.recordIds?.keep(request);
          for (const { subjectRef, recordId } of request.recordIds) {
            if (recordId !== null && !system.records.recordIds.has(subjectRef)) system.records.recordIds.set(subjectRef, new Map([[request.destinationId, recordId]]));
          }
        },
      },
    }),
    caughtBy: WITH_THE_PERSON,
  },
];

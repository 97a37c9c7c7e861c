import { ConnectorError, type Volenti } from "@volenti/core";
import type { ConnectorV1, Identifier, OverviewCustodyV1, OverviewRecordV1, PersonNameV1 } from "@volenti/core/adapter";
import { failureCode } from "../support/failure-code.ts";
import type { PersonInDestination } from "../support/find-person.ts";
import { groupRefs } from "../support/group-refs.ts";
import { readOverview } from "./read-overview.ts";

/** All that one destination says of a person; read whole or not at all. */
export type PersonReading = { readonly id: string; readonly connector: ConnectorV1 } & Answer;

type Answer =
  | {
      readonly status: "found";
      /** What is held under the person's ref, then under refs that were merged with it. At least one. */
      readonly records: readonly OverviewRecordV1[];
      readonly custody: OverviewCustodyV1 | null;
    }
  | { readonly status: "notFound" }
  /** With the system's own ids of the records that match, where it tells. */
  | { readonly status: "conflict"; readonly recordIds: readonly string[] | null }
  /** Somebody is held who bears no ref of ours, with the system's own id of the record, where it tells. */
  | { readonly status: "unlinked"; readonly recordIds: readonly string[] | null }
  | { readonly status: "unreachable"; readonly code: string };

export type FoundReading = Extract<PersonReading, { status: "found" }>;

/**
 * Reads a person out of every destination at once, in the order of the configuration; never rejects, and a destination that
 * could not be read never looks empty. Those that do not know the identifier are asked a second time, by the refs under
 * which the others hold the person; so are all others for the refs that a ledger merged.
 */
export async function readPerson(request: { volenti: Volenti; identifier: Identifier }): Promise<readonly PersonReading[]> {
  const { volenti, identifier } = request;
  const first = await Promise.all(
    [...volenti.destinations].map(async ([id, connector]): Promise<PersonReading> => ({ id, connector, ...(await ask({ connector, name: { identifier } })) })),
  );
  const people = groupRefs(first.flatMap((reading) => (reading.status === "found" ? [reading.records.map(({ subjectRef }) => subjectRef)] : [])));
  return Promise.all(
    first.map(async (reading): Promise<PersonReading> => {
      const { id, connector } = reading;
      if (reading.status === "found") return { id, connector, ...(await addMerged({ reading, people })) };
      return isUnanswered(reading) ? { id, connector, ...(await askByRefs({ reading, people })) } : reading;
    }),
  );
}

/** The same for those who ask only where the person is. */
export function toPlaces(readings: readonly PersonReading[]): readonly PersonInDestination[] {
  return readings.map((reading): PersonInDestination => {
    const { id, connector } = reading;
    if (reading.status === "found") return { id, connector, person: { status: "found", subjectRef: reading.records[0]?.subjectRef ?? "" } };
    if (reading.status === "conflict" || reading.status === "unlinked") return { id, connector, person: { status: reading.status } };
    return { id, connector, person: reading.status === "notFound" ? { status: "notFound" } : { status: "unreachable", code: reading.code } };
  });
}

async function ask(request: { connector: ConnectorV1; name: PersonNameV1 }): Promise<Answer> {
  try {
    const overview = await readOverview(request);
    return overview === null ? { status: "notFound" } : { status: "found", ...overview };
  } catch (error) {
    const code = failureCode(error);
    if (code !== "conflict" && code !== "unlinked") return { status: "unreachable", code };
    return { status: code, recordIds: ConnectorError.isInstance(error) ? (error.recordIds ?? null) : null };
  }
}

function isUnanswered(reading: PersonReading): boolean {
  return reading.status === "notFound" || reading.status === "unlinked" || (reading.status === "unreachable" && reading.code === "unsupported");
}

/** Without a ref there is nothing to ask by: a destination that cannot search stays one that cannot tell. */
async function askByRefs(request: { reading: PersonReading; people: readonly ReadonlySet<string>[] }): Promise<Answer> {
  const { reading, people } = request;
  let found: Answer = people.length === 0 || reading.status === "unlinked" ? reading : { status: "notFound" };
  for (const refs of people) {
    const answer = await collect({ connector: reading.connector, refs: [...refs] });
    if (answer.status === "notFound") continue;
    if (answer.status !== "found") return answer;
    // Somebody who is not linked stays held: together with the person they are two records.
    if (found.status === "unlinked") return { status: "conflict", recordIds: found.recordIds };
    if (found.status === "found") return { status: "conflict", recordIds: null };
    found = answer;
  }
  return found;
}

async function addMerged(request: { reading: FoundReading; people: readonly ReadonlySet<string>[] }): Promise<Answer> {
  const { reading, people } = request;
  const own = new Set(reading.records.map(({ subjectRef }) => subjectRef));
  const refs = people.filter((group) => [...own].some((ref) => group.has(ref))).flatMap((group) => [...group]).filter((ref) => !own.has(ref));
  if (refs.length === 0) return reading;
  const rest = await collect({ connector: reading.connector, refs });
  if (rest.status === "notFound") return reading;
  if (rest.status !== "found") return rest;
  return { ...reading, records: withoutDoubles([...reading.records, ...rest.records]) };
}

/** What a destination holds under any of several refs of one person. */
async function collect(request: { connector: ConnectorV1; refs: readonly string[] }): Promise<Answer> {
  const { connector, refs } = request;
  const answers = await Promise.all(refs.map((subjectRef) => ask({ connector, name: { subjectRef } })));
  const failed = answers.find(({ status }) => status === "unreachable" || status === "conflict");
  if (failed !== undefined) return failed;
  const found = answers.filter((answer) => answer.status === "found");
  if (found.length === 0) return { status: "notFound" };
  return { status: "found", records: withoutDoubles(found.flatMap(({ records }) => records)), custody: found[0]?.custody ?? null };
}

function withoutDoubles(records: readonly OverviewRecordV1[]): readonly OverviewRecordV1[] {
  return [...new Map(records.map((record) => [record.subjectRef, record])).values()];
}

import type { ConnectorError, JsonValue } from "@volenti/core/adapter";
import { REF_FIELD } from "../schema/names.ts";
import type { KnownPerson } from "./known-person.ts";
import { toRowError } from "./row-error.ts";
import { readRowResults, UNANSWERED, type RowResult } from "./row-result.ts";
import { sendComposite, type CallTerms, type Subrequest, type SubrequestAnswer } from "./send-composite.ts";

const ROWS_PER_COLLECTION = 200;

/** A customer who was there before, and the ref that a submission knows them by. */
export interface MatchToLink {
  readonly person: KnownPerson;
  readonly ref: string;
}

/**
 * Gives customers who were there before their refs, before anything is written by them. Their Individuals first: the
 * profile record names its Individual by the ref, so that it is not linked to one that could not be. Answers an error for
 * those whom the org refused; the unique key refuses a ref that another record took in the meantime.
 */
export async function linkMatched(request: CallTerms & { matches: readonly MatchToLink[] }): Promise<ReadonlyMap<MatchToLink, ConnectorError>> {
  const { matches } = request;
  const errors = new Map<MatchToLink, ConnectorError>();
  for (let start = 0; start < matches.length; start += ROWS_PER_COLLECTION) {
    const linked = await linkChunk({ ...request, matches: matches.slice(start, start + ROWS_PER_COLLECTION) });
    for (const [match, error] of linked) errors.set(match, error);
  }
  return errors;
}

async function linkChunk(request: CallTerms & { matches: readonly MatchToLink[] }): Promise<ReadonlyMap<MatchToLink, ConnectorError>> {
  const { session, matches, operation } = request;
  const { objectName, individual } = session.settings.profile;
  const withIndividual = matches.filter(({ person }) => person.individualId !== null && person.individualRef === null);
  const individuals = withIndividual.map(({ person, ref }): JsonValue => ({ attributes: { type: "Individual" }, id: person.individualId, [REF_FIELD]: ref }));
  const profiles = matches.map(({ person, ref }): JsonValue => ({
    attributes: { type: objectName },
    id: person.recordId,
    [REF_FIELD]: ref,
    ...(person.individualId !== null && person.individualRef === null ? { [individual]: { [REF_FIELD]: ref } } : {}),
  }));
  const subrequests = [
    ...(individuals.length === 0 ? [] : [toUpdate({ records: individuals, referenceId: "individuals" })]),
    toUpdate({ records: profiles, referenceId: "profiles" }),
  ];
  const answers = await sendComposite({ ...request, changes: true, subrequests });
  const ofIndividuals = new Map(zip({ keys: withIndividual, answer: individuals.length === 0 ? undefined : answers[0] }));
  return new Map(
    zip({ keys: matches, answer: answers.at(-1) }).flatMap(([match, result]) => {
      if (result.isWritten) return [];
      // Where the Individual could not be linked (a lock), the profile's own complaint is that nobody bears the ref.
      const ofIndividual = ofIndividuals.get(match);
      return [[match, toRowError({ result: ofIndividual?.isWritten === false ? ofIndividual : result, operation })] as const];
    }),
  );
}

function zip(request: { keys: readonly MatchToLink[]; answer: SubrequestAnswer | undefined }): (readonly [MatchToLink, RowResult])[] {
  const { keys, answer } = request;
  const results = readRowResults({ status: answer?.status ?? 0, body: answer?.body, count: keys.length });
  return keys.map((key, index) => [key, results[index] ?? UNANSWERED] as const);
}

function toUpdate(request: { records: readonly JsonValue[]; referenceId: string }): Subrequest {
  const { records, referenceId } = request;
  return { method: "PATCH", path: ["composite", "sobjects"], body: { allOrNone: false, records: [...records] }, referenceId };
}

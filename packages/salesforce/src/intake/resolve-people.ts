import type { SubjectWriteV1, WriteOutcomeV1 } from "@volenti/core/adapter";
import { guardOf } from "../doctor/guard-of.ts";
import type { KnownPerson } from "./known-person.ts";
import { linkMatched, type MatchToLink } from "./link-matched.ts";
import { ambiguousMatch, createMatcher, lookUpPeople, untoldMatch, visibleFields } from "./look-up-people.ts";
import type { Standing } from "./plan-person.ts";
import type { CallTerms } from "./send-composite.ts";

/** Who the people of some items are in the org; those who cannot be told are answered. */
export interface ResolvedPeople {
  readonly standings: ReadonlyMap<SubjectWriteV1, Standing>;
  readonly settled: readonly WriteOutcomeV1[];
}

/**
 * Finds the records of people who are to be written, and links those who were there before. With `people`, the look-up
 * was made already. Where the brand has no match keys nobody is looked up, unless the org guards nothing: then what
 * stands has to be known, and all are found by their refs.
 */
export async function resolvePeople(
  request: CallTerms & { items: readonly SubjectWriteV1[]; people?: readonly KnownPerson[] | undefined },
): Promise<ResolvedPeople> {
  const { session, items, operation } = request;
  const { settings } = session;
  if (settings.matchKeys.length === 0 && guardOf(session) === "atServer") return { standings: new Map(items.map((item) => [item, "unasked"])), settled: [] };
  const people = request.people ?? (items.length === 0 ? [] : await lookUpPeople({ ...request, subjects: items.map(({ subject }) => subject) }));
  const standings = new Map<SubjectWriteV1, Standing>();
  const settled: WriteOutcomeV1[] = [];
  const toLink = new Map<SubjectWriteV1, MatchToLink>();
  const taken = new Set<string>();
  const matchOf = createMatcher({ people, settings, visible: visibleFields(session) });
  for (const item of items) {
    const match = matchOf(item.subject);
    const isTaken = match.kind === "toLink" && taken.has(match.person.recordId);
    if (match.kind === "untold") settled.push({ writeId: item.writeId, status: "failed", error: untoldMatch({ session, operation }) });
    else if (match.kind === "ambiguous" || isTaken) settled.push({ writeId: item.writeId, status: "failed", error: ambiguousMatch(operation) });
    else if (match.kind === "toLink") {
      taken.add(match.person.recordId);
      toLink.set(item, { person: match.person, ref: item.subject.ref });
    } else standings.set(item, match.kind === "linked" ? match.person : "absent");
  }
  const errors = await linkMatched({ ...request, matches: [...toLink.values()] });
  for (const [item, match] of toLink) {
    const error = errors.get(match);
    if (error === undefined) standings.set(item, afterLinking(match));
    else settled.push({ writeId: item.writeId, status: "failed", error });
  }
  return { standings, settled };
}

function afterLinking({ person, ref }: MatchToLink): KnownPerson {
  return { ...person, ref, isJustLinked: true, individualRef: person.individualRef ?? (person.individualId === null ? null : ref) };
}

import type { SubjectWriteV1, WriteOutcomeV1 } from "@volenti/core/adapter";
import { findHeldPeople, type HeldPerson } from "../profile/match-people.ts";
import type { KnownPerson } from "./known-person.ts";
import type { PersonTask, Standing } from "./plan-person.ts";
import { resolvePeople } from "./resolve-people.ts";
import type { CallTerms } from "./send-composite.ts";

/**
 * Whom each item is about: one person who is written where there is none, or everybody held whom a refusal follows. Items
 * about nobody, and about people who cannot be told, are answered at once.
 */
export async function toTasks(
  request: CallTerms & { items: readonly SubjectWriteV1[]; people?: readonly KnownPerson[] | undefined },
): Promise<{ tasks: readonly PersonTask[]; settled: readonly WriteOutcomeV1[] }> {
  const { items } = request;
  const { upsert = [], existingOnly = [] } = Object.groupBy(items, ({ mode }) => mode);
  const { standings, settled } = await resolvePeople({ ...request, items: upsert });
  const held = existingOnly.length === 0 ? [] : await findHeldPeople({ ...request, subjects: existingOnly.map(({ subject }) => subject) });
  const following = existingOnly.map((item, index) => toFollowing({ item, people: held[index] ?? [] }));
  const notHeld = existingOnly.filter((_, index) => (held[index] ?? []).length === 0);
  const tasks = [...standings].map(([item, standing]) => toTask({ item, ref: item.subject.ref, standing, recordsDecisions: true }));
  return {
    tasks: [...tasks, ...following.flat()],
    settled: [...settled, ...notHeld.map(({ writeId }): WriteOutcomeV1 => ({ writeId, status: "notHeld" }))],
  };
}

function toFollowing(request: { item: SubjectWriteV1; people: readonly HeldPerson[] }): PersonTask[] {
  const { item, people } = request;
  return people.map((person, index) => toTask({ item, ref: person.ref, standing: toStanding(person), recordsDecisions: index === 0 }));
}

function toTask(request: { item: SubjectWriteV1; ref: string; standing: Standing; recordsDecisions: boolean }): PersonTask {
  return { ...request, states: request.item.states };
}

/** Of somebody whom a refusal follows nothing needs to be known but where they are: flags are only set. */
function toStanding({ ref, individualId, profileId }: HeldPerson): Standing {
  if (profileId === null) return "absent";
  return {
    recordId: profileId,
    ref,
    individualId,
    individualRef: individualId === null ? null : ref,
    isJustLinked: false,
    lastModifiedAt: 0,
    flags: new Map(),
    stamps: new Map(),
    matchValues: new Map(),
  };
}

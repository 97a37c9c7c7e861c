import type { DrawnPerson, DrawnSubmission, Scenario } from "../scenario/scenario.ts";
import type { HeldSystem } from "../world/held-system.ts";
import type { Report } from "./verdict.ts";

/** Where the law wants the first copy of these people's data. */
const LOCAL_STORES: Readonly<Record<string, string>> = { RU: "ru" };

/** Reads what leaves every process: nothing of a local-first person, before the local store has acknowledged it to that very process. */
export interface BorderWatch {
  leaves(request: { processName: string; destinationId: string; sent: string; acknowledges: string }): void;
  acknowledged(request: { processName: string; destinationId: string; sent: string; acknowledges: string }): void;
}

export function watchBorders(request: { scenario: Scenario; systems: readonly HeldSystem[]; report: Report }): BorderWatch {
  const { scenario, systems, report } = request;
  const acknowledged = new Set<string>();
  const offered = new Set<string>();
  const mentions = (text: string, { email, phone }: DrawnPerson): boolean => text.includes(email) || text.includes(phone);
  const concerns = (text: string, { person, decisions }: DrawnSubmission): boolean => mentions(text, person) || decisions.some(({ id }) => text.includes(id));
  // A store that is sent ciphertext is sent refs in the place of people.
  const isAbout = (text: string, destinationId: string, { email }: DrawnPerson): boolean =>
    systems.find(({ id }) => id === destinationId)?.listPeople().some(({ subjectRef, attributes }) => attributes["email"] === email && text.includes(subjectRef)) === true;
  return {
    acknowledged: ({ processName, destinationId, sent, acknowledges }) => {
      const held = new Set(systems.find(({ id }) => id === destinationId)?.listDecisions().map(({ decisionId }) => decisionId));
      const lookedUp = new Set(scenario.submissions.filter((submission) => concerns(sent, submission)).map(({ person }) => person));
      for (const { person, decisions } of scenario.submissions) {
        // An answer about a person tells of all that the store holds of them.
        for (const { id } of decisions) if (lookedUp.has(person) && held.has(id)) offered.delete(`${processName} ${destinationId} ${id}`);
        if (acknowledges === "") continue;
        if (mentions(acknowledges, person) || isAbout(acknowledges, destinationId, person)) acknowledged.add(`${processName} ${destinationId} ${person.email}`);
        for (const { id } of decisions) if (acknowledges.includes(id)) acknowledged.add(`${processName} ${destinationId} ${id}`);
      }
    },
    leaves: ({ processName, destinationId, sent, acknowledges }) => {
      for (const id of scenario.submissions.flatMap(({ decisions }) => decisions.map((decision) => decision.id))) {
        if (acknowledges.includes(id)) offered.add(`${processName} ${destinationId} ${id}`);
      }
      for (const { person, decisions } of scenario.submissions.filter((submission) => concerns(sent, submission))) {
        const local = LOCAL_STORES[person.country];
        if (local === undefined) {
          if (Object.values(LOCAL_STORES).includes(destinationId)) report({ breach: "leftBeforeLocalStore", about: `${person.email} of ${person.country} reached ${destinationId}` });
          continue;
        }
        if (local === destinationId) continue;
        const held = new Set(systems.find(({ id }) => id === local)?.listDecisions().map(({ decisionId }) => decisionId));
        // What it did not offer, or looked up since, it knows from the store.
        const isTold = (key: string): boolean => acknowledged.has(key) || !offered.has(key);
        const isKept = (decisionId: string): boolean => held.has(decisionId) && isTold(`${processName} ${local} ${decisionId}`);
        const early = decisions.filter(({ id }) => sent.includes(id) && !isKept(id));
        const isKnown = acknowledged.has(`${processName} ${local} ${person.email}`);
        if (early.length > 0 || !isKnown) report({ breach: "leftBeforeLocalStore", about: `${person.email} left for ${destinationId} before ${local} had it` });
      }
    },
  };
}

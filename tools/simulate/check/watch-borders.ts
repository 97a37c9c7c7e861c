import type { DrawnPerson, Scenario } from "../scenario/scenario.ts";
import type { HeldSystem } from "../world/held-system.ts";
import type { Report } from "./verdict.ts";

/** Where the law wants the first copy of these people's data. */
const LOCAL_STORES: Readonly<Record<string, string>> = { RU: "ru" };

/** Reads what leaves every process: nothing of a local-first person, before the local store has acknowledged it to that very process. */
export interface BorderWatch {
  leaves(request: { processName: string; destinationId: string; sent: string }): void;
  acknowledged(request: { processName: string; destinationId: string; sent: string }): void;
}

export function watchBorders(request: { scenario: Scenario; systems: readonly HeldSystem[]; report: Report }): BorderWatch {
  const { scenario, systems, report } = request;
  const acknowledged = new Set<string>();
  const mentions = (sent: string, { email, phone }: DrawnPerson): boolean => sent.includes(email) || sent.includes(phone);
  const mentioned = (sent: string) => scenario.submissions.filter(({ person }) => mentions(sent, person));
  return {
    acknowledged: ({ processName, destinationId, sent }) => {
      if (!isWrite(sent)) return;
      for (const { person, decisions } of mentioned(sent)) {
        acknowledged.add(`${processName} ${destinationId} ${person.email}`);
        for (const { id } of decisions) if (sent.includes(id)) acknowledged.add(`${processName} ${destinationId} ${id}`);
      }
    },
    leaves: ({ processName, destinationId, sent }) => {
      for (const { person, decisions } of mentioned(sent)) {
        const local = LOCAL_STORES[person.country];
        if (local === undefined) {
          if (Object.values(LOCAL_STORES).includes(destinationId)) report({ breach: "leftBeforeLocalStore", about: `${person.email} of ${person.country} reached ${destinationId}` });
          continue;
        }
        if (local === destinationId) continue;
        const held = new Set(systems.find(({ id }) => id === local)?.listDecisions().map(({ decisionId }) => decisionId));
        const isKept = (decisionId: string): boolean => held.has(decisionId) && acknowledged.has(`${processName} ${local} ${decisionId}`);
        const early = decisions.filter(({ id }) => sent.includes(id) && !isKept(id));
        const isKnown = acknowledged.has(`${processName} ${local} ${person.email}`);
        if (early.length > 0 || !isKnown) report({ breach: "leftBeforeLocalStore", about: `${person.email} left for ${destinationId} before ${local} had it` });
      }
    },
  };
}

/** A look-up names decisions too, and keeps nothing of them. */
function isWrite(sent: string): boolean {
  return sent.includes('"writeId"');
}

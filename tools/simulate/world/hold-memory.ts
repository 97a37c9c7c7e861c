import type { MemorySystem } from "@volenti/memory";
import type { HeldSystem } from "./held-system.ts";

/** The tables of a memory system. */
export function holdMemory(request: { id: string; system: MemorySystem }): HeldSystem {
  const { id, system: { records } } = request;
  return {
    id,
    keepsDecisions: true,
    profileOrder: "exact",
    listDecisions: () =>
      [...records.decisions.values()].flat().map(({ subjectRef, decisionId, canonical, hash, chain: { link } }) => ({ subjectRef, decisionId, canonical, hash, link })),
    listStates: () =>
      [...records.people.values()].flatMap(({ ref: subjectRef, states }) =>
        [...states.values()].map(({ purpose, channel, decisionId, status, effectiveAt }) => ({ subjectRef, purpose, channel, decisionId, status, effectiveAt })),
      ),
    listPeople: () =>
      [...records.people.values()].map(({ ref: subjectRef, attributes }) => ({
        subjectRef,
        attributes: Object.fromEntries([...attributes].map(([name, { value }]) => [name, value])),
      })),
  };
}

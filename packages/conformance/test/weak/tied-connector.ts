import { compareConsentStates, consentKey, isGrant, type ConnectorV1, type ConsentState, type WriteOutcomeV1 } from "@volenti/core/adapter";
import { createMemoryConnector, type MemorySystem } from "@volenti/memory";

/** The write that is under way, a system: what is compared and what is written belong together. */
const underWay = new WeakMap<MemorySystem, Promise<unknown>>();

/**
 * An honest connector to a system that compares instants and kinds on its own, and neither decision ids nor submission
 * ids: of two grants of one instant the first stands, of two changes of one attribute the last.
 */
export function createTiedConnector(system: MemorySystem): ConnectorV1 {
  const memory = createMemoryConnector({ region: "EU", ledger: false, system });
  const { people } = system.records;
  const write: ConnectorV1["intake"]["write"] = async (batch) => {
    const before = new Map(people);
    const outcomes = await memory.intake.write(batch);
    for (const { subject, states, profile = {}, mode } of batch.items) {
      const after = people.get(subject.ref);
      if (after === undefined || (mode === "existingOnly" && before.get(subject.ref) === undefined)) continue;
      const earlier = before.get(subject.ref);
      const standing = new Map(earlier?.states);
      for (const state of states) {
        const stood = standing.get(consentKey(state));
        if (stood === undefined || isGreater({ arriving: state, stood })) standing.set(consentKey(state), state);
      }
      const tied = Object.entries(profile).filter(([name, { changedAt }]) => earlier?.attributes.get(name)?.changedAt === changedAt);
      people.set(subject.ref, { ...after, states: standing, attributes: new Map([...after.attributes, ...tied]) });
    }
    return outcomes;
  };
  return {
    ...memory,
    traits: { ...memory.traits, decisionTies: "keepsFirstGrant", profileTies: "lastWrite" },
    intake: { write: (batch) => inTurn({ system, work: () => write(batch) }) },
  };
}

function isGreater(request: { arriving: ConsentState; stood: ConsentState }): boolean {
  const { arriving, stood } = request;
  const areOfOneRank = isGrant(arriving.status) === isGrant(stood.status);
  if (arriving.effectiveAt === stood.effectiveAt && areOfOneRank) return !isGrant(arriving.status);
  return compareConsentStates(arriving, stood) > 0;
}

function inTurn(request: { system: MemorySystem; work: () => Promise<readonly WriteOutcomeV1[]> }): Promise<readonly WriteOutcomeV1[]> {
  const { system, work } = request;
  const turn = (underWay.get(system) ?? Promise.resolve()).then(work);
  underWay.set(system, turn.catch(() => undefined));
  return turn;
}

import type { HeldState, HeldSystem } from "../world/held-system.ts";
import { outranks } from "./expected-consents.ts";
import type { Report } from "./verdict.ts";

/** Looks into a system after everything that it carried out: nothing goes back, nothing goes away, nothing is there twice. */
export interface SystemWatch {
  look(destinationId: string): void;
}

interface Before {
  states: ReadonlyMap<string, HeldState>;
  decisions: ReadonlySet<string>;
}

export function watchSystems(request: { systems: readonly HeldSystem[]; report: Report }): SystemWatch {
  const { systems, report } = request;
  const seen = new Map<string, Before>(systems.map(({ id }) => [id, { states: new Map(), decisions: new Set() }]));
  return {
    look: (destinationId) => {
      const system = systems.find(({ id }) => id === destinationId);
      const before = seen.get(destinationId);
      if (system === undefined || before === undefined) return;
      before.states = compareStates({ system, before: before.states, report });
      before.decisions = compareDecisions({ system, before: before.decisions, report });
    },
  };
}

function compareStates(request: { system: HeldSystem; before: ReadonlyMap<string, HeldState>; report: Report }): ReadonlyMap<string, HeldState> {
  const { system, before, report } = request;
  const now = new Map<string, HeldState>();
  for (const state of system.listStates()) {
    const key = `${state.subjectRef} ${state.purpose} ${state.channel}`;
    if (now.has(key)) report({ breach: "appliedTwice", about: `${system.id} holds two states of ${key}` });
    now.set(key, state);
  }
  for (const [key, earlier] of before) {
    const later = now.get(key);
    if (later === undefined) report({ breach: "acknowledgedLost", about: `${system.id} lost the state of ${key}` });
    else if (later.decisionId !== earlier.decisionId && !outranks({ candidate: later, standing: earlier })) {
      report({ breach: "refusalReversed", about: `${system.id} went from ${earlier.status} ${earlier.decisionId} back to ${later.status} ${later.decisionId}` });
    }
  }
  return now;
}

function compareDecisions(request: { system: HeldSystem; before: ReadonlySet<string>; report: Report }): ReadonlySet<string> {
  const { system, before, report } = request;
  const now = new Set<string>();
  for (const { decisionId } of system.listDecisions()) {
    if (now.has(decisionId)) report({ breach: "appliedTwice", about: `${system.id} recorded ${decisionId} twice` });
    now.add(decisionId);
  }
  for (const decisionId of before) {
    if (!now.has(decisionId)) report({ breach: "acknowledgedLost", about: `${system.id} no longer has ${decisionId}` });
  }
  return now;
}

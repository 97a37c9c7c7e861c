import { consentKey, type ConsentState } from "@volenti/core/adapter";
import { withRows, type Mutant, type MutantParts } from "./mutant.ts";

/** What stands is decided by another rule: `isGreater` says whether the arriving state replaces the one that stood. */
export function standBy(request: {
  parts: MutantParts;
  isGreater: (pair: { arriving: ConsentState; stood: ConsentState }) => boolean;
}): ReturnType<Mutant["mutate"]> {
  return withRows({
    parts: request.parts,
    change: ({ before, after, item }) => {
      const states = new Map(before?.states);
      for (const state of item.states) {
        const stood = states.get(consentKey(state));
        if (stood === undefined || request.isGreater({ arriving: state, stood })) states.set(consentKey(state), state);
      }
      return { ...after, states };
    },
  });
}

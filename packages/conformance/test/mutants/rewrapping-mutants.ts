import { createWrappingConnector, type RewrappingHabits } from "../weak/wrapping-connector.ts";
import type { Mutant } from "./mutant.ts";

const NEWEST = ["rewrapping/under-the-newest-key"];
const MEANWHILE = ["rewrapping/what-changed-meanwhile-stays"];

function withHabits(habits: Partial<RewrappingHabits>): Mutant["mutate"] {
  return ({ system }) => createWrappingConnector(system, habits);
}

/** Data keys that are wrapped anew as nobody should. */
export const REWRAPPING_MUTANTS: readonly Mutant[] = [
  { name: "says that data keys were wrapped anew, and wraps none", mutate: withHabits({ replace: () => true }), caughtBy: NEWEST },
  { name: "wraps the first page of data keys anew, and ends", mutate: withHabits({ isLast: () => true }), caughtBy: NEWEST },
  {
    name: "names the newest key, and keeps what the earlier one wrapped",
    mutate: withHabits({ replace: ({ keys, ref, before, after }) => keys.set(ref, { ...before, keyId: after.keyId }).has(ref) }),
    caughtBy: NEWEST,
  },
  {
    name: "adds the data key of somebody who was erased meanwhile",
    mutate: withHabits({
      replace: ({ keys, ref, before, after }) => {
        if (keys.has(ref) && keys.get(ref) !== before) return false;
        keys.set(ref, after);
        return true;
      },
    }),
    caughtBy: MEANWHILE,
  },
  {
    name: "gives the earlier data key to somebody who came back meanwhile",
    mutate: withHabits({
      replace: ({ keys, ref, after }) => {
        if (!keys.has(ref)) return false;
        keys.set(ref, after);
        return true;
      },
    }),
    caughtBy: MEANWHILE,
  },
  { name: "wraps under whatever key the keyring takes", mutate: withHabits({ refusesOutdated: false }), caughtBy: ["rewrapping/never-back"] },
];

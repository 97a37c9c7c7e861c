import type { CustodyFacetV1, HoldV1, RestrictionV1 } from "@volenti/core/adapter";
import type { StoreParts } from "../store-parts.ts";
import { requireInstant } from "../transport/require-instant.ts";
import { STATEMENTS } from "../transport/statements.ts";
import { requireDone, type CustodyAnswer } from "./custody-answer.ts";

type Holds = Pick<CustodyFacetV1, "listHolds" | "setHold" | "liftHold" | "getRestriction" | "setRestriction">;

export type HoldRow = readonly [
  holdId: string,
  scope: readonly string[],
  law: string,
  reason: string,
  until: number | null,
  setAt: number,
  liftedAt: number | null,
];

/** Holds and restrictions. Each is of the person whom a ref names by now, so that they follow merges. */
export function createHolds(request: { parts: () => StoreParts }): Holds {
  const sessions = () => request.parts().sessions;
  return {
    listHolds: async ({ subjectRef }) => {
      const call = { operation: "custody.listHolds", role: "auditor", statement: STATEMENTS.listHolds, effect: "read" } as const;
      return ((await sessions().run({ ...call, parameters: [subjectRef] })) as readonly HoldRow[]).map(toHold);
    },
    setHold: async ({ subjectRef, hold }) => {
      const operation = "custody.setHold";
      const call = { operation, role: "eraser", statement: STATEMENTS.setHold, effect: "write" } as const;
      const answer = (await sessions().run({ ...call, parameters: [subjectRef, JSON.stringify(hold)] })) as CustodyAnswer;
      requireDone({ answer, operation, fieldNames: ["subjectRef"] });
    },
    liftHold: async ({ subjectRef, holdId, liftedAt }) => {
      const call = { operation: "custody.liftHold", role: "eraser", statement: STATEMENTS.liftHold, effect: "write" } as const;
      return (await sessions().run({ ...call, parameters: [subjectRef, holdId, liftedAt] })) as boolean;
    },
    getRestriction: async ({ subjectRef }) => {
      const call = { operation: "custody.getRestriction", role: "auditor", statement: STATEMENTS.getRestriction, effect: "read" } as const;
      return (await sessions().run({ ...call, parameters: [subjectRef] })) as RestrictionV1 | null;
    },
    setRestriction: async ({ subjectRef, restriction }) => {
      const operation = "custody.setRestriction";
      const call = { operation, role: "eraser", statement: STATEMENTS.setRestriction, effect: "write" } as const;
      const parameters = [subjectRef, restriction?.since ?? null, restriction?.reason ?? null];
      const isDone = (await sessions().run({ ...call, parameters })) as boolean;
      requireDone({ answer: isDone ? "set" : "nobody", operation, fieldNames: ["subjectRef"] });
    },
  };
}

export function toHold([holdId, scope, law, reason, until, setAt, liftedAt]: HoldRow): HoldV1 {
  for (const instant of [until, setAt, liftedAt]) requireInstant({ instant, operation: "custody.listHolds" });
  return { holdId, scope, law, reason, until, setAt, liftedAt };
}

import type { CustodyFacetV1, MergedPersonV1 } from "@volenti/core/adapter";
import type { StoreParts } from "../store-parts.ts";
import { STATEMENTS } from "../transport/statements.ts";
import { requireDone, type CustodyAnswer } from "./custody-answer.ts";

/** Two people who turn out to be one. What was recorded stays under the ref it was recorded under. */
export function createMerges(request: { parts: () => StoreParts }): Pick<CustodyFacetV1, "mergeSubjects" | "listMerged" | "listMergedPeople"> {
  const sessions = () => request.parts().sessions;
  return {
    mergeSubjects: async ({ from, into, mergedAt }) => {
      const operation = "custody.mergeSubjects";
      if (from === into) requireDone({ answer: "nobody", operation, fieldNames: ["into"] });
      const call = { operation, role: "eraser", statement: STATEMENTS.mergeSubjects, effect: "write" } as const;
      const answer = (await sessions().run({ ...call, parameters: [from, into, mergedAt] })) as CustodyAnswer;
      requireDone({ answer, operation, fieldNames: ["from", "into"] });
    },
    listMerged: async ({ subjectRef }) => {
      const call = { operation: "custody.listMerged", role: "auditor", statement: STATEMENTS.listMerged, effect: "read" } as const;
      return (await sessions().run({ ...call, parameters: [subjectRef] })) as readonly string[];
    },
    // As the population is listed, so that a list of another system's needs no other role.
    listMergedPeople: async ({ subjectRefs }) => {
      const call = { operation: "custody.listMergedPeople", role: "reader", statement: STATEMENTS.listMergedPeople, effect: "read" } as const;
      const rows = (await sessions().run({ ...call, parameters: [JSON.stringify(subjectRefs)] })) as readonly (readonly [string, readonly string[]])[];
      return rows.map(([subjectRef, merged]): MergedPersonV1 => ({ subjectRef, merged }));
    },
  };
}

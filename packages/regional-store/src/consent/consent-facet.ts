import type { ConsentFacetV1 } from "@volenti/core/adapter";
import { toConsentState, type StateRow } from "../ledger/read-ledger-answer.ts";
import type { StoreParts } from "../store-parts.ts";
import { STATEMENTS } from "../transport/statements.ts";

/** Reads what stands, as the store keeps it; what it answers now is for `readConsent` to say. */
export function createConsent(request: { parts: () => StoreParts }): ConsentFacetV1 {
  const read = async (call: { operation: string; statement: string; parameters: readonly string[] }): Promise<readonly StateRow[]> =>
    (await request.parts().sessions.run({ ...call, role: "reader", effect: "read" })) as readonly StateRow[];
  return {
    getState: async ({ subjectRef, purpose, channel }) => {
      const [row] = await read({
        operation: "consent.getState",
        statement: STATEMENTS.getState,
        parameters: [subjectRef, purpose, channel],
      });
      return row === undefined ? null : toConsentState(row);
    },
    listStates: async ({ subjectRef }) => {
      const rows = await read({ operation: "consent.listStates", statement: STATEMENTS.listStates, parameters: [subjectRef] });
      return rows.map(toConsentState);
    },
  };
}

import type { ConsentFacetV1, ConsentState } from "@volenti/core/adapter";
import { toConsentState, type StateRow } from "../ledger/read-ledger-answer.ts";
import type { StoreParts } from "../store-parts.ts";
import { STATEMENTS } from "../transport/statements.ts";

/** Reads what stands, as the store keeps it; what it answers now is for `readConsent` to say. */
export function createConsent(request: { parts: () => StoreParts }): ConsentFacetV1 {
  const read = async <Row = StateRow>(call: { operation: string; statement: string; parameters: readonly string[] }): Promise<readonly Row[]> =>
    (await request.parts().sessions.run({ ...call, role: "reader", effect: "read" })) as readonly Row[];
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
    listStatesOf: async ({ subjectRefs }) => {
      const rows = await read<readonly [subjectRef: string, ...state: StateRow]>({
        operation: "consent.listStatesOf",
        statement: STATEMENTS.listStatesOf,
        parameters: [JSON.stringify(subjectRefs)],
      });
      const states = new Map<string, ConsentState[]>();
      for (const [subjectRef, ...row] of rows) {
        const own = states.get(subjectRef);
        if (own === undefined) states.set(subjectRef, [toConsentState(row)]);
        else own.push(toConsentState(row));
      }
      return states;
    },
  };
}

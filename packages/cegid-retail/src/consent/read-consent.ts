import type { ConsentFacetV1, ConsentState } from "@volenti/core/adapter";
import { readByRef } from "../identity/read-by-ref.ts";
import { toConsentStates } from "../mapping/to-consent-states.ts";
import type { CegidSession } from "../transport/cegid-session.ts";

/** What a customer's opt-ins, slots and texts say. One call, or two where the customer carries a link. */
export function createConsentReader(session: CegidSession): ConsentFacetV1 {
  const list = async (request: { subjectRef: string; operation: string }): Promise<readonly ConsentState[]> => {
    const { subjectRef, operation } = request;
    const { catalogue } = session.context(operation);
    const stored = await readByRef({ terms: { session, operation }, ref: subjectRef });
    return stored === null ? [] : toConsentStates({ settings: session.settings, catalogue, stored });
  };
  return {
    getState: async ({ subjectRef, purpose, channel }) => {
      const states = await list({ subjectRef, operation: "consent.getState" });
      return states.find((state) => state.purpose === purpose && state.channel === channel) ?? null;
    },
    listStates: ({ subjectRef }) => list({ subjectRef, operation: "consent.listStates" }),
  };
}

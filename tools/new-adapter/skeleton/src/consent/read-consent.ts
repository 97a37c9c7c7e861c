import type { ConsentFacetV1 } from "@volenti/core/adapter";
import type { TemplateSession } from "../transport/template-session.ts";

/** Reads what stands. */
export function createConsentReader(session: TemplateSession): ConsentFacetV1 {
  return {
    getState: () => session.call({ operation: "consent.getState" }),
    listStates: () => session.call({ operation: "consent.listStates" }),
  };
}

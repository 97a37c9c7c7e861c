import type { ErasureFacetV1 } from "@volenti/core/adapter";
import type { TemplateSession } from "../transport/template-session.ts";

/** Erases people. */
export function createEraser(session: TemplateSession): ErasureFacetV1 {
  return {
    erase: () => session.call({ operation: "erasure.erase" }),
    eraseTest: () => session.call({ operation: "erasure.eraseTest" }),
  };
}

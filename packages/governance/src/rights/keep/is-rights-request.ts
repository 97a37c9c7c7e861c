import { RIGHTS_KINDS, type RightsRequest } from "../rights-request.ts";

/** Whether a document that came out of a store, or of a file whose seal is sound, is a request of this version. */
export function isRightsRequest(document: unknown): document is RightsRequest {
  if (typeof document !== "object" || document === null) return false;
  const { schema, requestId, revision, kind } = document as Partial<Record<keyof RightsRequest, unknown>>;
  return (
    schema === "volenti-rights-request-1" &&
    typeof requestId === "string" &&
    typeof revision === "number" &&
    RIGHTS_KINDS.some((known) => known === kind)
  );
}

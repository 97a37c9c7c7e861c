import type { Volenti } from "@volenti/core";
import type { Identifier } from "@volenti/core/adapter";
import type { RightsRequest } from "./rights-request.ts";

/** Recorded where the configuration has no `rights.verifyIdentity`: whoever runs the command vouches for the person. */
export const BY_OPERATOR = "byOperator";

/** How it is known that the person asks; null where it is not. What the brand's hook throws is no verification. */
export async function verifyIdentity(request: {
  volenti: Pick<Volenti, "rights">;
  rightsRequest: Pick<RightsRequest, "requestId" | "kind" | "via" | "receivedAt">;
  identifier: Identifier;
}): Promise<string | null> {
  const { requestId, kind, via, receivedAt } = request.rightsRequest;
  const ask = request.volenti.rights.verifyIdentity;
  if (ask === undefined) return BY_OPERATOR;
  try {
    const answer: unknown = await ask({ requestId, kind, via, receivedAt, identifier: request.identifier });
    return methodOf(answer);
  } catch {
    return null;
  }
}

/** The hook is the brand's own code, and may answer anything. */
function methodOf(answer: unknown): string | null {
  if (typeof answer !== "object" || answer === null || Reflect.get(answer, "verified") !== true) return null;
  const method: unknown = Reflect.get(answer, "method");
  return typeof method === "string" && method.trim() !== "" ? method : "hook";
}

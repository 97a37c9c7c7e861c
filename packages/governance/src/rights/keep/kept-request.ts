import type { Volenti } from "@volenti/core";
import { isUuid } from "../../support/is-uuid.ts";
import { toProblem, type RightsProblem, type RightsProblemCode } from "../rights-problem.ts";
import type { RightsRequest } from "../rights-request.ts";
import { loadFromLedgers, saveInLedger, type Custodian } from "./ledger-keeper.ts";

/** Which request: one that a ledger keeps, by its id, or one that the caller keeps, as it stands. */
export type WhichRequest = { readonly requestId: string } | { readonly rightsRequest: RightsRequest };

/** A request, and who keeps it: null is the caller. */
export interface KeptRequest {
  readonly rightsRequest: RightsRequest;
  readonly custodian: Custodian | null;
}

/** Null where no ledger knows it. Rejects where one could not be asked. */
export async function loadRequest(request: { volenti: Volenti; which: WhichRequest }): Promise<KeptRequest | null> {
  const { volenti, which } = request;
  if ("rightsRequest" in which) return { rightsRequest: which.rightsRequest, custodian: null };
  const { requestId } = which;
  return isUuid(requestId) ? loadFromLedgers({ volenti, requestId: requestId.toLowerCase() }) : null;
}

/**
 * Changes a request where it is kept. Whoever changed it meanwhile is not overwritten: it is read again, and the change is
 * made once more, to what stands.
 */
export async function changeKept(request: {
  volenti: Volenti;
  kept: KeptRequest;
  change: (rightsRequest: RightsRequest) => RightsRequest | RightsProblemCode;
}): Promise<{ readonly kept: KeptRequest; readonly problem: RightsProblem | null }> {
  const { volenti, change } = request;
  let { kept } = request;
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const changed = change(kept.rightsRequest);
    if (typeof changed === "string") return { kept, problem: toProblem(changed) };
    if (changed.revision === kept.rightsRequest.revision) return { kept, problem: null };
    const { custodian } = kept;
    const next = { rightsRequest: changed, custodian };
    if (custodian === null || (await saveInLedger({ volenti, custodian, rightsRequest: changed })) === "saved") return { kept: next, problem: null };
    const standing = await loadFromLedgers({ volenti, requestId: changed.requestId });
    if (standing === null) break;
    kept = standing;
  }
  return { kept, problem: toProblem("changedMeanwhile") };
}

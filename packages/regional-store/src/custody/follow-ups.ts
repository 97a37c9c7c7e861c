import type { FollowUpsFacetV1, FollowUpV1 } from "@volenti/core/adapter";
import type { StoreParts } from "../store-parts.ts";
import { STATEMENTS } from "../transport/statements.ts";
import type { StoreCall } from "../transport/store-sessions.ts";

/** Work for later over `volenti.follow_up`, as the writer. */
export function createFollowUps(request: { parts: () => StoreParts }): FollowUpsFacetV1 {
  const run = (call: Pick<StoreCall, "operation" | "statement" | "parameters">): Promise<unknown> =>
    request.parts().sessions.run({ ...call, role: "writer", effect: "write" });
  return {
    plan: async ({ destinationId, delayInMs, followUps }) => {
      if (followUps.length === 0) return;
      await run({ operation: "followUps.plan", statement: STATEMENTS.planFollowUps, parameters: [destinationId, delayInMs, JSON.stringify(followUps)] });
    },
    claim: async ({ destinationId, holder, durationInMs, limit }) =>
      (await run({
        operation: "followUps.claim",
        statement: STATEMENTS.claimFollowUps,
        parameters: [destinationId, holder, durationInMs, limit],
      })) as readonly FollowUpV1[],
    finish: async ({ destinationId, holder, followUpIds }) => {
      if (followUpIds.length === 0) return;
      await run({ operation: "followUps.finish", statement: STATEMENTS.finishFollowUps, parameters: [destinationId, holder, JSON.stringify(followUpIds)] });
    },
  };
}

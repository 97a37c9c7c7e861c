import type { Anchor } from "@volenti/core";
import type { StoredCheckpointV1 } from "@volenti/core/adapter";
import { failureCode } from "../support/failure-code.ts";
import type { AnchorOutcome } from "./checkpoint-report.ts";
import type { AnchoredTree } from "./read-anchors.ts";

/** Publishes a checkpoint to every anchor that has none of its size. An anchor that fails stops no other. */
export function publishCheckpoint(request: {
  anchors: readonly Anchor[];
  anchored: readonly AnchoredTree[];
  checkpoint: StoredCheckpointV1;
}): Promise<readonly AnchorOutcome[]> {
  const { anchors, anchored, checkpoint } = request;
  return Promise.all(
    anchors.map(async (anchor): Promise<AnchorOutcome> => {
      const { anchorId } = anchor;
      if (anchored.some((tree) => tree.anchorId === anchorId && tree.size >= checkpoint.size)) return { anchorId, status: "unchanged" };
      try {
        await anchor.publish({ jws: checkpoint.jws });
        return { anchorId, status: "published" };
      } catch (error) {
        return { anchorId, status: "unpublished", code: failureCode(error) };
      }
    }),
  );
}

import type { SubjectWriteV1 } from "@volenti/core/adapter";
import type { OptInPlan } from "../mapping/compute-opt-ins.ts";
import type { Settings } from "../settings.ts";

/**
 * Purposes with a decision that Y2 was told to keep and has no place for: `optIns` names the purpose, and not the channel. A
 * purpose that nobody placed is not Y2's to keep, and none of these.
 */
export function listUnplaced(request: { settings: Settings; item: SubjectWriteV1; optIns: OptInPlan }): readonly string[] {
  const { settings: { consent }, item, optIns } = request;
  const unplaced = item.states.filter(({ purpose, decisionId }) => consent.optIns.has(purpose) && optIns.unmapped.includes(decisionId));
  return [...new Set(unplaced.map(({ purpose }) => `optIns.${purpose}`))];
}

import type { AttributeOutcomeV1, ConnectorError } from "@volenti/core/adapter";
import type { SendableAttribute } from "../mapping/profile-row.ts";
import type { PersonPlan } from "./plan-person.ts";
import type { RowsOfKind } from "./rows-of-kind.ts";
import type { WrittenRows } from "./write-rows.ts";

/** One person while an item is being written: the rows' results, and what is still to be mended. Changed in place by the stages of a write. */
export interface PersonProgress {
  readonly plan: PersonPlan;
  written: WrittenRows;
  /** What of the profile was sent last. */
  sendable: readonly SendableAttribute[];
  readonly outcomes: Record<string, AttributeOutcomeV1>;
  /** What makes the item fail, found after its rows were written. */
  failure: ConnectorError | null;
  /** The profile row as it was sent last; none where there is none. */
  profileRows: RowsOfKind;
}

export function beginProgress(request: { plan: PersonPlan; written: WrittenRows }): PersonProgress {
  const { plan, written } = request;
  return {
    plan,
    written,
    sendable: plan.sendable,
    outcomes: { ...plan.refusedAttributes },
    failure: null,
    profileRows: plan.rows.profile,
  };
}

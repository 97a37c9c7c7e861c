import type { Fault } from "../network/draw-fate.ts";

/** The systems that the brand's CRM can be. */
export const CRM_KINDS = ["memory", "salesforce", "cegid-retail"] as const;
export type CrmKind = (typeof CRM_KINDS)[number];

/** What a system of the kind does not promise to survive, and is not asked to: Y2 compares nothing while it writes, so that bytes which come late undo what came between. */
export const UNSURVIVED: Readonly<Record<CrmKind, readonly Fault[]>> = {
  memory: [],
  salesforce: [],
  "cegid-retail": ["slowBefore", "duplicated"],
};

/** Writers at once that the kind promises to keep in order. */
export const MOST_WRITERS: Readonly<Record<CrmKind, number>> = { memory: 2, salesforce: 2, "cegid-retail": 1 };

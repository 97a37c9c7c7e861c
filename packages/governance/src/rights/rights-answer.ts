import type { SubmissionResult } from "@volenti/core";
import type { ErasureReport } from "../erase/erasure-report.ts";
import type { PortabilityExport } from "../export/portability-export.ts";
import type { AccessReport } from "./fulfil/access-report.ts";
import type { RightsProblem } from "./rights-problem.ts";
import type { RightsRequest } from "./rights-request.ts";

/** How a request stands after it was asked for something, and what was answered. */
export interface RightsAnswer {
  /** Null where nobody keeps a request of that id, or it was never opened. */
  readonly request: RightsRequest | null;
  /** The destination that keeps it; null: the caller has to, sealed (`sealRightsRequest`). */
  readonly keptIn: string | null;
  /** Why it is not as it was asked; null where it is. */
  readonly problem: RightsProblem | null;
  /** What `access` tells the person. Kept nowhere. */
  readonly report: AccessReport | null;
  /** What `portability` hands over. Kept nowhere. */
  readonly exported: PortabilityExport | null;
  /** What `erase` did, a row a kind of record. Kept nowhere. */
  readonly erasure: ErasureReport | null;
  /** How decisions or corrections were delivered, receipt included. Kept nowhere. */
  readonly result: SubmissionResult | null;
}

export function toAnswer(answer: Partial<RightsAnswer>): RightsAnswer {
  return { request: null, keptIn: null, problem: null, report: null, exported: null, erasure: null, result: null, ...answer };
}

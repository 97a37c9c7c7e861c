import type { ErasureLog, SubmissionResult, Volenti } from "@volenti/core";
import type { Identifier } from "@volenti/core/adapter";
import type { ErasureReport } from "../../erase/erasure-report.ts";
import type { PortabilityExport } from "../../export/portability-export.ts";
import type { PersonInDestination } from "../../support/find-person.ts";
import type { AccessReport } from "./access-report.ts";
import type { RightsProblem } from "../rights-problem.ts";
import type { DenialReason, RightsRequest, RightsTarget } from "../rights-request.ts";

/** Everything that answering a request needs. The identifier and the values are in flight, and kept nowhere. */
export interface FulfilmentRequest {
  readonly volenti: Volenti;
  readonly rightsRequest: RightsRequest;
  readonly identifier: Identifier;
  /** Who answers: for the access log. */
  readonly actor: string;
  /** Every destination, and whether it holds the person; none of them finds several people. */
  readonly places: readonly PersonInDestination[];
  /** Of `rectify`: a profile patch as submissions hold it. */
  readonly profile: Readonly<Record<string, unknown>> | undefined;
  /** Of `erase`: where it is written down; absent: the configuration's. */
  readonly erasureLog: ErasureLog | undefined;
}

/** What was done; nothing of it is kept but the targets. */
export interface Fulfilment {
  readonly targets: readonly RightsTarget[];
  readonly denied?: DenialReason;
  readonly problem?: RightsProblem;
  readonly report?: AccessReport;
  readonly exported?: PortabilityExport;
  readonly erasure?: ErasureReport;
  /** How the decisions or the values were delivered: receipt and proofs with it. */
  readonly result?: SubmissionResult;
}

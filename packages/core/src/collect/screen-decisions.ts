import { mayBeBelow } from "../model/age-band.ts";
import { isGrant, type ConsentStatus } from "../model/consent-status.ts";
import type { PurposeDemand } from "../model/purpose.ts";
import type { Submission, SubmittedDecision } from "../model/submission.ts";
import type { FindDemand } from "../regime/demand-finder.ts";

/** A decision with the status under which it is recorded. */
export interface ScreenedDecision {
  readonly submitted: SubmittedDecision;
  readonly status: ConsentStatus;
  /** What the purpose demands and the grant lacks; then the status is `requested`, which never permits. */
  readonly missing: readonly string[];
  /** Where the brand's own reading of a regime's row changed what is demanded: its reason. */
  readonly reasons: readonly string[];
}

/** Compares each grant with what its purpose demands where the person is. Refusals are never screened. */
export function screenDecisions(request: {
  submission: Submission;
  findDemand: FindDemand;
}): readonly ScreenedDecision[] {
  const { submission, findDemand } = request;
  return submission.decisions.map((submitted): ScreenedDecision => {
    const { raw: { status, channel }, purpose } = submitted;
    if (!isGrant(status)) return { submitted, status, missing: [], reasons: NO_REASONS };
    const { demand, reasons } = findDemand({ purpose, channel, jurisdictions: submission.jurisdictions });
    const missing = listMissing({ submitted, submission, demand });
    return { submitted, status: missing.length === 0 ? status : "requested", missing, reasons };
  });
}

const NO_REASONS: readonly string[] = [];

function isPending({ raw: { confirmation } }: SubmittedDecision): boolean {
  return confirmation !== undefined && confirmation.state !== "confirmed";
}

/** A mail that came back proves nothing of a telephone (BGH, 10 February 2011, I ZR 164/09). */
function isConfirmedElsewhere({ raw: { status, channel, confirmation } }: SubmittedDecision): boolean {
  return status === "confirmed" && channel !== undefined && confirmation?.via !== undefined && confirmation.via !== channel;
}

function listMissing(request: {
  submitted: SubmittedDecision;
  submission: Submission;
  demand: PurposeDemand;
}): readonly string[] {
  const { submitted, submission, demand } = request;
  const { raw, notice } = submitted;
  const missing: string[] = [];
  // Asked for a confirmation and not given one, demanded or not: pending permits nothing.
  if (isPending(submitted) || (demand.doubleOptIn !== true && isConfirmedElsewhere(submitted))) missing.push("confirmation");
  if (demand.explicit === true && raw.explicit !== true) missing.push("explicit");
  if (demand.separate === true && raw.separate !== true) missing.push("separate");
  if (demand.standalone === true && !notice.standalone) missing.push("standalone");
  if (demand.doubleOptIn === true && !isConfirmedOnItsChannel(submitted)) missing.push("doubleOptIn");
  const age = demand.guardianBelow ?? 0;
  if (mayBeBelow({ ageBand: submission.ageBand, age }) && raw.guardian === undefined) missing.push("guardian");
  return missing;
}

function isConfirmedOnItsChannel({ raw }: SubmittedDecision): boolean {
  if (raw.status !== "confirmed" || raw.confirmation?.state !== "confirmed") return false;
  return raw.channel === undefined || raw.confirmation.via === raw.channel;
}

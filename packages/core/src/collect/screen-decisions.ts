import { mayBeBelow } from "../model/age-band.ts";
import { isGrant, type ConsentStatus } from "../model/consent-status.ts";
import type { PurposeDemand } from "../model/purpose.ts";
import type { Submission, SubmittedDecision } from "../model/submission.ts";
import type { ResidencyReading } from "../residency/evaluate-residency.ts";

/** A decision with the status under which it is recorded. */
export interface ScreenedDecision {
  readonly submitted: SubmittedDecision;
  readonly status: ConsentStatus;
  /** What the purpose demands and the grant lacks; then the status is `requested`, which never permits. */
  readonly missing: readonly string[];
}

/** Compares each grant with what its purpose demands where the person is. Refusals are never screened. */
export function screenDecisions(request: {
  submission: Submission;
  residency: ResidencyReading;
}): readonly ScreenedDecision[] {
  const { submission, residency } = request;
  return submission.decisions.map((submitted) => {
    const { status } = submitted.raw;
    if (!isGrant(status) || (!hasDemands(submitted) && !isUnconfirmed(submitted))) return { submitted, status, missing: [] };
    const demand = strictestDemand({ submitted, submission, residency });
    const missing = listMissing({ submitted, submission, demand });
    return { submitted, status: missing.length === 0 ? status : "requested", missing };
  });
}

function hasDemands({ purpose }: SubmittedDecision): boolean {
  return Object.keys(purpose.demands).length > 0;
}

function isUnconfirmed({ raw }: SubmittedDecision): boolean {
  return raw.confirmation !== undefined && raw.confirmation.state !== "confirmed";
}

function strictestDemand(request: {
  submitted: SubmittedDecision;
  submission: Submission;
  residency: ResidencyReading;
}): PurposeDemand {
  const { submitted, submission, residency } = request;
  const { demands } = submitted.purpose;
  const regions = Object.entries(residency?.rules.regions ?? {}).flatMap(([name, members]) =>
    members.includes(submission.country) ? [name] : [],
  );
  let strictest: PurposeDemand = {};
  for (const place of ["*", ...regions, ...submission.jurisdictions]) {
    const demand = demands[place];
    if (demand === undefined) continue;
    strictest = {
      explicit: strictest.explicit === true || demand.explicit === true,
      separate: strictest.separate === true || demand.separate === true,
      doubleOptIn: strictest.doubleOptIn === true || demand.doubleOptIn === true,
      standalone: strictest.standalone === true || demand.standalone === true,
      guardianBelow: Math.max(strictest.guardianBelow ?? 0, demand.guardianBelow ?? 0),
    };
  }
  return strictest;
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
  if (isUnconfirmed(submitted)) missing.push("confirmation");
  if (demand.explicit === true && raw.explicit !== true) missing.push("explicit");
  if (demand.separate === true && raw.separate !== true) missing.push("separate");
  if (demand.standalone === true && !notice.standalone) missing.push("standalone");
  if (demand.doubleOptIn === true && !isConfirmedOnItsChannel(submitted)) missing.push("doubleOptIn");
  const age = demand.guardianBelow ?? 0;
  if (mayBeBelow({ ageBand: submission.ageBand, age }) && raw.guardian === undefined) missing.push("guardian");
  return missing;
}

/** A confirmed e-mail address proves consent to e-mail, not to calls (BGH, 10 February 2011, I ZR 164/09). */
function isConfirmedOnItsChannel({ raw }: SubmittedDecision): boolean {
  if (raw.status !== "confirmed" || raw.confirmation?.state !== "confirmed") return false;
  return raw.channel === undefined || raw.confirmation.via === raw.channel;
}

import type { SubmissionPreview } from "../volenti.ts";
import type { ResolvedConfiguration } from "../configuration/resolve-configuration.ts";
import { foldConsentStates } from "../model/consent-fold.ts";
import { draftDecision } from "./draft-decisions.ts";
import { minimiseProfile } from "./minimise-profile.ts";
import type { ParseSubmission } from "./parse-submission.ts";
import { planRoute } from "./plan-route.ts";
import { describeRestrictions, restrictProfile } from "./restrict-profile.ts";
import { screenDecisions } from "./screen-decisions.ts";

/** What would become of a submission of a person not yet known. Contacts nobody, writes nothing, needs no key. */
export function previewSubmission(request: {
  input: unknown;
  line: number;
  parse: ParseSubmission;
  configuration: ResolvedConfiguration;
  now: number;
}): SubmissionPreview {
  const { input, line, parse, configuration, now } = request;
  const parsed = parse({ input, now });
  if (!parsed.ok) {
    const { submissionId, problems } = parsed;
    return { line, submissionId, outcome: "rejected", route: [], excluded: [], withheld: [], problems };
  }
  const { submission } = parsed;
  const { submissionId } = submission;
  const plan = planRoute({ country: submission.country, rules: configuration.route });
  const { steps: route, excluded } = plan;
  if (route.length === 0) {
    const problems = [{ path: "country", code: "noRoute" }];
    return { line, submissionId, outcome: "rejected", route, excluded, withheld: [], problems };
  }
  const states = screenDecisions({ submission, findDemand: configuration.findDemand }).flatMap(
    (screened, index) =>
      draftDecision({
        screened,
        submission,
        controllerId: configuration.controller.id,
        decisionId: String(index),
        ref: "",
      }).states,
  );
  const standing = foldConsentStates(states);
  const purposes = configuration.index.currentPurposes;
  const minimised = minimiseProfile({ profile: submission.profile, standing, purposes: purposes.values(), isRestricted: false, now });
  const restrictions = restrictProfile({ profile: minimised.kept, submission, plan, standing, purposes, policy: configuration.policy, now });
  const withheld = [...minimised.withheld, ...describeRestrictions(restrictions)];
  return { line, submissionId, outcome: "wouldDeliver", route, excluded, withheld, problems: [] };
}

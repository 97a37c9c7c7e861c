import type { SubmissionPreview } from "../volenti.ts";
import type { ResolvedConfiguration } from "../configuration/resolve-configuration.ts";
import { foldConsentStates } from "../model/consent-fold.ts";
import { draftDecision } from "./draft-decisions.ts";
import { minimiseProfile } from "./minimise-profile.ts";
import type { ParseSubmission } from "./parse-submission.ts";
import { planRoute } from "./plan-route.ts";
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
  const states = screenDecisions({ submission, residency: configuration.route.residency }).flatMap(
    (screened, index) =>
      draftDecision({
        screened,
        submission,
        controllerId: configuration.controller.id,
        decisionId: String(index),
        ref: "",
      }).states,
  );
  const { withheld } = minimiseProfile({
    profile: submission.profile,
    standing: foldConsentStates(states),
    purposes: configuration.index.currentPurposes.values(),
    isRestricted: false,
    now,
  });
  return { line, submissionId, outcome: "wouldDeliver", route, excluded, withheld, problems: [] };
}

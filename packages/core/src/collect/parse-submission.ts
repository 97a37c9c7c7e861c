import type { ResolvedConfiguration } from "../configuration/resolve-configuration.ts";
import { canonicaliseInput } from "../evidence/canonicalise.ts";
import type { Submission } from "../model/submission.ts";
import type { Problem } from "../model/submission-result.ts";
import { decisionSchema, submissionSchema, type RawSubmission, type SubmissionSchema } from "../model/submission-schema.ts";
import { profileSchema } from "../model/standard-attributes.ts";
import { holdsPaymentCardNumber } from "../model/payment-card-number.ts";
import { parseShape } from "../support/parse-shape.ts";
import { toProblems } from "../support/to-problems.ts";
import { isUnreadableInput } from "../support/unreadable-input.ts";
import { checkDecisions } from "./check-decisions.ts";
import { checkIdentifiers } from "./check-identifiers.ts";
import { checkInstants } from "./check-instants.ts";
import { checkProfile } from "./check-profile.ts";
import { toInstantText } from "../model/instant.ts";
import { isCountryCode } from "../model/country-code.ts";

export type ParsedSubmission =
  | { readonly ok: true; readonly submission: Submission }
  | { readonly ok: false; readonly submissionId: string | null; readonly problems: readonly Problem[] };

export type ParseSubmission = (request: { input: unknown; now: number }) => ParsedSubmission;

const SUBMISSION_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Makes the parser of a configuration: `unknown` in, a submission or every problem at once out. Problems carry a path
 * and a code, never a value and never a stranger's key.
 */
export function createSubmissionParser(configuration: ResolvedConfiguration): ParseSubmission {
  const schema: SubmissionSchema = submissionSchema(profileSchema(configuration.brandAttributes.keys()));
  return ({ input, now }) => {
    try {
      if (isUnreadableInput(input)) return refuse({ input: null, problems: [{ path: "", code: input.code }] });
      const parsed = parseShape({ schema, value: input });
      if (parsed.success) return understand({ raw: parsed.data, configuration, now });
      const problems = toProblems({ issues: parsed.error.issues });
      return refuse({ input, problems: [...problems, ...problemsOfDecisions({ input, configuration })] });
    } catch {
      // What breaks the reading itself: nesting beyond the stack, a getter or a brand's schema that throws.
      return { ok: false, submissionId: null, problems: [{ path: "", code: "unreadable" }] };
    }
  };
}

function refuse(request: { input: unknown; problems: readonly Problem[] }): ParsedSubmission {
  const { input, problems } = request;
  const claimed: unknown = typeof input === "object" && input !== null ? Reflect.get(input, "submissionId") : undefined;
  const isId = typeof claimed === "string" && SUBMISSION_ID.test(claimed);
  return { ok: false, submissionId: isId ? claimed.toLowerCase() : null, problems };
}

/** A submission whose shape is wrong somewhere is still told which of its well-formed decisions name unknown things. */
function problemsOfDecisions(request: { input: unknown; configuration: ResolvedConfiguration }): readonly Problem[] {
  const { input, configuration } = request;
  const candidates: unknown = typeof input === "object" && input !== null ? Reflect.get(input, "decisions") : undefined;
  if (!Array.isArray(candidates)) return [];
  const decisions = candidates.slice(0, 100).map((candidate: unknown) => parseShape({ schema: decisionSchema, value: candidate }).data);
  return checkDecisions({ decisions, configuration }).problems;
}

function understand(request: {
  raw: RawSubmission;
  configuration: ResolvedConfiguration;
  now: number;
}): ParsedSubmission {
  const { raw, configuration, now } = request;
  const instants = checkInstants({ raw, configuration, now });
  const identifiers = checkIdentifiers({ raw, configuration });
  const profile = checkProfile({ profile: raw.profile, configuration, now });
  const decisions = checkDecisions({ decisions: raw.decisions ?? [], configuration });
  const problems = [...checkCountry(raw), ...findCardNumbers(raw), ...instants.problems, ...identifiers.problems];
  problems.push(...profile.problems, ...decisions.problems);
  if (profile.attributes.size === 0 && (raw.decisions ?? []).length === 0 && profile.problems.length === 0) {
    problems.push({ path: "", code: "nothingToCollect" });
  }
  if (problems.length > 0) return refuse({ input: raw, problems });
  const submissionId = raw.submissionId.toLowerCase();
  const submission: Submission = {
    submissionId,
    collectionPoint: raw.collectionPoint,
    occurredAt: instants.occurredAt,
    occurredAtText: toInstantText(instants.occurredAt),
    claimedAt: instants.claimedAt,
    receivedAt: instants.receivedAt,
    country: raw.country,
    jurisdictions: raw.subdivision === undefined ? [raw.country] : [raw.country, raw.subdivision],
    identifiers: identifiers.identifiers,
    ageBand: raw.subject.ageBand ?? "unknown",
    actor: raw.actor === undefined ? { kind: "subject" } : withoutUndefined(raw.actor),
    test: raw.test ?? false,
    profile: profile.attributes,
    decisions: decisions.decisions,
    content: canonicaliseInput(raw.submissionId === submissionId ? raw : { ...raw, submissionId }),
  };
  return { ok: true, submission };
}

function withoutUndefined(actor: NonNullable<RawSubmission["actor"]>): Submission["actor"] {
  return actor.ref === undefined ? { kind: actor.kind } : { kind: actor.kind, ref: actor.ref };
}

function checkCountry(raw: RawSubmission): Problem[] {
  const { country, subdivision } = raw;
  const isOfAnother = subdivision !== undefined && !subdivision.startsWith(`${country}-`);
  return [
    ...(isCountryCode(country) ? [] : [{ path: "country", code: "unknownCountry" }]),
    ...(isOfAnother ? [{ path: "subdivision", code: "subdivisionOfAnotherCountry" }] : []),
  ];
}

/** The free words of a submission end up in sealed records: a card number there would stay for ever. */
function findCardNumbers(raw: RawSubmission): Problem[] {
  const problems: Problem[] = [];
  const check = (path: string, text: string | undefined): void => {
    if (text !== undefined && holdsPaymentCardNumber(text)) problems.push({ path, code: "paymentCardNumber" });
  };
  check("collectionPoint", raw.collectionPoint);
  check("actor.ref", raw.actor?.ref);
  const decisions = raw.decisions ?? [];
  for (let index = 0; index < decisions.length; index += 1) {
    const decision = decisions[index];
    check(`decisions[${index}].method`, decision?.method);
    check(`decisions[${index}].guardian.method`, decision?.guardian?.method);
    check(`decisions[${index}].confirmation.via`, decision?.confirmation?.via);
  }
  return problems;
}

import type { ResolvedConfiguration } from "../configuration/resolve-configuration.ts";
import { normaliseIdentifier } from "../model/normalise-identifier.ts";
import { holdsPaymentCardNumber } from "../model/payment-card-number.ts";
import type { SubmittedIdentifier } from "../model/submission.ts";
import type { Problem } from "../model/submission-result.ts";
import type { RawSubmission } from "../model/submission-schema.ts";

/** What of a submission, or of a customer whom somebody else recorded, may name a person. */
type Candidates = { readonly subject: Pick<RawSubmission["subject"], "identifiers"> };

/** Normalises the identifiers and puts them in the configured precedence, each once. */
export function checkIdentifiers(request: { raw: Candidates; configuration: ResolvedConfiguration }): {
  identifiers: readonly SubmittedIdentifier[];
  problems: readonly Problem[];
} {
  const { raw, configuration } = request;
  const problems: Problem[] = [];
  const identifiers: SubmittedIdentifier[] = [];
  for (const [position, candidate] of raw.subject.identifiers.entries()) {
    const path = `subject.identifiers[${position}].value`;
    const identifier = normaliseIdentifier({ ...candidate, emailLocalPart: configuration.emailLocalPart });
    if (identifier === null) problems.push({ path, code: candidate.value.isWellFormed() ? "invalidIdentifier" : "loneSurrogate" });
    else if (identifier.kind !== "phone" && holdsPaymentCardNumber(identifier.value)) {
      problems.push({ path, code: "paymentCardNumber" });
    } else if (!identifiers.some(({ kind, value }) => kind === identifier.kind && value === identifier.value)) {
      identifiers.push({ ...identifier, position });
    }
  }
  const rank = (identifier: SubmittedIdentifier): number => configuration.precedence.indexOf(identifier.kind);
  return { identifiers: identifiers.toSorted((left, right) => rank(left) - rank(right)), problems };
}

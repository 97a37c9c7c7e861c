import type { Catalogue, CataloguedPurpose } from "@volenti/core/adapter";
import { latestNotice } from "../../support/latest-notice.ts";
import { toProblem } from "../rights-problem.ts";
import { choosePurposes, type DecidingKind } from "./choose-purposes.ts";
import { findSubmissionIdentifiers } from "./find-submission-identifiers.ts";
import type { Fulfilment, FulfilmentRequest } from "./fulfilment.ts";
import { submit, targetsOfResult } from "./submit.ts";

const STATUSES = { object: "objected", optOut: "optedOut", limit: "optedOut", withdraw: "withdrawn" } as const;

/** Records an objection, an opt-out, a limit or a withdrawal for each purpose that it is about, in all channels. */
export async function decide(request: FulfilmentRequest & { kind: DecidingKind }): Promise<Fulfilment> {
  const { volenti, rightsRequest, kind, places } = request;
  const { catalogue } = volenti;
  const { sensitivePurposes } = volenti.rights;
  const purposes = choosePurposes({ kind, purpose: rightsRequest.purpose, catalogue, sensitivePurposes });
  if (purposes === "notCovered") return { targets: [], denied: "claim_not_covered" };
  if (typeof purposes === "string") return { targets: [], problem: toProblem(purposes) };
  const decisions = purposes.flatMap((purpose) => toDecision({ purpose, kind, catalogue, country: rightsRequest.place.country }));
  if (decisions.length < purposes.length) {
    const lacking = purposes.filter(({ key }) => !decisions.some(({ purpose }) => purpose === key));
    return { targets: [], problem: toProblem("noNotice", lacking.map(({ key }) => ({ path: `purposes.${key}`, code: "noNotice" }))) };
  }
  const identifiers = await findSubmissionIdentifiers(request);
  if (identifiers === null) return { targets: [], problem: toProblem("personRequired") };
  const result = await submit({ volenti, rightsRequest, identifiers, content: { decisions } });
  if (result.outcome === "rejected") return { targets: [], problem: toProblem("invalidInput", result.problems), result };
  return { targets: targetsOfResult({ places, result, outcome: "refused" }), result };
}

/** Without a channel: it speaks for every channel of the purpose, and for those to come. */
function toDecision(request: {
  purpose: CataloguedPurpose;
  kind: DecidingKind;
  catalogue: Catalogue;
  country: string | null;
}): readonly (Readonly<Record<string, string>> & { readonly purpose: string })[] {
  const { purpose, kind, catalogue, country } = request;
  const notice = latestNotice({ purpose: purpose.key, catalogue, country });
  if (notice === undefined) return [];
  const { id, version, locale } = notice;
  return [{ purpose: purpose.key, status: STATUSES[kind], notice: id, noticeVersion: version, locale, method: "rightsRequest" }];
}

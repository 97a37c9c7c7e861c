import { ConnectorError, type CustomerLinkV1, type JsonValue, type LinkOutcomeV1 } from "@volenti/core/adapter";
import { toRowError } from "../intake/row-error.ts";
import { readRowResults, type RowResult } from "../intake/row-result.ts";
import { sendComposite, type CallTerms, type Subrequest } from "../intake/send-composite.ts";
import { REF_FIELD } from "../schema/names.ts";
import { CONNECTOR_ID, type SalesforceSession } from "../transport/salesforce-session.ts";
import { planLink, type PlannedLink } from "./plan-link.ts";
import { readStanding } from "./read-standing.ts";

const OPERATION = "linking.link";
const LINKS_A_STEP = 200;

/**
 * Two calls for up to 200 links: what stands is read, then Individuals and profiles are written in one composite,
 * the Individuals first. A profile row names its Individual by the ref: where the Individual did not take it, the
 * profile is not linked either, so that no run leaves a half that the next one would pass over.
 */
export async function writeLinks(request: {
  session: SalesforceSession;
  links: readonly CustomerLinkV1[];
  signal: AbortSignal | undefined;
}): Promise<readonly LinkOutcomeV1[]> {
  const { session, links, signal } = request;
  const terms: CallTerms = { session, operation: OPERATION, isUrgent: false, signal };
  const outcomes: LinkOutcomeV1[] = [];
  for (let start = 0; start < links.length; start += LINKS_A_STEP) {
    outcomes.push(...(await writeStep({ terms, links: links.slice(start, start + LINKS_A_STEP) })));
  }
  return outcomes;
}

async function writeStep(request: { terms: CallTerms; links: readonly CustomerLinkV1[] }): Promise<readonly LinkOutcomeV1[]> {
  const { terms, links } = request;
  const standing = await readStanding({ terms, links });
  const taken = new Set<string>();
  const planned = links.map((link) => planLink({ link, standing, taken }));
  const toWrite = planned.filter(({ verdict }) => verdict === "write");
  const written = toWrite.length === 0 ? new Map<PlannedLink, LinkOutcomeV1>() : await send({ terms, toWrite });
  return planned.map((plan) => written.get(plan) ?? toOutcome(plan));
}

function toOutcome({ link, verdict }: PlannedLink): LinkOutcomeV1 {
  const { customerId } = link;
  if (verdict === "unchanged" || verdict === "conflict") return { customerId, status: verdict };
  // Deleted, or merged into another, since it was listed.
  const error = new ConnectorError({ code: "rejectedByProvider", connectorId: CONNECTOR_ID, operation: OPERATION, providerCode: "ENTITY_IS_DELETED" });
  return { customerId, status: "failed", error };
}

interface Part {
  readonly referenceId: string;
  readonly path: readonly string[];
  readonly plans: readonly PlannedLink[];
  readonly toRow: (plan: PlannedLink) => JsonValue;
}

async function send(request: { terms: CallTerms; toWrite: readonly PlannedLink[] }): Promise<ReadonlyMap<PlannedLink, LinkOutcomeV1>> {
  const { terms, toWrite } = request;
  const parts = toParts({ session: terms.session, toWrite }).filter(({ plans }) => plans.length > 0);
  const subrequests = parts.map(({ referenceId, path, plans, toRow }): Subrequest => ({
    method: "PATCH",
    path,
    referenceId,
    body: { allOrNone: false, records: plans.map(toRow) },
  }));
  const answers = await sendComposite({ ...terms, changes: true, subrequests });
  const failures = new Map<PlannedLink, RowResult>();
  for (const [position, { plans }] of parts.entries()) {
    const answer = answers[position];
    const results = readRowResults({ status: answer?.status ?? 0, body: answer?.body, count: plans.length });
    for (const [index, plan] of plans.entries()) {
      const result = results[index];
      // The first failure is the cause: a profile fails after its Individual.
      if (result?.isWritten === false && !failures.has(plan)) failures.set(plan, result);
    }
  }
  return new Map(toWrite.map((plan) => [plan, describeWritten({ plan, failure: failures.get(plan) })]));
}

/** Parents first. */
function toParts(request: { session: SalesforceSession; toWrite: readonly PlannedLink[] }): readonly Part[] {
  const { objectName, individual } = request.session.settings.profile;
  const { toWrite } = request;
  return [
    {
      referenceId: "newIndividuals",
      path: ["composite", "sobjects", "Individual", REF_FIELD],
      plans: toWrite.filter(({ individual }) => individual === "make"),
      toRow: ({ link: { subjectRef } }) => ({ attributes: { type: "Individual" }, [REF_FIELD]: subjectRef, LastName: labelOf(subjectRef) }),
    },
    {
      referenceId: "individuals",
      path: ["composite", "sobjects"],
      plans: toWrite.filter(({ individual }) => individual === "name"),
      toRow: ({ link: { subjectRef }, individualId }) => ({ attributes: { type: "Individual" }, id: individualId, [REF_FIELD]: subjectRef }),
    },
    {
      referenceId: "profiles",
      path: ["composite", "sobjects"],
      plans: toWrite,
      toRow: ({ link: { customerId, subjectRef } }) => ({
        attributes: { type: objectName },
        id: customerId,
        [REF_FIELD]: subjectRef,
        [individual]: { [REF_FIELD]: subjectRef },
      }),
    },
  ];
}

/** An Individual needs a family name; whose it is stays in the profile. */
function labelOf(subjectRef: string): string {
  return `Customer ${subjectRef.slice(0, 8)}`;
}

function describeWritten(request: { plan: PlannedLink; failure: RowResult | undefined }): LinkOutcomeV1 {
  const { plan, failure } = request;
  const { customerId } = plan.link;
  if (failure === undefined || failure.isWritten) return { customerId, status: "linked" };
  // The unique key: another record took the ref since it was looked at.
  if (failure.errors.some(({ statusCode, errorCode }) => (statusCode ?? errorCode) === "DUPLICATE_VALUE")) return { customerId, status: "conflict" };
  return { customerId, status: "failed", error: toRowError({ result: failure, operation: OPERATION }) };
}

import { ConnectorError, type Volenti } from "@volenti/core";
import type { LinkingFacetV1 } from "@volenti/core/adapter";
import { failureCode } from "../support/failure-code.ts";
import type { LinkingReport, LinkingRequest } from "./linking-report.ts";
import type { LinkingRun } from "./linking-run.ts";
import { surveyCustomers } from "./survey-customers.ts";
import { createLinkTally, type LinkTally } from "./tally.ts";
import { writeLinks } from "./write-links.ts";

/** Matches the customers of a destination to ours in two passes: look at all of them, then link those who are there once. */
export async function linkCustomers(given: { volenti: Volenti; request: LinkingRequest }): Promise<LinkingReport> {
  const { volenti, request } = given;
  const { destinationId, apply, onFinding, signal } = request;
  const run: LinkingRun = { volenti, request, linking: findLinking(given) };
  const tally = createLinkTally(onFinding);
  const end = (outcome: LinkingReport["outcome"], code?: string): LinkingReport => ({
    destinationId,
    applied: apply,
    outcome,
    ...(code === undefined ? {} : { code }),
    ...tally.read(),
  });
  const isAborted = (): boolean => signal?.aborted === true;
  // Whatever is not known of the whole is not linked in part: a survey that fails ends the run.
  const claims = await surveyCustomers({ run, tally }).catch((error: unknown) => {
    if (!isAborted()) throw error;
    return null;
  });
  if (claims === null || isAborted()) return end("interrupted");
  if (!apply && onFinding === undefined) return end("complete");
  return finish({ run, tally, end, isAborted, write: () => writeLinks({ run, claims, tally }) });
}

/** What was linked before a failure is linked: the report says it, and the failure's code. */
async function finish(request: {
  run: LinkingRun;
  tally: LinkTally;
  end: (outcome: LinkingReport["outcome"], code?: string) => LinkingReport;
  isAborted: () => boolean;
  write: () => Promise<void>;
}): Promise<LinkingReport> {
  const { end, isAborted, write } = request;
  try {
    await write();
  } catch (error) {
    if (isAborted()) return end("interrupted");
    if (!ConnectorError.isInstance(error)) throw error;
    return end("stopped", failureCode(error));
  }
  return end(isAborted() ? "interrupted" : "complete");
}

function findLinking(given: { volenti: Volenti; request: LinkingRequest }): LinkingFacetV1 {
  const { volenti, request } = given;
  const connector = volenti.destinations.get(request.destinationId);
  if (connector?.linking !== undefined) return connector.linking;
  throw new ConnectorError({
    code: connector === undefined ? "invalidInput" : "unsupported",
    connectorId: connector?.connectorId ?? "governance",
    operation: "link",
    fieldNames: ["destinationId"],
  });
}

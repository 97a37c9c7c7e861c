import type { ObservedEvent, SubmissionResult, VolentiConfiguration } from "@volenti/core";
import { ConnectorError, type ConnectorErrorCode, type ConnectorV1, type SubjectWriteV1, type WriteOutcomeV1 } from "@volenti/core/adapter";
import { createBrand } from "./create-brand.ts";
import { makeDecision, makeSubmission } from "./make-submission.ts";

export type Answer = "written" | "locked" | "throttled" | "refused" | "unknown";
/** What the system does with an item of the n-th write. Throws where the call fails as a whole. */
export type Server = (call: { write: number; width: number; name: string }) => Answer;

const CODES: Readonly<Record<Exclude<Answer, "written">, ConnectorErrorCode>> = {
  locked: "unavailable",
  throttled: "rateLimited",
  refused: "rejectedByProvider",
  unknown: "outcomeUnknown",
};

export const failure = (code: ConnectorErrorCode): ConnectorError =>
  new ConnectorError({ code, connectorId: "fake", operation: "intake.write", providerCode: "UNABLE_TO_LOCK_ROW" });

const nameOf = ({ subject }: SubjectWriteV1): string => subject.identifiers[0]?.value.split("@")[0] ?? "";

/** Collects one submission of each named person for a destination that answers as it is told. */
export async function collectFromServer(request: { names: readonly string[]; server: Server; configuration?: Partial<VolentiConfiguration>; status?: string; stopAfter?: number }): Promise<{
  results: Record<string, string>;
  writes: string[][];
  events: ObservedEvent[];
}> {
  const { names, server, configuration, status = "given" } = request;
  const writes: string[][] = [];
  const events: ObservedEvent[] = [];
  const stop = new AbortController();
  const wrap = (connector: ConnectorV1): ConnectorV1 => ({
    ...connector,
    intake: {
      write: async (batch) => {
        const write = writes.push(batch.items.map(nameOf));
        if (write === request.stopAfter) stop.abort();
        const answers = batch.items.map((item) => server({ write, width: batch.items.length, name: nameOf(item) }));
        const written = await connector.intake.write({ ...batch, items: batch.items.filter((_, index) => answers[index] === "written") });
        const rest = written[Symbol.iterator]();
        return batch.items.map(({ writeId }, index): WriteOutcomeV1 => {
          const answer = answers[index] ?? "written";
          return answer === "written" ? rest.next().value! : { writeId, status: "failed", error: failure(CODES[answer]) };
        });
      },
    },
  });
  const { volenti } = createBrand({
    destinations: { eu: { region: "EU", ledger: false, wrap } },
    configuration: { routes: [{ to: ["eu"] }], observe: (event) => events.push(event), ...configuration },
  });
  const submissions = names.map((name) => makeSubmission({ subject: { identifiers: [{ kind: "email", value: `${name}@example.com` }] }, decisions: [makeDecision({ status })] }));
  const results: SubmissionResult[] = [];
  for await (const result of volenti.collectMany(submissions, { signal: stop.signal })) results.push(result);
  return { results: Object.fromEntries(results.map(({ destinations, line }) => [names[line - 1], destinations[0]?.outcome ?? ""])), writes, events };
}

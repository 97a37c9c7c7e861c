import type { LedgerAnswerV1, LedgerQueryV1 } from "../connector/v1/ledger-facet-v1.ts";
import { ConnectorError } from "../error/connector-error.ts";
import { COUNTRY_CODES } from "../model/country-code.ts";
import { createCountryReader } from "../model/read-country.ts";
import { callWithRetries } from "../retry/call-with-retries.ts";
import type { NamedBy, SubjectNaming } from "../subject-naming.ts";
import { toBase32, toHexadecimal, toUtf8 } from "../support/bytes.ts";
import { toUuid } from "../support/to-uuid.ts";
import { checkIdentifiers } from "./check-identifiers.ts";
import type { CollectPorts, Destination } from "./collect-ports.ts";
import { planRoute } from "./plan-route.ts";
import { REF_LENGTH_IN_BYTES, refsWithoutLedger } from "./ref-without-ledger.ts";

type NamingPorts = Pick<CollectPorts, "configuration" | "destinations" | "clock" | "random">;
type Consultation = Parameters<SubjectNaming["consult"]>[0];

/** Names people without a submission, by the very parts that name those of submissions. */
export function createSubjectNaming(ports: NamingPorts): SubjectNaming {
  const { configuration } = ports;
  const { keyring, controller } = configuration;
  let countryReader: ((text: string) => string | null) | undefined;
  const call = createCall(ports);
  const namedBy = createNamedBy(ports);
  return {
    precedence: configuration.precedence,
    arrange: (candidates) => {
      const { identifiers } = checkIdentifiers({ raw: { subject: { identifiers: [...candidates] } }, configuration });
      return identifiers.map(({ kind, value }) => ({ kind, value }));
    },
    readCountry: (text) => (countryReader ??= createCountryReader({ homeCountry: controller.country }))(text),
    namedBy,
    refsWithoutLedger: (people) => refsWithoutLedger({ people, controllerId: controller.id, keyring }),
    consult: async (consultation) => {
      const { ledgerId: destinationId, signal } = consultation;
      const queries = await toQueries({ consultation, ports });
      const attempt = ask({ queries, destinationId, signal });
      return call({ destinationId, operation: "consult", attempt, signal });
    },
    call,
  };
}

function ask(request: {
  queries: readonly LedgerQueryV1[];
  destinationId: string;
  signal: AbortSignal | undefined;
}): (connector: Destination["connector"]) => Promise<readonly LedgerAnswerV1[]> {
  const { queries, destinationId, signal } = request;
  return async ({ ledger, connectorId }) => {
    if (ledger === undefined) throw unknownDestination({ connectorId, operation: "consult" });
    const answers = await ledger.consult({ queries, ...(signal === undefined ? {} : { signal }) });
    if (answers.length === queries.length) return answers;
    throw new ConnectorError({ code: "malformedResponse", connectorId: destinationId, operation: "ledger.consult" });
  };
}

/** A submission that never was: its id is a new one, and whoever was erased since the beginning of time is told. */
async function toQueries(request: { consultation: Consultation; ports: NamingPorts }): Promise<readonly LedgerQueryV1[]> {
  const { consultation, ports } = request;
  const { crypto, keyring, controller } = ports.configuration;
  const ids = consultation.people.map(() => toUuid(crypto.randomBytes(16)));
  const { keyId, macs } = await keyring.mac({ use: "submission", messages: ids.map((id) => toUtf8(`${controller.id}\u0000${id}`)) });
  return consultation.people.map(({ identifiers, country }, index) => ({
    proposedRef: toBase32(crypto.randomBytes(REF_LENGTH_IN_BYTES)),
    identifiers,
    submission: { submissionId: ids[index] ?? "", contentDigest: toHexadecimal(macs[index] ?? new Uint8Array(0)), keyId },
    decisionIds: [],
    country,
    test: false,
    occurredAt: 0,
    onlyRefuses: false,
  }));
}

function createNamedBy({ configuration }: NamingPorts): SubjectNaming["namedBy"] {
  const known = new Map<string, NamedBy>();
  const find = (request: { destinationId: string; country: string }): NamedBy => {
    const { steps, ledgerId } = planRoute({ country: request.country, rules: configuration.route });
    if (!steps.some(({ destinationId }) => destinationId === request.destinationId)) return { kind: "notRouted" };
    return ledgerId === null ? { kind: "digest" } : { kind: "ledger", ledgerId };
  };
  const remember = (request: { destinationId: string; country: string }): NamedBy => {
    const key = `${request.destinationId} ${request.country}`;
    const named = known.get(key) ?? find(request);
    known.set(key, named);
    return named;
  };
  return ({ destinationId, country }) => {
    if (country !== null) return remember({ destinationId, country });
    const answers = [...COUNTRY_CODES].map((code) => remember({ destinationId, country: code })).filter(({ kind }) => kind !== "notRouted");
    const [first] = answers;
    if (first === undefined) return { kind: "notRouted" };
    return answers.every((answer) => isSame({ left: answer, right: first })) ? first : { kind: "dependsOnCountry" };
  };
}

function isSame(request: { left: NamedBy; right: NamedBy }): boolean {
  const { left, right } = request;
  if (left.kind === "ledger" && right.kind === "ledger") return left.ledgerId === right.ledgerId;
  return left.kind === right.kind;
}

function createCall(ports: NamingPorts): SubjectNaming["call"] {
  return async ({ destinationId, operation, attempt, signal }) => {
    const destination = ports.destinations.get(destinationId);
    if (destination === undefined) throw unknownDestination({ connectorId: "volenti", operation });
    const { lane, connector, budget } = destination;
    return lane.run({
      isUrgent: false,
      task: () =>
        callWithRetries({
          attempt: () => attempt(connector),
          policy: ports.configuration.retry,
          budget,
          clock: ports.clock,
          random: ports.random,
          carriesRefusals: false,
          mayRepeatUnknown: true,
          signal,
        }),
    });
  };
}

function unknownDestination(request: { connectorId: string; operation: string }): ConnectorError {
  return new ConnectorError({ ...request, code: "invalidInput", fieldNames: ["destinationId"] });
}

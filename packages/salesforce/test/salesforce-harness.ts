import type { ConformanceFaults, ConformanceHarness, ConformanceProbe } from "@volenti/conformance";
import type { JsonValue } from "@volenti/core/adapter";
import { ConnectionResetError, createSalesforceEmulator, listenOnLoopback, type SalesforceEmulator } from "@volenti/emulators";
import { createSalesforceConnector } from "../src/index.ts";
import { startConnectionCounter } from "../../../tools/test-support/start-connection-counter.ts";
import { createOrgClock, deployPackage, loginTo } from "./support/read-org.ts";

/** Runs the kit against an org of its own: the emulator behind a relay, with the package deployed from its source folder. */
export async function createSalesforceHarness(): Promise<ConformanceHarness> {
  const emulator = createSalesforceEmulator({ now: createOrgClock() });
  deployPackage(emulator);
  const network = createNetwork(emulator);
  const server = await listenOnLoopback({ handle: network.handle });
  const relay = await startConnectionCounter({ url: server.url });
  return {
    name: "salesforce (emulator)",
    pace: "slow",
    connect: () => createSalesforceConnector(loginTo({ emulator, url: relay.url })),
    probe: { ...createProbe(emulator), countCalls: network.countCalls, countConnections: relay.count },
    faults: network.faults,
    addUnlinked: ({ identifier: { kind, value } }) => {
      const field = { email: "Email", phone: "MobilePhone" }[kind as string];
      return field === undefined ? null : emulator.org.insert({ objectName: "Contact", values: { LastName: "Unlinked", [field]: value } });
    },
    dispose: async () => {
      await network.faults.clear();
      await relay.close();
      await server.close();
    },
  };
}

/** Where the probe finds an attribute: written down here once more, so that a wrong map of the adapter's shows. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  givenName: "FirstName",
  familyName: "LastName",
  email: "Email",
  phoneNumber: "MobilePhone",
  birthdate: "Birthdate",
  gender: "VolentiGender__c",
  locale: "VolentiLocale__c",
  "address.streetAddress": "MailingStreet",
  "address.locality": "MailingCity",
  "address.region": "MailingState",
  "address.postalCode": "MailingPostalCode",
  "address.country": "MailingCountry",
};

/** Looks into the org from inside, never through the connector. */
function createProbe({ org }: SalesforceEmulator): ConformanceProbe {
  const rowsOf = (request: { objectName: string; field: string; subjectRef: string }): Record<string, unknown>[] =>
    org.rows(request.objectName).filter((row) => row[request.field] === request.subjectRef);
  return {
    holdsPerson: ({ subjectRef }) => ["Individual", "Contact"].some((objectName) => rowsOf({ objectName, field: "VolentiRef__c", subjectRef }).length > 0),
    listDecisions: ({ subjectRef }) =>
      rowsOf({ objectName: "VolentiDecision__c", field: "VolentiSubjectRef__c", subjectRef })
        .toSorted((left, right) => String(left["Name"]).localeCompare(String(right["Name"])))
        .map((row) => ({ decisionId: String(row["VolentiDecisionId__c"]), canonical: String(row["VolentiCanonical__c"]), hash: String(row["VolentiHash__c"]) })),
    listStates: ({ subjectRef }) =>
      rowsOf({ objectName: "ContactPointTypeConsent", field: "VolentiSubjectRef__c", subjectRef }).map((row) => ({
        purpose: String(row["VolentiPurpose__c"]),
        channel: String(row["VolentiChannel__c"]),
        decisionId: String(row["VolentiDecisionId__c"]),
        status: String(row["VolentiStatus__c"]) as "given",
        effectiveAt: Number(row["VolentiEffectiveAt__c"]),
      })),
    readAttributes: ({ subjectRef }) => {
      const contacts = rowsOf({ objectName: "Contact", field: "VolentiRef__c", subjectRef });
      const present = contacts.flatMap((row) =>
        Object.entries(ATTRIBUTES).flatMap(([attribute, field]): [string, JsonValue][] => {
          const value = row[field] as JsonValue | undefined;
          const isAbsent = value === undefined || value === null || (field === "LastName" && value === "(not given)");
          return isAbsent ? [] : [[attribute, value]];
        }),
      );
      return Object.fromEntries(present);
    },
    countLinks: () => 0,
    // What was deleted lies in the recycle bin, and is held.
    dump: () => org.dump({ withRecycleBin: true }),
  };
}

type NetworkFault = "unavailable" | "dropAfterApply" | "dropBeforeApply" | "rateLimited" | "malformed" | "stalled";

/** The way to the org, and what can go wrong on it. */
function createNetwork(emulator: SalesforceEmulator): {
  handle: (request: Request) => Promise<Response>;
  countCalls: () => number;
  faults: ConformanceFaults;
} {
  let calls = 0;
  let fault: NetworkFault | null = null;
  let retryAfter = "";
  let stall = Promise.withResolvers<void>();
  const arm = (kind: NetworkFault) => (): void => void (fault = kind);
  const handle = async (request: Request): Promise<Response> => {
    calls += 1;
    const body = request.method === "GET" ? null : await request.clone().text();
    if (fault === "stalled") await stall.promise;
    if (fault === "unavailable") return answer({ status: 503, body: [{ errorCode: "SERVER_UNAVAILABLE", message: "The server is temporarily unavailable" }] });
    if (fault === "rateLimited") return answer({ status: 429, body: [{ errorCode: "REQUEST_LIMIT_EXCEEDED", message: "Limit exceeded" }], headers: { "Retry-After": retryAfter } });
    if (fault === "malformed") return new Response("<html><body>Maintenance</body></html>", { status: 200, headers: { "Content-Type": "text/html" } });
    if (fault === "dropBeforeApply") throw new ConnectionResetError();
    const isStruck = fault === "dropAfterApply";
    const response = await emulator.handle(request);
    if (isStruck && (await hasApplied({ request, body, response: response.clone() }))) throw new ConnectionResetError();
    return response;
  };
  const faults: ConformanceFaults = {
    clear: () => {
      fault = null;
      stall.resolve();
      stall = Promise.withResolvers();
      emulator.faults.clear();
    },
    unavailable: arm("unavailable"),
    dropAfterApply: arm("dropAfterApply"),
    dropBeforeApply: arm("dropBeforeApply"),
    malformed: arm("malformed"),
    stalled: arm("stalled"),
    rateLimited: ({ notBefore }) => {
      fault = "rateLimited";
      retryAfter = new Date(notBefore).toUTCString();
    },
    expiredSession: () => emulator.faults.expireSessions(),
    refuseSubject: ({ subjectRef }) => emulator.faults.refuseKey({ value: subjectRef, statusCode: "FIELD_INTEGRITY_EXCEPTION", message: "refused" }),
  };
  return { handle, countCalls: () => calls, faults };
}

function answer(request: { status: number; body: unknown; headers?: Record<string, string> }): Response {
  return Response.json(request.body, { status: request.status, headers: request.headers ?? {} });
}

/** Composites carry queries too, and writes that wait for what was asked before them: only what was applied is lost. */
async function hasApplied(call: { request: Request; body: string | null; response: Response }): Promise<boolean> {
  const { request, body, response } = call;
  if (request.method === "GET" || body === null || request.url.includes("/oauth2/")) return false;
  if (!request.url.endsWith("/composite")) return response.status < 300;
  const { compositeRequest = [] } = JSON.parse(body) as { compositeRequest?: readonly { method: string }[] };
  const { compositeResponse = [] } = (await response.json()) as { compositeResponse?: readonly { httpStatusCode: number }[] };
  return compositeRequest.some(({ method }, index) => method !== "GET" && (compositeResponse[index]?.httpStatusCode ?? 400) < 300);
}

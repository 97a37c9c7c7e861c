import { afterEach, describe, expect, it } from "vitest";
import type { Clock } from "@volenti/core/adapter";
import type { SalesforceSession } from "../src/transport/salesforce-session.ts";
import { createTestClock, openSession, rejection, startOrg, type Script, type ScriptedOrg } from "./support/transport-org.ts";

const ZIP = Buffer.from("PK\u0003\u0004 a package");
const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const resource of opened.splice(0).toReversed()) await resource.close();
});

async function connect(answer: Script, clock?: Clock): Promise<{ org: ScriptedOrg; session: SalesforceSession }> {
  const org = await startOrg({ answer });
  const session = openSession({ options: { loginUrl: org.url }, ...(clock === undefined ? {} : { clock }) });
  opened.push(org, session);
  return { org, session };
}

const deploy = (session: SalesforceSession): ReturnType<SalesforceSession["deploy"]> => session.deploy({ zip: ZIP, operation: "provisioning.apply" });

/** Under way for so many looks. */
function deployingFor(looks: number): Script {
  let seen = 0;
  return ({ method }) => {
    if (method === "POST") return { status: 201, body: { id: "0Af000000000001" } };
    const isDone = ++seen > looks;
    return { body: { deployResult: { done: isDone, status: isDone ? "Succeeded" : "InProgress", success: isDone } } };
  };
}

describe("a deployment", () => {
  it("that does not end within the hour leaves its outcome unknown", async () => {
    const clock = createTestClock();
    const startedAt = clock.now();
    const { session } = await connect(deployingFor(1000), clock);
    expect(await rejection(deploy(session))).toMatchObject({ code: "outcomeUnknown", operation: "provisioning.apply" });
    expect(clock.now() - startedAt).toBeGreaterThan(3_600_000);
    expect(clock.now() - startedAt).toBeLessThan(3_620_000);
  });

  it("is waited for no longer once its caller gives up", { timeout: 10_000 }, async () => {
    const stop = new AbortController();
    const clock: Clock = {
      now: () => 0,
      // A pause that only giving up ends.
      sleep: ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason));
          stop.abort("given up");
        }),
    };
    const { session } = await connect(deployingFor(3), clock);
    await expect(session.deploy({ zip: ZIP, operation: "provisioning.apply", signal: stop.signal })).rejects.toBe("given up");
  });

  it("is sent over REST, waited for, and told with what failed", async () => {
    let looks = 0;
    const { org, session } = await connect(({ method }) => {
      if (method === "POST") return { status: 201, body: { id: "0Af000000000001", deployResult: { status: "Pending" } } };
      const failed = { fullName: "Contact.VolentiRef__c", componentType: "CustomField", problem: "no such type" };
      const isDone = ++looks > 2;
      return { body: { id: "0Af000000000001", deployResult: { id: "0Af000000000001", done: isDone, status: isDone ? "Failed" : "InProgress", success: false, details: { componentFailures: failed } } } };
    });
    expect(await deploy(session)).toEqual({
      status: "Failed",
      failures: [{ component: "Contact.VolentiRef__c", type: "CustomField", problem: "no such type" }],
    });
    expect(org.requests[0]?.url).toBe("/services/data/v62.0/metadata/deployRequest");
    expect(org.requests[0]?.body).toContain("PK\u0003\u0004 a package");
    expect(org.requests[1]?.url).toBe("/services/data/v62.0/metadata/deployRequest/0Af000000000001?includeDetails=true");
  });

  it("goes over SOAP where the org has no REST resource for it", async () => {
    const envelope = (body: string): string =>
      `<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
    const { org, session } = await connect(({ url, body }) => {
      if (url.includes("deployRequest")) return { status: 404, body: [{ errorCode: "NOT_FOUND", message: "no" }] };
      const headers = { "content-type": "text/xml;charset=UTF-8" };
      if (body.includes("checkDeployStatus")) {
        return { headers, body: envelope("<checkDeployStatusResponse><result><done>true</done><id>0Af1</id><status>Succeeded</status><success>true</success></result></checkDeployStatusResponse>") };
      }
      return { headers, body: envelope("<deployResponse><result><done>false</done><id>0Af1</id><state>Queued</state></result></deployResponse>") };
    });
    expect(await deploy(session)).toEqual({ status: "Succeeded", failures: [] });
    expect(org.requests.at(-1)?.url).toBe("/services/Soap/m/62.0");
    expect(org.requests.at(-1)?.headers.authorization).toBeUndefined();
  });

  it("signs in again once where the session expired", async () => {
    const { org, session } = await connect(({ headers, method }) => {
      if (headers.authorization === "Bearer token-1") return { status: 401, body: [{ errorCode: "INVALID_SESSION_ID", message: "x" }] };
      if (method === "POST") return { status: 201, body: { id: "0Af000000000001" } };
      return { body: { deployResult: { done: true, status: "Succeeded", success: true } } };
    });
    expect(await deploy(session)).toEqual({ status: "Succeeded", failures: [] });
    expect(org.tokenRequests).toHaveLength(2);
  });

  it("that the org refuses rejects with its code", async () => {
    const { session } = await connect(() => ({ status: 403, body: [{ errorCode: "INSUFFICIENT_ACCESS", message: "no" }] }));
    expect(await rejection(deploy(session))).toMatchObject({ code: "forbidden", providerCode: "INSUFFICIENT_ACCESS", operation: "provisioning.apply" });
  });
});

import type { Connection, HttpRequest as JsforceRequest } from "jsforce";
import { bodyText, type HttpAnswer } from "@volenti/http-transport";

/** A jsforce connection that holds a session and addresses, and whose every call goes through our own transport. */
export type OrgConnection = Connection;

/** Sends one request of jsforce's; answers only what is a success, for jsforce hides status and headers of the rest. */
export type SendForJsforce = (request: {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | Buffer | undefined;
}) => Promise<HttpAnswer>;

/**
 * Makes one. Without OAuth client and refresh function, so that jsforce has nothing to renew a session with: its loop
 * never ends when a renewed session is refused too. jsforce is loaded here, because loading takes longer than a call.
 */
export async function createOrgConnection(request: {
  instanceUrl: string;
  accessToken: string;
  version: string;
  send: SendForJsforce;
}): Promise<OrgConnection> {
  const { instanceUrl, accessToken, version, send } = request;
  const [{ Connection }, { StreamPromise }, { PassThrough }] = await Promise.all([
    import("jsforce/lib/connection.js"),
    import("jsforce/lib/util/promise.js"),
    import("node:stream"),
    // A connection has only those of jsforce's modules that were loaded before it was made.
    import("jsforce/lib/api/metadata.js"),
  ]);
  const connection = new Connection({ instanceUrl, accessToken, version, logLevel: "NONE" });
  Object.assign(connection, {
    _transport: {
      httpRequest: (call: JsforceRequest) =>
        StreamPromise.create(() => ({
          stream: new PassThrough(),
          promise: toJsforceAnswer(send({ method: call.method, url: call.url, headers: call.headers ?? {}, body: toBody(call.body) })),
        })),
    },
  });
  return connection;
}

/** What the connection's calls are below. */
export function baseAddressOf({ instanceUrl, version }: Pick<OrgConnection, "instanceUrl" | "version">): string {
  return `${instanceUrl}/services/data/v${version}`;
}

async function toJsforceAnswer(answer: Promise<HttpAnswer>): Promise<{ statusCode: number; headers: object; body: string }> {
  const { status, headers, bytes } = await answer;
  return { statusCode: status, headers, body: bodyText({ bytes }) };
}

function toBody(body: unknown): string | Buffer | undefined {
  return typeof body === "string" || Buffer.isBuffer(body) ? body : undefined;
}

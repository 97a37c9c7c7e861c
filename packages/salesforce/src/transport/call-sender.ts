import { ConnectorError } from "@volenti/core/adapter";
import {
  createHttpExchange,
  mapNetworkError,
  openDeadline,
  SESSION_CLOSED,
  TIMED_OUT,
  type Deadline,
  type HttpAnswer,
  type HttpExchange,
  type HttpRequest,
} from "@volenti/http-transport";
import type { Settings } from "../settings.ts";
import { callAddress } from "./call-address.ts";
import type { CallBudget } from "./call-budget.ts";
import { effectiveApiVersion } from "./effective-api-version.ts";
import { baseAddressOf, createOrgConnection, type OrgConnection } from "./org-connection.ts";
import { readAnswer } from "./read-answer.ts";
import { CONNECTOR_ID, type SalesforceAnswer, type SalesforceCall } from "./salesforce-session.ts";
import { createSessionKeeper, type SessionKeeper } from "./session-keeper.ts";
import { signIn } from "./sign-in.ts";

/** The most that is taken of one answer, unpacked: a bulk job's results are the largest. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024;
/** A renewal of the session never waits for a call that waits for it. */
const SPARE_CONNECTIONS = 1;

/** Sends calls under the session that stands, and once more under a new one where it had expired. */
export interface CallSender {
  send(call: SalesforceCall): Promise<SalesforceAnswer>;
  /** The same for an exchange that jsforce words. */
  withConnection<Result>(request: {
    operation: string;
    signal: AbortSignal | undefined;
    run: (connection: OrgConnection) => PromiseLike<Result>;
  }): Promise<Result>;
  destroy(): void;
}

interface Sender {
  readonly settings: Settings;
  readonly budget: CallBudget;
  readonly now: () => number;
  readonly closing: AbortSignal;
  /** Made at the first call: certificates that cannot be read are told then. */
  readonly exchange: (operation: string) => HttpExchange;
  readonly keeper: SessionKeeper;
}

export function createCallSender(request: Pick<Sender, "settings" | "budget" | "now" | "closing">): CallSender {
  const { settings, closing, now } = request;
  let made: HttpExchange | null = null;
  const exchange = (operation: string): HttpExchange => (made ??= createHttpExchange({ settings, operation, connectorId: CONNECTOR_ID, maxAnswerBytes: MAX_ANSWER_BYTES, spareConnections: SPARE_CONNECTIONS }));
  const keeper = createSessionKeeper({
    settings,
    connect: ({ instanceUrl, accessToken }) =>
      createOrgConnection({
        instanceUrl,
        accessToken,
        version: effectiveApiVersion(settings),
        send: (call) => sendForJsforce({ sender, call }),
      }),
    signIn: async ({ auth, operation }) => {
      const deadline = openDeadline({ timeoutInMs: settings.timeoutInMs, closing });
      try {
        return await signIn({ auth, settings, exchange: exchange(operation), operation, now: now(), signal: deadline.signal });
      } finally {
        deadline.end();
      }
    },
  });
  const sender: Sender = { ...request, exchange, keeper };
  return {
    send: (call) => sendCall({ sender, call }),
    withConnection: ({ operation, signal, run }) =>
      underDeadline({ sender, operation, signal, run: (deadline) => underSession({ sender, operation, deadline, run: (connection) => deadline.race(Promise.resolve(run(connection))) }) }),
    destroy: () => made?.destroy(),
  };
}

function sendCall(request: { sender: Sender; call: SalesforceCall }): Promise<SalesforceAnswer> {
  const { sender, call } = request;
  const { operation, changes, signal, isUrgent = false } = call;
  const address = callAddress(call);
  return underDeadline({
    sender,
    operation,
    signal,
    run: (deadline) =>
      underSession({
        sender,
        operation,
        deadline,
        run: async (connection) => {
          const { headers, body } = toMessage(call);
          const url = `${baseAddressOf(connection)}${address}`;
          const authorization = `Bearer ${connection.accessToken ?? ""}`;
          const message = { method: call.method, url, headers: { ...headers, authorization }, body, operation, changes };
          const answer = await exchangeOnce({ sender, isUrgent, message: { ...message, signal: deadline.signal } });
          return settle({ sender, read: () => readAnswer({ answer, call, now: sender.now() }), answer });
        },
      }),
  });
}

/** The day's calls are looked at right before the call goes out: what waited in the lane may find them used up. */
async function exchangeOnce(request: { sender: Sender; isUrgent: boolean; message: HttpRequest }): Promise<HttpAnswer> {
  const { sender, isUrgent, message } = request;
  sender.budget.admit({ isUrgent, operation: message.operation, now: sender.now() });
  return sender.exchange(message.operation).send({ ...message, headers: { accept: "application/json", ...message.headers } });
}

/** Reads the answer, and lets the budget learn from it. */
function settle<Result>(request: { sender: Sender; answer: HttpAnswer; read: () => Result }): Result {
  const { sender, answer, read } = request;
  const now = sender.now();
  try {
    const result = read();
    sender.budget.learn({ headers: answer.headers, now });
    return result;
  } catch (error) {
    if (isDayUsedUp(error)) sender.budget.exhaust({ now });
    else if (answer.status < 500) sender.budget.learn({ headers: answer.headers, now });
    throw error;
  }
}

/** A refusal that names its own end (`Retry-After`) is core's to wait for; only a bare one is remembered here. */
function isDayUsedUp(error: unknown): boolean {
  if (!ConnectorError.isInstance(error) || error.code !== "rateLimited" || error.httpStatus !== 403) return false;
  return error.providerCode === "REQUEST_LIMIT_EXCEEDED" && error.retry.kind === "afterDelay" && error.retry.notBefore === undefined;
}

async function sendForJsforce(request: {
  sender: Sender;
  call: { method: string; url: string; headers: Readonly<Record<string, string>>; body: string | Buffer | undefined };
}): Promise<HttpAnswer> {
  const { sender, call } = request;
  const operation = "provisioning.apply";
  const deadline = openDeadline({ timeoutInMs: sender.settings.timeoutInMs, closing: sender.closing });
  try {
    const message = { ...call, operation, changes: call.method !== "GET", signal: deadline.signal };
    const answer = await exchangeOnce({ sender, isUrgent: false, message });
    const expectation = { operation, changes: message.changes, answer: "text" } as const;
    settle({ sender, answer, read: () => readAnswer({ answer, call: expectation, now: sender.now() }) });
    return answer;
  } finally {
    deadline.end();
  }
}

async function underDeadline<Result>(request: {
  sender: Sender;
  operation: string;
  signal: AbortSignal | undefined;
  run: (deadline: Deadline) => Promise<Result>;
}): Promise<Result> {
  const { sender, operation, signal, run } = request;
  const deadline = openDeadline({ timeoutInMs: sender.settings.timeoutInMs, closing: sender.closing, signal });
  try {
    return await run(deadline);
  } catch (error) {
    // Whoever still waited for the session had sent nothing.
    if (error === TIMED_OUT) throw mapNetworkError({ connectorId: CONNECTOR_ID, error: null, operation, changes: false, wasSent: false, end: "timedOut" });
    if (error === SESSION_CLOSED) throw mapNetworkError({ connectorId: CONNECTOR_ID, error: null, operation, changes: false, wasSent: false, end: "closed" });
    throw error;
  } finally {
    deadline.end();
  }
}

async function underSession<Result>(request: {
  sender: Sender;
  operation: string;
  deadline: Deadline;
  run: (connection: OrgConnection) => Promise<Result>;
}): Promise<Result> {
  const { sender, operation, deadline, run } = request;
  const connection = await deadline.race(sender.keeper.open({ operation }));
  try {
    return await run(connection);
  } catch (error) {
    if (!isExpired(error)) throw error;
    const renewed = await deadline.race(sender.keeper.renew({ stale: connection, operation }));
    if (renewed === null) throw error;
    // Addresses and headers are made anew: the instance may be another one. A second refusal is the answer.
    return run(renewed);
  }
}

function isExpired(error: unknown): boolean {
  return ConnectorError.isInstance(error) && error.code === "unauthenticated" && error.providerCode !== "INVALID_AUTH_HEADER";
}

function toMessage(call: SalesforceCall): { headers: Record<string, string>; body: string | Buffer | undefined } {
  const { body, headers = {} } = call;
  if (body === undefined) return { headers, body: undefined };
  if (isEncoded(body)) return { headers: { ...headers, "content-type": body.contentType }, body: body.bytes };
  if (isText(body)) return { headers: { ...headers, "content-type": body.contentType }, body: body.text };
  return { headers: { ...headers, "content-type": "application/json; charset=UTF-8" }, body: JSON.stringify(body) };
}

function isEncoded(body: SalesforceCall["body"]): body is { readonly bytes: Buffer; readonly contentType: string } {
  return typeof body === "object" && body !== null && "bytes" in body && Buffer.isBuffer(body.bytes);
}

function isText(body: Exclude<SalesforceCall["body"], undefined>): body is { readonly text: string; readonly contentType: string } {
  return typeof body === "object" && body !== null && "contentType" in body && "text" in body && typeof body.text === "string";
}

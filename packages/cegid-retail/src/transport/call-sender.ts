import { createHttpExchange, openDeadline, type HttpAnswer, type HttpExchange } from "@volenti/http-transport";
import type { Settings } from "../settings.ts";
import { checkAddress } from "./check-address.ts";
import { CONNECTOR_ID } from "./connector-id.ts";

/** The most that is taken of one answer, unpacked: five hundred customers, which is more than any search here asks for. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** One message for the tenant's server, below its address. */
export interface Message {
  readonly method: string;
  /** Below the address of the settings, without a slash at its start; encoded already. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly operation: string;
  readonly changes: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Sends messages with the technical user's credentials, every time anew: the session cookie that Y2 offers is not kept. */
export interface CallSender {
  send(message: Message): Promise<HttpAnswer>;
  destroy(): void;
}

export function createCallSender(request: { settings: Settings; closing: AbortSignal }): CallSender {
  const { settings, closing } = request;
  let made: HttpExchange | null = null;
  // At the first call: certificates that cannot be read are told then.
  const exchangeFor = (operation: string): HttpExchange =>
    (made ??= createHttpExchange({ settings, operation, connectorId: CONNECTOR_ID, maxAnswerBytes: MAX_ANSWER_BYTES, spareConnections: 0 }));
  return {
    send: async ({ path, signal, headers, ...message }) => {
      const address = checkAddress({ settings, operation: message.operation });
      const exchange = exchangeFor(message.operation);
      const deadline = openDeadline({ timeoutInMs: settings.timeoutInMs, closing, signal });
      try {
        return await exchange.send({
          ...message,
          url: `${address}/${path}`,
          headers: { ...headers, Authorization: basic(settings) },
          signal: deadline.signal,
        });
      } finally {
        deadline.end();
      }
    },
    destroy: () => made?.destroy(),
  };
}

/** In UTF-8 (RFC 7617, 2.1). */
function basic({ username, password }: Pick<Settings, "username" | "password">): string {
  return `Basic ${Buffer.from(`${username}:${password}`, "utf8").toString("base64")}`;
}

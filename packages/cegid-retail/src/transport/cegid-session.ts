import { ConnectorError, createPriorityLane, systemClock, type ConnectorContextV1, type ConnectorErrorOptions, type PriorityLane } from "@volenti/core/adapter";
import type { Settings } from "../settings.ts";
import { buildEnvelope } from "../soap/build-envelope.ts";
import { soapActionOf, type OperationArguments, type OperationName, type OperationResult } from "../soap/operations.ts";
import { RefusedMemberError } from "../soap/refused-member-error.ts";
import { anonymiseCustomers, type AnonymiseRequest } from "./anonymise-customers.ts";
import { createCallSender, type CallSender } from "./call-sender.ts";
import { CONNECTOR_ID } from "./connector-id.ts";
import { OutdatedReadError } from "./outdated-read-error.ts";
import { readReply } from "./read-reply.ts";
import { createSequence } from "./sequence.ts";

const SERVICE = "CustomerWcfService.svc";

/** One connector's way to one Y2 folder. It goes by `@volenti/http-transport`. */
export interface CegidSession {
  readonly settings: Settings;
  attach(context: ConnectorContextV1): void;
  /** The brand's side of the matter: keys, digests, clock, catalogue. Throws `invalidConfiguration` before `attach`. */
  context(operation: string): ConnectorContextV1;
  /**
   * One operation of CustomerWcfService. No more calls are under way at once, and no more connections open, than
   * `maxConcurrency`. Never retries, never follows a redirect, never signs in twice. Rejects with a `ConnectorError`, or
   * with the signal's own reason; a change whose answer was lost or cannot be read is `outcomeUnknown`. Data that the
   * contract does not have, or XML cannot carry, is `invalidInput` with the member's name; nothing is sent then.
   */
  call<Name extends OperationName>(request: CegidCall<Name>): Promise<OperationResult[Name]>;
  /** The REST pair for anonymisation; see {@link anonymiseCustomers}. */
  anonymise(request: AnonymiseRequest): Promise<void>;
  /** Work of one key goes one after the other, in this session; that of others at once. A signal ends the waiting alone. */
  inSequence<Result>(request: { key: string; work: () => Promise<Result>; signal?: AbortSignal | undefined }): Promise<Result>;
  /** Ends all connections. Calls under way, and every later one, reject. Safe twice. */
  close(): Promise<void>;
}

export interface CegidCall<Name extends OperationName> {
  readonly name: Name;
  readonly arguments: OperationArguments[Name];
  /** The contract's member on whose behalf: `intake.write`. */
  readonly operation: string;
  /** Whether it may change the folder. */
  readonly changes: boolean;
  /** Refusals and rights go ahead of what waits for its turn. */
  readonly isUrgent?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Asked when the call's turn has come: true, and nothing is sent; the call rejects with an `OutdatedReadError`. */
  readonly isOutdated?: (() => boolean) | undefined;
}

interface Setup {
  readonly settings: Settings;
  readonly lane: PriorityLane;
  readonly sender: CallSender;
  readonly now: () => number;
  /** Throws where the session is closed, or its settings are wrong. */
  readonly ensureOpen: (operation: string) => void;
}

/** A session with one folder. Making it does no I/O. */
export function createCegidSession(request: { settings: Settings }): CegidSession {
  const { settings } = request;
  const closing = new AbortController();
  const sender = createCallSender({ settings, closing: closing.signal });
  const sequence = createSequence();
  let attached: ConnectorContextV1 | null = null;
  const ensureOpen = (operation: string): void => {
    if (closing.signal.aborted) throw refusal({ code: "invalidInput", operation, providerCode: "closed" });
    if (settings.error !== null) throw settings.error;
  };
  const now = (): number => (attached?.clock ?? systemClock).now();
  const setup: Setup = { settings, lane: createPriorityLane(settings), sender, now, ensureOpen };
  return {
    settings,
    attach: (context) => void (attached = context),
    context: (operation) => {
      if (attached !== null) return attached;
      throw refusal({ code: "invalidConfiguration", operation, providerCode: "notAttached" });
    },
    call: async (call) => callOperation({ setup, call }),
    anonymise: async (call) => anonymise({ setup, call }),
    inSequence: (work) => sequence.run(work),
    close: async () => {
      closing.abort();
      sender.destroy();
    },
  };
}

async function callOperation<Name extends OperationName>(request: { setup: Setup; call: CegidCall<Name> }): Promise<OperationResult[Name]> {
  const { setup: { settings, lane, sender, now, ensureOpen }, call } = request;
  const { name, operation, changes, isUrgent = false, signal } = call;
  signal?.throwIfAborted();
  ensureOpen(operation);
  const body = toBody({ settings, call });
  const headers = { Accept: "text/xml", "Content-Type": "text/xml; charset=utf-8", SOAPAction: `"${soapActionOf(name)}"` };
  const task = async (): Promise<OperationResult[Name]> => {
    // It may have waited in the lane until the session's end.
    ensureOpen(operation);
    if (call.isOutdated?.() === true) throw new OutdatedReadError();
    const answer = await sender.send({ method: "POST", path: SERVICE, headers, body, operation, changes, signal });
    return readReply({ answer, expectation: { name, operation, changes, timeZone: settings.timeZone, now: now() } });
  };
  return lane.run({ isUrgent, signal, task });
}

async function anonymise(request: { setup: Setup; call: AnonymiseRequest }): Promise<void> {
  const { setup: { settings, lane, sender, now, ensureOpen }, call } = request;
  const { operation, signal } = call;
  signal?.throwIfAborted();
  ensureOpen(operation);
  const task = async (): Promise<void> => {
    ensureOpen(operation);
    return anonymiseCustomers({ ...call, sender, settings, now: now() });
  };
  return lane.run({ isUrgent: true, signal, task });
}

function toBody<Name extends OperationName>(request: { settings: Settings; call: CegidCall<Name> }): string {
  const { settings: { folderId }, call } = request;
  try {
    return buildEnvelope({ name: call.name, arguments: call.arguments, folderId });
  } catch (error) {
    if (!(error instanceof RefusedMemberError)) throw error;
    const fieldNames = error.member === null ? undefined : [error.member];
    throw refusal({ code: "invalidInput", operation: call.operation, providerCode: "notInContract", fieldNames });
  }
}

function refusal(request: Pick<ConnectorErrorOptions, "code" | "operation" | "providerCode" | "fieldNames">): ConnectorError {
  return new ConnectorError({ ...request, connectorId: CONNECTOR_ID });
}

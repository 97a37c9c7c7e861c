import { ConnectorError, createPriorityLane, systemClock, type Clock, type ConnectorContextV1, type ConnectorErrorOptions } from "@volenti/core/adapter";
import type { Settings } from "../settings.ts";
import { createCallBudget } from "./call-budget.ts";
import { createCallSender, type CallSender } from "./call-sender.ts";
import { deployMetadata } from "./deploy-metadata.ts";
import { effectiveApiVersion } from "./effective-api-version.ts";
import { queryRows } from "./query-rows.ts";
import { CONNECTOR_ID, type SalesforceAnswer, type SalesforceCall, type SalesforceSession } from "./salesforce-session.ts";

/** A session with one org. Making it does no I/O; its first call signs in. */
export function createSalesforceSession(request: { settings: Settings }): SalesforceSession {
  const { settings } = request;
  const budget = createCallBudget(settings);
  const lane = createPriorityLane(settings);
  const closing = new AbortController();
  const attachment = createAttachment();
  const now = (): number => attachment.clock().now();
  const sender = createCallSender({ settings, budget, now, closing: closing.signal });
  const ensureOpen = (operation: string): void => {
    if (closing.signal.aborted) throw refusal({ code: "invalidInput", operation, providerCode: "closed" });
    if (settings.error !== null) throw settings.error;
  };
  const session: SalesforceSession = {
    settings,
    attach: attachment.attach,
    context: attachment.context,
    call: async (call) => {
      ensureOpen(call.operation);
      // It may wait in the lane until the session's end.
      return lane.run({ isUrgent: call.isUrgent ?? false, signal: call.signal, task: () => sendWhileOpen({ call, sender, ensureOpen }) });
    },
    signIn: async ({ operation }) => {
      ensureOpen(operation);
      await sender.withConnection({ operation, signal: undefined, run: () => Promise.resolve() });
    },
    query: (query) => queryRows({ session, query, now }),
    deploy: async ({ zip, operation, signal }) => {
      ensureOpen(operation);
      const { clock } = attachment.context(operation);
      return deployMetadata({ zip, operation, signal, clock, withConnection: (run) => sender.withConnection({ operation, signal, run }) });
    },
    usage: () => budget.usage(),
    apiVersion: () => effectiveApiVersion(settings),
    close: async () => {
      closing.abort();
      sender.destroy();
    },
  };
  return session;
}

async function sendWhileOpen(request: {
  call: SalesforceCall;
  sender: CallSender;
  ensureOpen: (operation: string) => void;
}): Promise<SalesforceAnswer> {
  const { call, sender, ensureOpen } = request;
  ensureOpen(call.operation);
  return sender.send(call);
}

interface Attachment extends Pick<SalesforceSession, "attach" | "context"> {
  clock(): Clock;
}

function createAttachment(): Attachment {
  let attached: ConnectorContextV1 | null = null;
  return {
    attach: (context) => {
      attached = context;
    },
    context: (operation) => {
      if (attached !== null) return attached;
      throw refusal({ code: "invalidConfiguration", operation, providerCode: "notAttached" });
    },
    clock: () => attached?.clock ?? systemClock,
  };
}

function refusal(request: Pick<ConnectorErrorOptions, "code" | "operation" | "providerCode">): ConnectorError {
  return new ConnectorError({ ...request, connectorId: CONNECTOR_ID });
}

import { ConnectorError, type ConnectorContextV1 } from "@volenti/core/adapter";
import { mapTemplateError } from "../error/map-template-error.ts";

export const CONNECTOR_ID = "template";

/** One connector's way to the system. The vendor's library is imported in this folder and nowhere else. */
export interface TemplateSession {
  attach(context: ConnectorContextV1): void;
  /** The brand's side of the matter: keys, digests, clock, catalogue. */
  context(operation: string): ConnectorContextV1;
  /** Connects at the first call; rejects with a `ConnectorError`, or with the signal's own reason. */
  call<Result>(request: SessionCall): Promise<Result>;
  close(): void;
}

export interface SessionCall {
  operation: string;
  signal?: AbortSignal | undefined;
}

export function createTemplateSession(): TemplateSession {
  let attached: ConnectorContextV1 | undefined;
  let isClosed = false;
  return {
    attach: (context) => {
      attached = context;
    },
    context: (operation) => {
      if (attached !== undefined) return attached;
      throw new ConnectorError({ code: "invalidConfiguration", connectorId: CONNECTOR_ID, operation });
    },
    call: async ({ operation, signal }) => {
      signal?.throwIfAborted();
      if (isClosed) throw new ConnectorError({ code: "invalidInput", connectorId: CONNECTOR_ID, operation });
      // The call on the system goes here; until then every facet says honestly that it is not supported.
      throw mapTemplateError({ error: { code: "NOT_WRITTEN" }, operation });
    },
    close: () => {
      isClosed = true;
    },
  };
}

import { ConnectorError, type Volenti } from "@volenti/core";

/** Who looks at people, and why: for the access log. */
export interface Viewer {
  /** A login or a role; `unknown` where nobody said. */
  readonly actor: string;
  /** In the actor's words; null where nobody said. */
  readonly reason: string | null;
}

export const UNKNOWN_VIEWER: Viewer = { actor: "unknown", reason: null };

/** Throws `invalidInput` (`reasonRequired`) where the brand wants a reason and none was given: to be asked before anything is read. */
export function checkReason(request: { volenti: Pick<Volenti, "view">; viewer: Viewer; operation: string }): void {
  const { volenti, viewer, operation } = request;
  if (!volenti.view.reasonRequired || (viewer.reason ?? "").trim() !== "") return;
  throw new ConnectorError({
    code: "invalidInput",
    connectorId: "governance",
    operation,
    providerCode: "reasonRequired",
    fieldNames: ["reason"],
  });
}

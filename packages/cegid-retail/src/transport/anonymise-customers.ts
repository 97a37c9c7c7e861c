import { ConnectorError } from "@volenti/core/adapter";
import { mapStatusError } from "../error/map-status-error.ts";
import type { Settings } from "../settings.ts";
import type { CallSender } from "./call-sender.ts";
import { CONNECTOR_ID } from "./connector-id.ts";

export interface AnonymiseRequest {
  /** One goes by its own address; of several, all are anonymised or none. */
  readonly customerIds: readonly string[];
  readonly operation: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The REST pair `customers-anonymization`, which cannot be undone. Throws `unsupported` where the tenant does not have it
 * (a customer who does not exist answers the same 404), `invalidConfiguration` for another verb, and `rejectedByProvider`
 * where Y2 refuses it for allowances or payments that are open.
 */
export async function anonymiseCustomers(request: AnonymiseRequest & { sender: CallSender; settings: Settings; now: number }): Promise<void> {
  const { customerIds, operation, signal, sender, settings, now } = request;
  const { anonymisation, folderId } = settings;
  const fail = (code: "unsupported" | "invalidInput" | "invalidConfiguration"): ConnectorError => new ConnectorError({ code, connectorId: CONNECTOR_ID, operation });
  if (anonymisation === null) throw fail("unsupported");
  if (customerIds.length === 0 || customerIds.some((id) => !isSegment(id))) throw fail("invalidInput");
  const base = [folderId, ...anonymisation.path.split("/").filter((segment) => segment !== "")];
  if (!base.every(isSegment)) throw fail("invalidConfiguration");
  const [only = ""] = customerIds;
  const isOne = customerIds.length === 1;
  const { status, headers, bytes } = await sender.send({
    method: anonymisation.method,
    path: [...base, ...(isOne ? [only] : [])].map(encodeURIComponent).join("/"),
    headers: { Accept: "application/json", "Content-Type": "application/json; charset=utf-8" },
    body: isOne ? "" : JSON.stringify(customerIds),
    operation,
    changes: true,
    signal,
  });
  const isSuccess = status >= 200 && status < 300 && !/html/i.test(headers["content-type"] ?? "");
  if (isSuccess) return;
  const providerCode = codeIn(bytes);
  if (status === 404) throw new ConnectorError({ code: "unsupported", connectorId: CONNECTOR_ID, operation, httpStatus: status, providerCode });
  throw mapStatusError({ status, headers, operation, changes: true, now, providerCode });
}

/** Addresses swallow such segments: they would name another resource. */
function isSegment(segment: string): boolean {
  return segment.isWellFormed() && !/^(?:|\.|\.\.)$/.test(segment);
}

function codeIn(bytes: Uint8Array): string | undefined {
  try {
    const body: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    const code = typeof body === "object" && body !== null && "code" in body ? body.code : undefined;
    return typeof code === "string" && /^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(code) ? code : undefined;
  } catch {
    return undefined;
  }
}

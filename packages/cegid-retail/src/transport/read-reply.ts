import { mapCegidRetailError } from "../error/map-cegid-retail-error.ts";
import { mapStatusError } from "../error/map-status-error.ts";
import { mapUnreadableAnswer } from "../error/map-unreadable-answer.ts";
import type { OperationName, OperationResult } from "../soap/operations.ts";
import { readEnvelope, readResult } from "../soap/read-envelope.ts";
import { UnreadableAnswerError } from "../soap/unreadable-answer-error.ts";
import type { HttpAnswer } from "@volenti/http-transport";
import { parseDocument } from "./parse-document.ts";

interface Expectation<Name extends OperationName> {
  readonly name: Name;
  readonly operation: string;
  readonly changes: boolean;
  readonly timeZone: string;
  readonly now: number;
}

/** What the operation answered. Throws a `ConnectorError` for faults, under whatever status, and for what is no answer: a page with status 200. */
export function readReply<Name extends OperationName>(request: { answer: HttpAnswer; expectation: Expectation<Name> }): OperationResult[Name] {
  const { answer, expectation } = request;
  const { status, headers, bytes } = answer;
  const { name, operation, changes, timeZone, now } = expectation;
  if (status !== 200 && !mayCarryFault(answer)) throw mapStatusError({ status, headers, operation, changes, now });
  try {
    if (isPage({ headers, bytes })) throw new UnreadableAnswerError({ reason: "html" });
    const { kind, element } = readEnvelope(parseDocument(bytes));
    if (kind === "fault") throw mapCegidRetailError({ fault: element, status, operation, changes });
    if (status === 200) return readResult({ element, name, timeZone });
  } catch (error) {
    if (!(error instanceof UnreadableAnswerError)) throw error;
    if (status === 200) throw mapUnreadableAnswer({ error, status, operation, changes });
  }
  throw mapStatusError({ status, headers, operation, changes, now });
}

/** Credentials and redirects are told by the status; whatever body a gateway adds is not ours to read. */
function mayCarryFault({ status, bytes }: HttpAnswer): boolean {
  return status >= 400 && status !== 401 && status !== 403 && bytes.length > 0;
}

function isPage(request: { headers: HttpAnswer["headers"]; bytes: Uint8Array }): boolean {
  const { headers, bytes } = request;
  if (/html/i.test(headers["content-type"] ?? "")) return true;
  return /^\s*<(?:!doctype\s+html|html)\b/i.test(Buffer.from(bytes.subarray(0, 256)).toString("latin1"));
}

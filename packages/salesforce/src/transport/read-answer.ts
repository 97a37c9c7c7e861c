import { malformedAnswer, mapSalesforceError } from "../error/map-salesforce-error.ts";
import { bodyText, type HttpAnswer } from "@volenti/http-transport";
import { readBody } from "./read-body.ts";
import type { SalesforceAnswer, SalesforceCall } from "./salesforce-session.ts";

type Expectation = Pick<SalesforceCall, "operation" | "changes" | "accepts" | "answer">;

/** Statuses under which Salesforce answers nothing, or may. */
const MAY_BE_EMPTY: ReadonlySet<number> = new Set([201, 202, 204]);

/** The answer as its caller takes it. Throws what is no success, and a success that is none: an error page with status 200. */
export function readAnswer(request: { answer: HttpAnswer; call: Expectation; now: number }): SalesforceAnswer {
  const { answer, call, now } = request;
  const { status, headers } = answer;
  const body = bodyText(answer);
  const isSuccess = status >= 200 && status < 300;
  if (!isSuccess) {
    const { value } = readBody(body);
    if (call.accepts?.includes(status) === true) return { status, headers, body: value };
    throw mapSalesforceError({ status, headers, body: value, operation: call.operation, changes: call.changes, now });
  }
  const malformed = (providerCode: string): Error =>
    malformedAnswer({ status, operation: call.operation, changes: call.changes, providerCode });
  if (call.answer === "text") {
    if (/html/i.test(headers["content-type"] ?? "")) throw malformed("HTML");
    return { status, headers, body };
  }
  const { kind, value } = readBody(body);
  if (kind === "text") throw malformed("NO_JSON");
  if (kind === "empty" && !MAY_BE_EMPTY.has(status)) throw malformed("EMPTY");
  return { status, headers, body: value };
}

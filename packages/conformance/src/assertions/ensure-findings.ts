import type { ConnectionReportV1 } from "@volenti/core/adapter";
import { ensure } from "./ensure.ts";

/** Fails the case unless a report is of the contract, and finds no error. */
export function ensureFindings({ findings }: ConnectionReportV1): void {
  for (const { severity, code, message } of findings) {
    ensure({ that: ["error", "warning", "info"].includes(severity), otherwise: `a finding has the severity ${severity}` });
    ensure({ that: /^[a-z][A-Za-z0-9]*$/.test(code), otherwise: "a finding's code is no word in camelCase" });
    ensure({ that: message.length > 0, otherwise: `the finding ${code} has no message` });
    ensure({ that: severity !== "error", otherwise: `a provisioned system was found wanting: ${code}` });
  }
}

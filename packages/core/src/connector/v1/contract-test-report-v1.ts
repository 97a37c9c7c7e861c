import type { JsonValue } from "../../support/json-value.ts";
import type { ConnectionReportV1 } from "./connection-report-v1.ts";

/** What a connector found out about a system whose vendor does not say. */
export interface ContractTestReportV1 extends ConnectionReportV1 {
  /** By the name of the connector's option: the value that the system proved, for the configuration. Empty where none was. */
  readonly settings: Readonly<Record<string, JsonValue>>;
}

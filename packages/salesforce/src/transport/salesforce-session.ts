import type { ConnectorContextV1, JsonValue } from "@volenti/core/adapter";
import type { Soql } from "../query/soql.ts";
import type { Settings } from "../settings.ts";

export const CONNECTOR_ID = "salesforce";

/** One connector's way to the org. The vendor's library is imported in this folder and nowhere else. */
export interface SalesforceSession {
  readonly settings: Settings;
  attach(context: ConnectorContextV1): void;
  /** The brand's side of the matter: keys, digests, clock, catalogue. Throws `invalidConfiguration` before `attach`. */
  context(operation: string): ConnectorContextV1;
  /**
   * One HTTP call below `/services/data/vNN.N/`. Signs in at the first call, and once more when the session expired
   * (shared by concurrent calls). Never retries, never follows a redirect. Rejects with a `ConnectorError` for every
   * answer of 300 and above that `accepts` does not name, or with the signal's own reason.
   */
  call(request: SalesforceCall): Promise<SalesforceAnswer>;
  /**
   * Rows of a SOQL query, page after page; one call a page. A query that quotes texts travels in a body (as the one
   * subrequest of a composite call), because URLs are logged on the way; one that quotes none is a plain GET.
   */
  query(request: {
    soql: Soql;
    operation: string;
    isUrgent?: boolean | undefined;
    signal?: AbortSignal | undefined;
  }): AsyncIterable<SalesforceRow>;
  /** Signs in where there is no session yet; no call that counts against the day. */
  signIn(request: { operation: string }): Promise<void>;
  /** Deploys a package of metadata, and waits for its end. */
  deploy(request: { zip: Uint8Array; operation: string; signal?: AbortSignal | undefined }): Promise<DeploymentReport>;
  /** What the org last said of its daily calls; null before the first answer. */
  usage(): { readonly used: number; readonly limit: number } | null;
  /** `62.0`: the version that calls go to, for addresses inside a composite body. A connection handed in may name a later one. */
  apiVersion(): string;
  /** Ends all connections. Calls under way, and every later one, reject. */
  close(): Promise<void>;
}

export interface SalesforceCall {
  /** The contract's member on whose behalf: `intake.write`. */
  readonly operation: string;
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Segments below the version: each is encoded. `["composite", "sobjects"]`. */
  readonly path: readonly string[];
  readonly query?: Readonly<Record<string, string>> | undefined;
  /** JSON, or a text of another type, or one that is encoded already. */
  readonly body?: JsonValue | { readonly text: string; readonly contentType: string } | { readonly bytes: Buffer; readonly contentType: string } | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Whether it may change the org: a lost answer is then `outcomeUnknown`. */
  readonly changes: boolean;
  /** Whether it may use the reserve of the daily calls: refusals and rights. */
  readonly isUrgent?: boolean | undefined;
  /** Statuses of 300 and above that are answers too (404 of a row that may be absent). */
  readonly accepts?: readonly number[] | undefined;
  /** `text`: the body as it came (CSV). Default `json`. */
  readonly answer?: "json" | "text" | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface SalesforceAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, the text where asked for, null where there was none. */
  readonly body: unknown;
}

export type SalesforceRow = Readonly<Record<string, unknown>>;

export interface DeploymentReport {
  readonly status: "Succeeded" | "SucceededPartial" | "Failed" | "Canceled";
  readonly failures: readonly { readonly component: string; readonly type: string; readonly problem: string }[];
}

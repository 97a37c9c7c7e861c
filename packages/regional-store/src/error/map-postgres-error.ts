import { ConnectorError, type ConnectorErrorCode } from "@volenti/core/adapter";

export const CONNECTOR_ID = "regional-store";

/**
 * When a call failed.
 * - `connecting`: nothing was sent but the role that the call is to run under
 * - `revertible`: sent in a transaction that was not asked to commit: nothing was applied
 * - `sent`: the server may have applied it
 */
export type CallPhase = "connecting" | "revertible" | "sent";

interface CodeRule {
  readonly pattern: RegExp;
  readonly code: ConnectorErrorCode;
  readonly providerCode?: string;
  /** The one phase that it holds in; absent: all. */
  readonly phase?: CallPhase;
}

// SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html. The first that fits holds.
const SQLSTATE_RULES: readonly CodeRule[] = [
  { pattern: /^(?:40001|40P01|55P03|57P03|25006|53...)$/, code: "unavailable" },
  { pattern: /^57014$/, code: "timedOut" },
  { pattern: /^28...$/, code: "unauthenticated" },
  { pattern: /^42501$/, code: "forbidden" },
  // The schema, a table, one of its columns or a function that provisioning makes is not there.
  { pattern: /^(?:3F000|42P01|42703|42883|42704)$/, code: "invalidConfiguration", providerCode: "notProvisioned" },
  // So says SET ROLE of a role that is not there. Of a statement, it means a value that a function does not take.
  { pattern: /^22023$/, code: "invalidConfiguration", providerCode: "notProvisioned", phase: "connecting" },
  { pattern: /^3D000$/, code: "invalidConfiguration" },
  { pattern: /^0A000$/, code: "unsupported" },
];

const NETWORK_CODE = /^E[A-Z]+$/;
const TLS_CODE = /^(?:ERR_TLS|ERR_SSL|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|CERT_|HOSTNAME_MISMATCH)/;

/**
 * Turns what `pg`, PGlite or a socket threw into the one error. Reads codes alone: messages and details of PostgreSQL
 * quote rows.
 */
export function mapPostgresError(request: {
  error: unknown;
  operation: string;
  effect: "read" | "write";
  phase: CallPhase;
}): ConnectorError {
  const { error, operation, effect, phase } = request;
  if (ConnectorError.isInstance(error)) return error;
  const providerCode = codeOf(error);
  const fail = (code: ConnectorErrorCode, named = providerCode): ConnectorError =>
    new ConnectorError({ code, connectorId: CONNECTOR_ID, operation, providerCode: named, cause: error });
  if (providerCode !== undefined && isSqlstate(providerCode)) {
    const rule = SQLSTATE_RULES.find((each) => each.pattern.test(providerCode) && (each.phase ?? phase) === phase);
    if (rule !== undefined) return fail(rule.code, rule.providerCode ?? providerCode);
    if (!/^(?:08|57P|58)/.test(providerCode)) return fail("rejectedByProvider");
  }
  if (providerCode !== undefined && TLS_CODE.test(providerCode)) return fail("invalidConfiguration");
  // What is left is a connection that ended, with a code or (pg's own) without.
  if (phase === "sent" && effect === "write") return fail("outcomeUnknown");
  const isSilence = (error as { name?: unknown } | null)?.name === "TimeoutError";
  return fail(isSilence && phase === "sent" ? "timedOut" : "unavailable");
}

/** Whether the server refused the data itself, so that other items of the batch may still be good. */
export function isDataRefusal(error: unknown): boolean {
  return ConnectorError.isInstance(error) && error.code === "rejectedByProvider" && /^2[23]/.test(error.providerCode ?? "");
}

/** Whether two who provision the same server at once met: running again settles it. */
export function isProvisioningRace(error: unknown): boolean {
  const code = ConnectorError.isInstance(error) ? error.providerCode : codeOf(error);
  return code !== undefined && /^(?:23505|42P06|42P07|42710|XX000|40P01)$/.test(code);
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { code } = error as { code?: unknown };
  return typeof code === "string" && /^[A-Za-z0-9_]{1,64}$/.test(code) ? code : undefined;
}

function isSqlstate(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code) && !NETWORK_CODE.test(code);
}

import type { ConnectionFindingV1, ConnectionReportV1 } from "@volenti/core/adapter";
import { catalogueParameters, missingKeys, type CatalogueReport } from "../catalogue/catalogue-registration.ts";
import { driftedMigrations, pendingMigrations } from "../provisioning/provisioning-facet.ts";
import type { StoreParts } from "../store-parts.ts";
import { STORE_ROLES } from "../transport/migrations/bootstrap.ts";
import { STATEMENTS } from "../transport/statements.ts";

const MINIMUM_VERSION = 150_000;
const TOLERATED_SKEW_IN_MS = 30_000;

interface ServerReport {
  readonly version: number;
  readonly fsync: string;
  readonly synchronousCommit: string;
  readonly isLocal: boolean;
  readonly isEncrypted: boolean;
  readonly nowInMs: number;
  readonly roles: readonly string[];
  readonly memberOf: readonly string[];
  readonly isProvisioned: boolean;
  readonly unforced: readonly string[];
}

/** Reaches the store and says what will go wrong, or is lost, before it does. */
export async function checkStoreConnection(request: { parts: StoreParts; isEmbedded: boolean }): Promise<ConnectionReportV1> {
  const { parts, isEmbedded } = request;
  const startedAt = parts.context.clock.now();
  const server = (await parts.sessions.run({
    operation: "checkConnection",
    role: "login",
    statement: STATEMENTS.inspectServer,
    parameters: [],
    effect: "read",
  })) as ServerReport;
  const skewInMs = server.nowInMs - (startedAt + parts.context.clock.now()) / 2;
  const findings = isEmbedded ? judgeEmbedded() : [...judgeServer({ server, skewInMs }), ...judgeRoles(server)];
  if (!server.isProvisioned) return { findings: [...findings, NOT_PROVISIONED] };
  if (!server.memberOf.includes("volenti_writer")) return { findings };
  const report = (await parts.sessions.run({
    operation: "checkConnection",
    role: "writer",
    statement: STATEMENTS.compareCatalogue,
    parameters: catalogueParameters(parts.context.catalogue),
    effect: "read",
  })) as CatalogueReport;
  return { findings: [...findings, ...judgeContents({ report, missing: missingKeys({ report, described: await parts.keys.list() }) })] };
}

const NOT_PROVISIONED: ConnectionFindingV1 = {
  severity: "error",
  code: "notProvisioned",
  message: "The schema is missing: nobody provisioned the store.",
};

const SCHEMA_OUTDATED: ConnectionFindingV1 = {
  severity: "error",
  code: "schemaOutdated",
  message: "The schema is that of an earlier version, and lacks what this one needs.",
};

function judgeEmbedded(): ConnectionFindingV1[] {
  return [
    {
      severity: "warning",
      code: "durabilityNone",
      message: "EMBEDDED STORE, FOR DEVELOPMENT AND DEMONSTRATION ONLY: it does not wait for the disk, so that a power cut loses records. Use PostgreSQL where a record counts.",
    },
  ];
}

function* judgeServer(request: { server: ServerReport; skewInMs: number }): Generator<ConnectionFindingV1> {
  const { server, skewInMs } = request;
  if (server.version < MINIMUM_VERSION) {
    yield { severity: "error", code: "serverTooOld", message: "PostgreSQL 15 or later is needed." };
  }
  if (server.fsync !== "on" || server.synchronousCommit === "off") {
    yield { severity: "warning", code: "durabilityNone", message: "The server does not wait for the disk (fsync or synchronous_commit is off): a power cut loses acknowledged records." };
  }
  if (Math.abs(skewInMs) > TOLERATED_SKEW_IN_MS) {
    yield { severity: "warning", code: "clockSkew", message: `The clocks of the server and of this machine are ${Math.round(Math.abs(skewInMs) / 1000)} s apart.` };
  }
  if (!server.isLocal && !server.isEncrypted) {
    yield { severity: "warning", code: "tlsAbsent", message: "The connection to another machine is not encrypted: set `tls`." };
  }
}

function* judgeRoles(server: ServerReport): Generator<ConnectionFindingV1> {
  const absent = STORE_ROLES.filter((role) => !server.roles.includes(role));
  if (absent.length > 0) {
    yield { severity: "error", code: "rolesMissing", message: `Roles are missing: ${absent.join(", ")}.` };
  }
  if (server.isProvisioned && !server.memberOf.includes("volenti_writer")) {
    yield { severity: "error", code: "writerForbidden", message: "The login is not a member of volenti_writer: nothing can be written." };
  }
  if (server.unforced.length > 0) {
    yield { severity: "error", code: "rowSecurityOff", message: `Row-level security is not forced on: ${server.unforced.join(", ")}.` };
  }
}

function* judgeContents(request: { report: CatalogueReport; missing: readonly string[] }): Generator<ConnectionFindingV1> {
  const { report, missing } = request;
  if (pendingMigrations(report.migrations).length > 0) yield SCHEMA_OUTDATED;
  if (driftedMigrations(report.migrations).length > 0 || report.drifted === true) {
    yield { severity: "error", code: "migrationDrift", message: "The schema is not what its migrations made it: somebody changed it, or another version of the package did." };
  }
  const changed = [...report.changedPurposes, ...report.changedNotices];
  if (changed.length > 0) {
    yield { severity: "error", code: "catalogueChanged", message: `Changed under a version that is recorded already: ${changed.join(", ")}. Raise the version.` };
  }
  if (missing.length > 0) {
    yield { severity: "error", code: "keyMissing", message: `The store names keys that the keyring lacks: ${missing.join(", ")}.` };
  }
}

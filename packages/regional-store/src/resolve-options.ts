import { resolve } from "node:path";
import { ConnectorError } from "@volenti/core/adapter";
import { CONNECTOR_ID } from "./error/map-postgres-error.ts";
import type { RegionalStoreOptions, ResolvedOptions } from "./regional-store-options.ts";

const DEFAULT_TIMEOUT_IN_MS = 30_000;
const DEFAULT_MAX_CONNECTIONS = 10;
/** The longest that PostgreSQL's statement_timeout and the timers of Node take. */
const LONGEST_TIMEOUT_IN_MS = 2 ** 31 - 1;

/** Checks the options and fills in what was left out. Throws `invalidConfiguration`; its message holds no part of the URL. */
export function resolveOptions(options: RegionalStoreOptions): ResolvedOptions {
  // Callers in JavaScript, and environment variables that are not set, know nothing of the type.
  if (typeof options.url !== "string") throw refuse({ fieldName: "url", providerCode: options.url === undefined ? "required" : "wrongType" });
  const embeddedFolder = readFolder(options.url);
  if (embeddedFolder === null && options.pool === undefined && !/^postgres(?:ql)?:\/\//.test(options.url)) {
    throw refuse({ fieldName: "url", providerCode: "unknownUrlScheme" });
  }
  if (!/^[A-Z]{2}$/.test(options.region)) throw refuse({ fieldName: "region", providerCode: "invalidRegion" });
  const timeoutInMs = options.timeoutInMs ?? DEFAULT_TIMEOUT_IN_MS;
  const maxConnections = options.maxConnections ?? DEFAULT_MAX_CONNECTIONS;
  if (!(Number.isFinite(timeoutInMs) && timeoutInMs > 0 && timeoutInMs <= LONGEST_TIMEOUT_IN_MS)) throw refuse({ fieldName: "timeoutInMs", providerCode: "outOfRange" });
  if (!(Number.isSafeInteger(maxConnections) && maxConnections > 0)) throw refuse({ fieldName: "maxConnections", providerCode: "outOfRange" });
  // The one place where the package reads the environment.
  const { NODE_ENV } = options.environment ?? process.env;
  if (embeddedFolder !== null && NODE_ENV === "production" && options.allowEmbeddedInProduction !== true) {
    throw refuse({ fieldName: "allowEmbeddedInProduction", providerCode: "embeddedInProduction" });
  }
  return { embeddedFolder, timeoutInMs, maxConnections, poolingMode: options.poolingMode ?? "session" };
}

function readFolder(url: string): string | null {
  if (!url.startsWith("file:")) return null;
  try {
    return resolve(decodeURIComponent(url.slice("file:".length).replace(/^\/\/(?=\/)/, "")));
  } catch {
    // A percent sign that is no escape.
    throw refuse({ fieldName: "url", providerCode: "invalidUrl" });
  }
}

function refuse(request: { fieldName: string; providerCode: string }): ConnectorError {
  const { fieldName, providerCode } = request;
  return new ConnectorError({
    code: "invalidConfiguration",
    connectorId: CONNECTOR_ID,
    operation: "create",
    providerCode,
    fieldNames: [fieldName],
  });
}

import { ConnectorError, type Volenti } from "@volenti/core";
import type { ConnectorV1 } from "@volenti/core/adapter";
import { isMisconfiguration } from "../report-failure.ts";
import { UsageError } from "../usage-error.ts";

const TIMEOUT_IN_MS = 5000;

/** What a destination says of itself before the first line, where that matters. */
interface Obstacle {
  readonly code: string;
  /** The system's own code. */
  readonly detail?: string | undefined;
}

const SENTENCES: Readonly<Record<string, (id: string) => string>> = {
  notProvisioned: (id) => `${id} is not provisioned: run volenti provision ${id} --apply`,
  schemaOutdated: (id) => `${id} was provisioned by an earlier version: run volenti provision ${id} --apply to upgrade it`,
  keyMissing: (id) => `${id} holds records under a key that the keyring lacks: restore the key`,
  catalogueChanged: (id) =>
    `${id} holds another meaning under a version of the configuration: raise the version that volenti doctor names`,
  unauthenticated: (id) => `${id} refuses the login: put the name and the secret that the configuration gives it right`,
  forbidden: (id) => `${id} knows the login and forbids it what is needed: give it the rights`,
  versionMismatch: (id) => `${id} has a version that this release does not work with`,
  invalidConfiguration: (id) => `${id} cannot be used as it is configured: see volenti doctor`,
};

/**
 * Asks every destination, at once, whether it could be written to, before the first line is read. A destination that
 * is not reached in time, or before the signal is aborted, is none of its concern: its lines come out as undelivered.
 * Throws a `UsageError` for what a person has to put right first. Tells of what only waits for another process.
 */
export async function preflight(request: { volenti: Volenti; signal: AbortSignal; tell: (line: string) => void }): Promise<void> {
  const { volenti, signal, tell } = request;
  const answers = await Promise.all(
    [...volenti.destinations].map(async ([id, connector]) => ({ id, obstacles: await findObstacles({ connector, signal }) })),
  );
  const obstacles = answers.flatMap(({ id, obstacles: own }) => own.map((obstacle) => ({ id, ...obstacle })));
  for (const { id, code } of obstacles) {
    if (code === "storeLocked") tell(`${id} is in use by another process: its lines come out undelivered until that one has ended (storeLocked)`);
  }
  const stopping = obstacles.flatMap(({ id, code, detail }) => {
    const sentence = SENTENCES[code]?.(id);
    return sentence === undefined ? [] : [{ code, sentence: detail === undefined ? sentence : `${sentence} (${detail})` }];
  });
  const [first] = stopping;
  if (first !== undefined) throw new UsageError({ code: first.code, sentence: stopping.map(({ sentence }) => sentence).join("; ") });
}

function findObstacles(request: { connector: ConnectorV1; signal: AbortSignal }): Promise<readonly Obstacle[]> {
  const { connector, signal } = request;
  const check = (connector.checkAccess === undefined ? askWhole(connector) : connector.checkAccess().then(() => [])).catch(toObstacles);
  return withinTime({ check, signal });
}

async function askWhole(connector: ConnectorV1): Promise<readonly Obstacle[]> {
  const { findings } = await connector.checkConnection();
  return findings.filter(({ severity, code }) => severity === "error" && isOfRecords(code)).map(({ code }) => ({ code }));
}

/** A finding about what is held there; other errors of a check are the doctor's to tell. */
function isOfRecords(code: string): boolean {
  return ["notProvisioned", "schemaOutdated", "keyMissing", "catalogueChanged"].includes(code);
}

function toObstacles(error: unknown): readonly Obstacle[] {
  if (!ConnectorError.isInstance(error)) return [];
  const { code, providerCode } = error;
  if (providerCode !== undefined && (isOfRecords(providerCode) || providerCode === "storeLocked")) return [{ code: providerCode }];
  return isMisconfiguration(error) ? [{ code, detail: providerCode }] : [];
}

async function withinTime(request: { check: Promise<readonly Obstacle[]>; signal: AbortSignal }): Promise<readonly Obstacle[]> {
  const { check, signal } = request;
  const { promise: ended, resolve } = Promise.withResolvers<readonly Obstacle[]>();
  const end = (): void => resolve([]);
  const timer = setTimeout(end, TIMEOUT_IN_MS);
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) end();
  try {
    return await Promise.race([check, ended]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
}

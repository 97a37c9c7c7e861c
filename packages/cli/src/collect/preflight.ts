import { ConnectorError, type Volenti } from "@volenti/core";
import type { ConnectionFindingV1, ConnectorV1 } from "@volenti/core/adapter";
import { UsageError } from "../usage-error.ts";

const TIMEOUT_IN_MS = 5000;
const STOPPING: ReadonlySet<string> = new Set(["notProvisioned", "keyMissing", "catalogueChanged"]);

/**
 * Asks every destination, at once, whether it could be written to, before the first line is read. A destination that
 * is not reached in time is none of its concern: its lines come out as undelivered. Throws a `UsageError` for what a
 * person has to put right first.
 */
export async function preflight(request: { volenti: Volenti }): Promise<void> {
  const answers = await Promise.all(
    [...request.volenti.destinations].map(async ([id, connector]) => ({ id, codes: await findStopping(connector) })),
  );
  const sentences = answers.flatMap(({ id, codes }) => codes.map((code) => toSentence({ id, code })));
  const [first] = answers.flatMap(({ codes }) => codes);
  if (first !== undefined) throw new UsageError({ code: first, sentence: sentences.join("; ") });
}

async function findStopping(connector: ConnectorV1): Promise<readonly string[]> {
  const findings = await withinTime(connector.checkConnection().then((report) => report.findings, toFindings));
  return findings.filter(({ severity, code }) => severity === "error" && STOPPING.has(code)).map(({ code }) => code);
}

function toFindings(error: unknown): readonly ConnectionFindingV1[] {
  const code = ConnectorError.isInstance(error) ? error.providerCode : undefined;
  return code === undefined ? [] : [{ severity: "error", code, message: code }];
}

async function withinTime(check: Promise<readonly ConnectionFindingV1[]>): Promise<readonly ConnectionFindingV1[]> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<readonly ConnectionFindingV1[]>((resolve) => {
    timer = setTimeout(() => resolve([]), TIMEOUT_IN_MS);
  });
  try {
    return await Promise.race([check, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function toSentence(request: { id: string; code: string }): string {
  const { id, code } = request;
  switch (code) {
    case "notProvisioned":
      return `${id} is not provisioned: run volenti provision ${id} --apply`;
    case "keyMissing":
      return `${id} holds records under a key that the keyring lacks: restore the key`;
    default:
      return `${id} holds another meaning under a version of the configuration: raise the version that volenti doctor names`;
  }
}

import { ConnectorError, type Volenti } from "@volenti/core";
import type { ConnectionFindingV1, ConnectorV1 } from "@volenti/core/adapter";
import { describeConnectorError, isMisconfiguration } from "../report-failure.ts";
import type { Check } from "./check.ts";

const ADVICE: Readonly<Record<string, (id: string) => string>> = {
  notProvisioned: (id) => `run volenti provision ${id} --apply`,
  keyMissing: () => "restore the key that its records name",
  catalogueChanged: () => "raise the version of what has changed",
};

/** Reaches one destination; answers a line that says so, and one for each thing that it found. */
export async function checkDestination(request: { volenti: Volenti; id: string; connector: ConnectorV1 }): Promise<readonly Check[]> {
  const { volenti, id, connector } = request;
  const startedAt = volenti.clock.now();
  try {
    const { findings } = await connector.checkConnection();
    const duration = volenti.clock.now() - startedAt;
    const message = `reached: ${connector.connectorId} in ${connector.region}, ${duration} ms, ${describeTraits(connector)}`;
    return [{ status: "ok", subject: id, code: "reached", message }, ...findings.map((finding) => toCheck({ id, finding }))];
  } catch (error) {
    return [toFailure({ id, error })];
  }
}

function describeTraits({ traits, ledger }: ConnectorV1): string {
  const kept = traits.historyDepth === "everyDecision" ? "keeps every decision" : "keeps the latest decision only";
  return `${ledger === undefined ? "no ledger" : "ledger"}, ${kept}, stale writes ${traits.staleWriteGuard}`;
}

function toCheck(request: { id: string; finding: ConnectionFindingV1 }): Check {
  const { id, finding } = request;
  const { severity, code } = finding;
  const advice = ADVICE[code]?.(id);
  const message = advice === undefined ? finding.message : `${finding.message}: ${advice}`;
  if (severity === "error") return { status: "error", subject: id, code, message, kind: "misconfigured" };
  return { status: severity === "warning" ? "warning" : "ok", subject: id, code, message };
}

function toFailure(request: { id: string; error: unknown }): Check {
  const { id, error } = request;
  if (!ConnectorError.isInstance(error)) {
    return { status: "error", subject: id, code: "unforeseen", message: "the check itself failed", kind: "unreachable" };
  }
  const code = error.providerCode ?? error.code;
  const advice = ADVICE[code]?.(id);
  const message = advice === undefined ? describeConnectorError(error) : `${describeConnectorError(error)}: ${advice}`;
  return { status: "error", subject: id, code, message, kind: isMisconfiguration(error) ? "misconfigured" : "unreachable" };
}

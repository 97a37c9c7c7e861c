import { ConnectorError, type Volenti } from "@volenti/core";
import type { ConnectionFindingV1, ConnectorV1 } from "@volenti/core/adapter";
import { describeConnectorError, isMisconfiguration } from "../report-failure.ts";
import type { Check } from "./check.ts";

const ADVICE: Readonly<Record<string, (id: string) => string>> = {
  notProvisioned: (id) => `run volenti provision ${id} --apply`,
  schemaOutdated: (id) => `run volenti provision ${id} --apply to upgrade it`,
  keyMissing: () => "restore the key that its records name",
  catalogueChanged: () => "raise the version of what has changed",
};

type CheckedConnector = Pick<ConnectorV1, "connectorId" | "region" | "traits" | "ledger" | "checkConnection" | "selfTest">;

/**
 * Reaches one destination; answers a line that says so, and one for each thing that it found. Then lets it prove what only
 * a write can prove.
 */
export async function checkDestination(request: { volenti: Volenti; id: string; connector: CheckedConnector }): Promise<readonly Check[]> {
  const { volenti, id, connector } = request;
  const startedAt = volenti.clock.now();
  try {
    const { findings } = await connector.checkConnection();
    const duration = volenti.clock.now() - startedAt;
    const checks = findings.map((finding) => toCheck({ id, finding }));
    const isSound = checks.every(({ status }) => status !== "error");
    const tested = await testByWriting({ id, connector, isSound });
    // Said afterwards: what the test disproved is not claimed, and what is not in order promises nothing.
    const promises = isSound ? `, ${describeTraits(connector)}` : "";
    const message = `reached: ${connector.connectorId} in ${connector.region}, ${duration} ms${promises}`;
    return [{ status: "ok", subject: id, code: "reached", message }, ...checks, ...tested];
  } catch (error) {
    return [toFailure({ id, error })];
  }
}

async function testByWriting(request: { id: string; connector: Pick<ConnectorV1, "selfTest">; isSound: boolean }): Promise<readonly Check[]> {
  const { id, connector, isSound } = request;
  if (connector.selfTest === undefined) return [];
  // What is known to be wrong would only be found once more, and in the words of a write that failed.
  if (!isSound) return [{ status: "warning", subject: id, code: "selfTestNotRun", message: "not tested by writing: put the errors right first" }];
  try {
    const { findings } = await connector.selfTest();
    if (findings.length > 0) return findings.map((finding) => toCheck({ id, finding }));
    return [{ status: "ok", subject: id, code: "selfTestPassed", message: "tested by writing and removing records of its own" }];
  } catch (error) {
    return [toFailure({ id, error })];
  }
}

function describeTraits({ traits, ledger }: Pick<ConnectorV1, "traits" | "ledger">): string {
  const kept = traits.historyDepth === "everyDecision" ? "keeps every decision" : "keeps the latest decision only";
  return `${ledger === undefined ? "no ledger" : "ledger"}, ${kept}, stale writes ${traits.staleWriteGuard}`;
}

export function toCheck(request: { id: string; finding: ConnectionFindingV1 }): Check {
  const { id, finding } = request;
  const { severity, code } = finding;
  const advice = ADVICE[code]?.(id);
  const message = advice === undefined ? finding.message : `${finding.message.replace(/\.$/, "")}: ${advice}`;
  if (severity === "error") return { status: "error", subject: id, code, message, kind: "misconfigured" };
  return { status: severity === "warning" ? "warning" : "ok", subject: id, code, message };
}

export function toFailure(request: { id: string; error: unknown }): Check {
  const { id, error } = request;
  if (!ConnectorError.isInstance(error)) {
    return { status: "error", subject: id, code: "unforeseen", message: "the check itself failed", kind: "unreachable" };
  }
  const code = error.providerCode ?? error.code;
  const advice = ADVICE[code]?.(id);
  const message = advice === undefined ? describeConnectorError(error) : `${describeConnectorError(error)}: ${advice}`;
  return { status: "error", subject: id, code, message, kind: isMisconfiguration(error) ? "misconfigured" : "unreachable" };
}

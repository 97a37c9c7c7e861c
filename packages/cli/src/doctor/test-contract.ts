import type { Volenti } from "@volenti/core";
import type { ConnectorV1, JsonValue } from "@volenti/core/adapter";
import { findDestination } from "../find-destination.ts";
import { UsageError } from "../usage-error.ts";
import { checkDestination, toCheck, toFailure } from "./check-destination.ts";
import type { Check } from "./check.ts";

export interface TestedContract {
  readonly checks: readonly Check[];
  /** Settings of the destination as it proved them, to be put into the configuration; null where none were tested. */
  readonly settings: Readonly<Record<string, JsonValue>> | null;
}

/** Tests one destination by hand, once it was reached without errors. Throws a `UsageError` where it has nothing to be tested. */
export async function testContract(request: { volenti: Volenti; id: string }): Promise<TestedContract> {
  const { volenti, id } = request;
  const connector = findDestination(request);
  if (connector.contractTests === undefined) {
    throw new UsageError({ code: "unsupported", sentence: "this destination has no tests of its contract: see its page in docs/connectors" });
  }
  const reached = await checkDestination({ volenti, id, connector: withoutSelfTest(connector) });
  const errors = reached.filter(({ status }) => status === "error");
  if (errors.length > 0) return { checks: [...errors, { status: "warning", subject: id, code: "contractTestsNotRun", message: "not tested: put the errors right first" }], settings: null };
  try {
    const { findings, settings } = await connector.contractTests();
    return { checks: findings.map((finding) => toCheck({ id, finding })), settings };
  } catch (error) {
    return { checks: [toFailure({ id, error })], settings: null };
  }
}

function withoutSelfTest(connector: ConnectorV1): Parameters<typeof checkDestination>[0]["connector"] {
  return { connectorId: connector.connectorId, region: connector.region, traits: connector.traits, ledger: connector.ledger, checkConnection: () => connector.checkConnection() };
}

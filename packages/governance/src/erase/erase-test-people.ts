import type { Volenti } from "@volenti/core";
import type { ConnectorV1 } from "@volenti/core/adapter";
import { failureCode } from "../support/failure-code.ts";
import type { DestinationErasure, ErasureReport } from "./erasure-report.ts";
import { isLedger } from "./is-ledger.ts";
import { describeAnswer, describeErasure, toErasureReport } from "./to-erasure-report.ts";

/** Removes every test person everywhere. Each destination knows its own by their mark, so that none waits for another. */
export async function eraseTestPeople(request: { volenti: Volenti }): Promise<ErasureReport> {
  const places = [...request.volenti.destinations].map(([id, connector]) => ({ id, connector }));
  const erasures: DestinationErasure[] = [];
  for (const place of [...places.filter((place) => !isLedger(place)), ...places.filter(isLedger)]) {
    erasures.push(await eraseTestIn(place));
  }
  return toErasureReport({ volenti: request.volenti, erasures });
}

async function eraseTestIn(request: { id: string; connector: ConnectorV1 }): Promise<DestinationErasure> {
  const { id, connector } = request;
  if (connector.erasure === undefined) return describeErasure({ id, connector, status: "unsupported" });
  try {
    return describeAnswer({ id, connector, records: await connector.erasure.eraseTest() });
  } catch (error) {
    const code = failureCode(error);
    // What a system cannot look for stays so however often it is tried.
    return describeErasure({ id, connector, status: code === "unsupported" ? "unsupported" : "failed", code });
  }
}

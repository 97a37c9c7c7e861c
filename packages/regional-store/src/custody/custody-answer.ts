import { ConnectorError } from "@volenti/core/adapter";
import { CONNECTOR_ID } from "../error/map-postgres-error.ts";

/** How the custody functions answer what they could not do: they change nothing then. */
export type CustodyAnswer = "set" | "merged" | "conflict" | "nobody";

/** Throws what the contract says where nobody, or somebody else, was meant. */
export function requireDone(request: { answer: CustodyAnswer; operation: string; fieldNames: readonly string[] }): void {
  const { answer, operation, fieldNames } = request;
  if (answer === "nobody") throw new ConnectorError({ code: "invalidInput", connectorId: CONNECTOR_ID, operation, fieldNames });
  if (answer === "conflict") throw new ConnectorError({ code: "conflict", connectorId: CONNECTOR_ID, operation });
}

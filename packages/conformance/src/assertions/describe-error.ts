import type { ConnectorError } from "@volenti/core/adapter";

/** An error in the words of a report: its code, the system's own, and the fields that it names. */
export function describeError({ code, providerCode, fieldNames }: ConnectorError): string {
  return [code, providerCode ?? [], ...(fieldNames ?? [])].flat().join(", ");
}

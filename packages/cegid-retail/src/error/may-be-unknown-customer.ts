import type { ConnectorError } from "@volenti/core/adapter";
import { classifyFault } from "./classify-fault.ts";

/**
 * Whether a fault of `GetCustomerDetail` may mean that there is no such customer. The code for it is documented on each
 * tenant's own server alone, so that every refusal by a rule may; failures, protocol faults and credentials may not.
 * `readCustomer` makes sure before anybody is taken for unknown.
 */
export function mayBeUnknownCustomer(error: ConnectorError): boolean {
  const { code, providerCode } = error;
  return code === "rejectedByProvider" && providerCode !== undefined && classifyFault({ code: providerCode, changes: false }).kind === "domain";
}

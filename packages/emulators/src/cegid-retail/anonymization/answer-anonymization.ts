import type { Customer } from "../customers/customer-store.ts";
import { findVisible } from "../customers/find-visible.ts";
import type { Folder } from "../folder.ts";
import { anonymizeCustomer, refuseAnonymization, type AnonymizationRefusal } from "./anonymize-customer.ts";

export interface AnonymizationSettings {
  /** No public source names it. */
  readonly verb: string;
  /** False: the plugin is not there, 404. */
  readonly isInstalled: boolean;
  /** False: the user lacks the access right, 403. */
  readonly isAllowed: boolean;
}

const MESSAGES: Readonly<Record<AnonymizationRefusal, string>> = {
  unknownCustomer: "The customer does not exist.",
  clothingAllowance: "The customer has been granted clothing allowances.",
  outstandingPayments: "The customer has outstanding payments.",
};

/** Answers the REST pair: one customer by its id in the path, or all of a list in the body, which are anonymized together or not at all. */
export function answerAnonymization(request: { folder: Folder; settings: AnonymizationSettings; method: string; customerId: string | null; body: string }): Response {
  const { folder, settings, method, customerId, body } = request;
  if (!settings.isInstalled) return problem({ status: 404, code: "notFound", message: "No such resource." });
  if (method !== settings.verb) return new Response(null, { status: 405, headers: { Allow: settings.verb } });
  if (!settings.isAllowed) return problem({ status: 403, code: "forbidden", message: "The user has no right to anonymize customers." });
  const customerIds = customerId === null ? readIds(body) : [customerId];
  if (customerIds === null) return problem({ status: 400, code: "badRequest", message: "A list of customer ids is expected." });
  const customers = customerIds.map((id) => findVisible({ folder, customerId: id }));
  const refusal = customers.map(refuseAnonymization).find((reason) => reason !== null);
  if (refusal !== undefined && refusal !== null) {
    const status = customerId !== null && refusal === "unknownCustomer" ? 404 : 400;
    return problem({ status, code: refusal, message: MESSAGES[refusal] });
  }
  for (const customer of customers) anonymizeCustomer({ folder, customer: customer as Customer });
  return new Response(null, { status: 204 });
}

/** A bare array of ids, as the lists of Y2's REST services are; null for anything else. */
function readIds(body: string): readonly string[] | null {
  try {
    const ids: unknown = JSON.parse(body);
    return Array.isArray(ids) && ids.length > 0 && ids.every((id) => typeof id === "string") ? ids : null;
  } catch {
    return null;
  }
}

function problem(request: { status: number; code: string; message: string }): Response {
  const { status, code, message } = request;
  return Response.json({ code, message }, { status });
}

import type { SalesforceSession } from "../transport/salesforce-session.ts";

export type AddressMode = "codes" | "text";

const LEARNT = new WeakMap<SalesforceSession, AddressMode>();

/**
 * Whether the org has state and country picklists, and takes codes, asked of its describe once a session. A write does
 * not ask: it begins with `guessAddressMode` and learns from the answer, because a call is the scarce thing.
 */
export async function addressMode(request: { session: SalesforceSession; operation: string }): Promise<AddressMode> {
  const { session, operation } = request;
  const known = knownMode(session);
  if (known !== undefined) return known;
  const { objectName, fields } = session.settings.profile;
  const answer = await session.call({ operation, method: "GET", path: ["sobjects", objectName, "describe"], changes: false });
  const names = new Set(listFieldNames(answer.body));
  const codeField = fields.get("address.country")?.codeField;
  return learnAddressMode({ session, mode: codeField !== undefined && names.has(codeField) ? "codes" : "text" });
}

export function guessAddressMode(session: SalesforceSession): AddressMode {
  return knownMode(session) ?? "text";
}

export function learnAddressMode(request: { session: SalesforceSession; mode: AddressMode }): AddressMode {
  LEARNT.set(request.session, request.mode);
  return request.mode;
}

function knownMode(session: SalesforceSession): AddressMode | undefined {
  const { addressFields } = session.settings.profile;
  return addressFields === "auto" ? LEARNT.get(session) : addressFields;
}

function listFieldNames(describe: unknown): string[] {
  const fields = typeof describe === "object" && describe !== null ? (describe as { fields?: unknown }).fields : undefined;
  return Array.isArray(fields) ? fields.flatMap((field: unknown) => nameOf(field)) : [];
}

function nameOf(field: unknown): string[] {
  const name = typeof field === "object" && field !== null ? (field as { name?: unknown }).name : undefined;
  return typeof name === "string" ? [name] : [];
}

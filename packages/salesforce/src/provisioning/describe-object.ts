import { ConnectorError } from "@volenti/core/adapter";
import { mapRowError } from "../error/map-row-error.ts";
import { CONNECTOR_ID, type SalesforceSession } from "../transport/salesforce-session.ts";

/** An object as the user whom we sign in as sees it. */
export interface ObjectDescription {
  readonly name: string;
  /** By API name; what field-level security hides is not there. */
  readonly fields: ReadonlyMap<string, FieldDescription>;
  readonly isCreateable: boolean;
  readonly isUpdateable: boolean;
  readonly isDeletable: boolean;
}

export interface FieldDescription {
  readonly name: string;
  readonly type: string;
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  readonly isCreateable: boolean;
  readonly isUpdateable: boolean;
  readonly isExternalId: boolean;
  readonly isUnique: boolean;
  /** Active values; empty for what is no picklist. */
  readonly picklist: readonly string[];
  readonly isRestrictedPicklist: boolean;
}

/** What Salesforce answers for an object that does not exist, whose feature is off, or that the user may not read. */
const ABSENT: ReadonlySet<string> = new Set(["NOT_FOUND", "INVALID_TYPE"]);

/**
 * Describes an object; null where it does not exist for this user.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm
 */
export async function describeObject(request: {
  session: SalesforceSession;
  objectName: string;
  operation: string;
}): Promise<ObjectDescription | null> {
  const { session, objectName, operation } = request;
  const { status, body } = await session.call({
    operation,
    method: "GET",
    path: ["sobjects", objectName, "describe"],
    changes: false,
    accepts: [400, 404],
  });
  if (status < 300) return readDescription({ body, objectName, operation });
  const errors = Array.isArray(body) ? body.filter(isRecord) : [];
  if (errors.some(({ errorCode }) => typeof errorCode === "string" && ABSENT.has(errorCode))) return null;
  // An error page of something in between is no answer of the org.
  if (errors.length === 0) throw malformed({ operation, objectName });
  throw mapRowError({ errors, operation });
}

/** Several at once, by name, as many at a time as the session allows. */
export async function describeObjects(request: {
  session: SalesforceSession;
  objectNames: readonly string[];
  operation: string;
}): Promise<ReadonlyMap<string, ObjectDescription | null>> {
  const { objectNames, ...terms } = request;
  const names = [...new Set(objectNames)];
  const descriptions = await Promise.all(names.map((objectName) => describeObject({ ...terms, objectName })));
  return new Map(names.map((name, index) => [name, descriptions[index] ?? null] as const));
}

function readDescription(request: { body: unknown; objectName: string; operation: string }): ObjectDescription {
  const { body, objectName, operation } = request;
  const fields = isRecord(body) ? body["fields"] : undefined;
  if (!isRecord(body) || !Array.isArray(fields) || !fields.every((field) => isRecord(field) && typeof field["name"] === "string")) {
    throw malformed({ operation, objectName });
  }
  const described = fields.filter(isRecord).map((field) => readField(field));
  return {
    name: objectName,
    fields: new Map(described.map((field) => [field.name, field] as const)),
    isCreateable: body["createable"] !== false,
    isUpdateable: body["updateable"] !== false,
    isDeletable: body["deletable"] !== false,
  };
}

function malformed(request: { operation: string; objectName: string }): ConnectorError {
  const { operation, objectName } = request;
  return new ConnectorError({ code: "malformedResponse", connectorId: CONNECTOR_ID, operation, fieldNames: [objectName] });
}

function readField(field: Readonly<Record<string, unknown>>): FieldDescription {
  const values: readonly unknown[] = Array.isArray(field["picklistValues"]) ? field["picklistValues"] : [];
  return {
    name: textOf(field["name"]),
    type: textOf(field["type"]),
    length: numberOf(field["length"]),
    precision: numberOf(field["precision"]),
    scale: numberOf(field["scale"]),
    isCreateable: field["createable"] !== false,
    isUpdateable: field["updateable"] !== false,
    isExternalId: field["externalId"] === true,
    isUnique: field["unique"] === true,
    picklist: values.filter(isRecord).flatMap(({ value, active }) => (typeof value === "string" && active !== false ? [value] : [])),
    isRestrictedPicklist: field["restrictedPicklist"] === true,
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import { findField, findObject } from "../schema/find-object.ts";
import type { ObjectSchema } from "../schema/org-schema.ts";
import { refuseBulk, showJob } from "./bulk-answer.ts";
import type { BulkOperation } from "./bulk-job.ts";
import type { BulkRequest } from "./bulk-request.ts";
import { DELIMITERS } from "./read-csv.ts";

const OPERATIONS: readonly BulkOperation[] = ["insert", "update", "upsert", "delete", "hardDelete"];
const MEMBERS: ReadonlySet<string> = new Set(["object", "operation", "externalIdFieldName", "contentType", "lineEnding", "columnDelimiter", "assignmentRuleId", "concurrencyMode"]);

/** Opens a job, or says why there is none. */
export async function openJob({ call, apiVersion }: { call: BulkRequest; apiVersion: number }): Promise<Response> {
  const body: unknown = await call.request.json().catch(() => null);
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return refuseBulk({ errorCode: "JSON_PARSER_ERROR", message: "The HTTP entity body is required, but this request has no entity body or is no JSON object" });
  }
  const given = body as Readonly<Record<string, unknown>>;
  const stranger = Object.keys(given).find((name) => !MEMBERS.has(name));
  if (stranger !== undefined) return refuseBulk({ errorCode: "JSON_PARSER_ERROR", message: `Unrecognized field "${stranger}"` });
  const operation = OPERATIONS.find((name) => name === given["operation"]);
  if (operation === undefined) return invalidJob("Operation is not supported or missing");
  if (operation === "hardDelete") {
    return refuseBulk({
      errorCode: "FEATURENOTENABLED",
      message: "FeatureNotEnabled : hardDelete operation requires special user profile permission, please contact your system administrator",
    });
  }
  const object = typeof given["object"] === "string" ? findObject({ schema: call.schema, name: given["object"] }) : undefined;
  if (object === undefined || !call.isVisible({ objectName: object.name, fieldName: "Id" })) {
    return refuseBulk({ errorCode: "INVALIDENTITY", message: `InvalidEntity : Entity '${nameOf(given["object"])}' is not supported by the Bulk API.` });
  }
  const problem = checkKey({ call, object, operation, key: given["externalIdFieldName"] }) ?? checkFormat(given);
  if (problem !== null) return invalidJob(problem);
  const job = call.jobs.add({
    object: object.name,
    operation,
    externalIdFieldName: typeof given["externalIdFieldName"] === "string" ? given["externalIdFieldName"] : null,
    lineEnding: given["lineEnding"] === "CRLF" ? "CRLF" : "LF",
    columnDelimiter: typeof given["columnDelimiter"] === "string" ? given["columnDelimiter"] : "COMMA",
    apiVersion,
    createdAt: call.now,
    state: "Open",
    content: null,
    errorMessage: null,
    columns: [],
    rows: [],
  });
  return showJob({ job, userId: call.userId ?? "", isDetailed: false });
}

function checkKey(request: { call: BulkRequest; object: ObjectSchema; operation: BulkOperation; key: unknown }): string | null {
  const { call, object, operation, key } = request;
  if (operation !== "upsert") return key === undefined || key === null ? null : "External ID field name is for upserts only";
  if (typeof key !== "string" || key === "") return "External ID field name is required for upsert operation";
  const field = findField({ object, name: key });
  const isKey = field !== undefined && (field.isExternalId || field.isIdLookup) && call.isVisible({ objectName: object.name, fieldName: field.name });
  return isKey ? null : `Field name provided, ${key} does not match an External ID, Salesforce Id, or indexed field for ${object.name}`;
}

function checkFormat(given: Readonly<Record<string, unknown>>): string | null {
  const { contentType = "CSV", lineEnding = "LF", columnDelimiter = "COMMA" } = given;
  if (contentType !== "CSV") return "contentType is not supported: only CSV is";
  if (lineEnding !== "LF" && lineEnding !== "CRLF") return "lineEnding is LF or CRLF";
  if (typeof columnDelimiter !== "string" || DELIMITERS[columnDelimiter] === undefined) return "columnDelimiter is not supported";
  return null;
}

function invalidJob(message: string): Response {
  return refuseBulk({ errorCode: "INVALIDJOB", message: `InvalidJob : ${message}` });
}

function nameOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

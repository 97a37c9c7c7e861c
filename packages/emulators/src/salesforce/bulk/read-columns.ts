import { findField, findObject } from "../schema/find-object.ts";
import type { FieldSchema, ObjectSchema } from "../schema/org-schema.ts";
import type { BulkJob } from "./bulk-job.ts";
import { BulkJobError } from "./bulk-job-error.ts";
import type { BulkRequest } from "./bulk-request.ts";

/** Puts one cell into a row. */
export type ColumnWriter = (request: { row: Record<string, unknown>; cell: string }) => void;

/** What a cell says instead of a value: blank the field. An empty cell leaves it alone. */
const BLANK = "#N/A";

/** How each column goes into a row. Throws a `BulkJobError` for a header that does not fit the job. */
export function readColumns(request: { call: BulkRequest; job: BulkJob; columns: readonly string[] }): readonly ColumnWriter[] {
  const { call, job, columns } = request;
  const object = findObject({ schema: call.schema, name: job.object });
  if (object === undefined) throw new BulkJobError(`InvalidEntity : Entity '${job.object}' is not supported by the Bulk API.`);
  checkHeader({ job, columns });
  return columns.map((column) => readColumn({ call, object, column }));
}

function checkHeader({ job, columns }: { job: BulkJob; columns: readonly string[] }): void {
  const names = columns.map((name) => name.toLowerCase());
  const twin = columns.find((name, index) => names.indexOf(name.toLowerCase()) !== index);
  if (twin !== undefined) throw new BulkJobError(`InvalidBatch : Duplicate field name in the header: ${twin}`);
  if (job.operation === "delete" && (names.length !== 1 || names[0] !== "id")) {
    throw new BulkJobError("InvalidBatch : Invalid field in the header of a delete: Id alone is expected");
  }
  if (job.operation === "update" && !names.includes("id")) throw new BulkJobError("InvalidBatch : Field name not found : Id");
  if (job.operation === "insert" && names.includes("id")) throw new BulkJobError("InvalidBatch : Field name not found : Id");
  if (job.operation !== "upsert") return;
  const key = job.externalIdFieldName ?? "";
  if (!names.includes(key.toLowerCase())) throw new BulkJobError(`InvalidBatch : Field name not found : ${key}`);
  if (key.toLowerCase() !== "id" && names.includes("id")) throw new BulkJobError("InvalidBatch : Field name not found : Id");
}

function readColumn(request: { call: BulkRequest; object: ObjectSchema; column: string }): ColumnWriter {
  const { call, object, column } = request;
  const field = findField({ object, name: column });
  if (field !== undefined && call.isVisible({ objectName: object.name, fieldName: field.name })) {
    return ({ row, cell }) => {
      if (cell !== "") row[field.name] = cell === BLANK ? null : cell;
    };
  }
  return readRelationship(request);
}

/** `Party.Key__c`, and where the reference may point at several objects `ContactPointEmail:ContactPoint.Key__c`. */
function readRelationship({ call, object, column }: { call: BulkRequest; object: ObjectSchema; column: string }): ColumnWriter {
  const [, type, relationship = "", keyName = ""] = /^(?:(\w+):)?(\w+)\.(\w+)$/.exec(column) ?? [];
  const reference = [...object.fields.values()].find(({ relationshipName }) => relationshipName?.toLowerCase() === relationship.toLowerCase());
  const key = reference === undefined ? undefined : findKey({ call, reference, type, keyName });
  if (reference === undefined || key === undefined || !call.isVisible({ objectName: object.name, fieldName: reference.name })) {
    throw new BulkJobError(`InvalidBatch : Field name not found : ${column}`);
  }
  const { relationshipName, name } = reference;
  return ({ row, cell }) => {
    if (cell === BLANK) row[name] = null;
    else if (cell !== "" && relationshipName !== null) row[relationshipName] = { attributes: { type: key.objectName }, [key.field.name]: cell };
  };
}

function findKey(request: {
  call: BulkRequest;
  reference: FieldSchema;
  type: string | undefined;
  keyName: string;
}): { objectName: string; field: FieldSchema } | undefined {
  const { call, reference, type, keyName } = request;
  const [only, ...others] = reference.referenceTo;
  if (type === undefined && others.length > 0) return undefined;
  const name = type === undefined ? only : reference.referenceTo.find((candidate) => candidate.toLowerCase() === type.toLowerCase());
  const object = name === undefined ? undefined : findObject({ schema: call.schema, name });
  const field = object === undefined ? undefined : findField({ object, name: keyName });
  if (object === undefined || field === undefined || !(field.isExternalId || field.isIdLookup)) return undefined;
  return call.isVisible({ objectName: object.name, fieldName: field.name }) ? { objectName: object.name, field } : undefined;
}

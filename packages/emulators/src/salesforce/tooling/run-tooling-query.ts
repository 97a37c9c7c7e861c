import type { Access } from "../access/access.ts";
import { createObjectView, type ObjectView } from "../access/object-view.ts";
import type { QueryTree } from "../soql/query-tree.ts";
import type { RenderedRow } from "../soql/render-row.ts";
import { runQueryTree, type QueryAnswer } from "../soql/run-query.ts";
import { malformed } from "../soql/soql-error.ts";
import type { Org } from "../store/org.ts";
import { createTable, type Table } from "../store/table.ts";
import { createTransaction } from "../store/transaction.ts";
import { checkReified, isReified } from "./check-reified.ts";
import type { ToolingIds } from "./tooling-ids.ts";
import { TOOLING_OBJECTS } from "./tooling-objects.ts";
import { TOOLING_ROWS } from "./tooling-rows.ts";

/** What stands for the id of objects whose rows have none. */
const NO_ID = "000000000000000AAA";
const WITHOUT_ID: ReadonlySet<string> = new Set(["EntityDefinition", "FieldDefinition", "FlowDefinitionView"]);

/** Runs a query of the Tooling API. Throws `SoqlError`. */
export function runToolingQuery(request: { org: Org; access: Access; ids: ToolingIds; query: QueryTree }): QueryAnswer {
  const { org, access, ids } = request;
  const query = isReified(request.query.objectName) ? checkReified(request.query) : request.query;
  const tables = new Map<string, Table>();
  const table = (objectName: string): Table => {
    const standing = tables.get(objectName);
    if (standing !== undefined) return standing;
    const made = createTable({ transaction: createTransaction() });
    for (const row of TOOLING_ROWS[objectName]?.({ schema: org.schema, access, ids }) ?? []) made.insert(row);
    tables.set(objectName, made);
    return made;
  };
  const virtual: Org = { ...org, schema: { objects: new Map(TOOLING_OBJECTS), components: new Map() }, table };
  const answer = runQueryTree({ org: virtual, access: { ...access, view: toolingView }, includesDeleted: false, query });
  if (selectsBody(query) && answer.totalSize > 1) {
    throw malformed(
      `When retrieving results with Metadata or FullName fields, the query qualifications must specify no more than one row for retrieval. Result size: ${answer.totalSize}`,
    );
  }
  return { totalSize: answer.totalSize, page: (stretch) => answer.page(stretch).map(finish) };
}

function toolingView(objectName: string): ObjectView | null {
  const wanted = objectName.toLowerCase();
  const object = [...TOOLING_OBJECTS.values()].find(({ name }) => name.toLowerCase() === wanted);
  if (object === undefined) return null;
  const fields = [...object.fields.values()].map((field) => ({ field, isCreateable: false, isUpdateable: false }));
  return createObjectView({ object, fields, permissions: { create: false, edit: false, delete: false } });
}

function selectsBody({ selected }: QueryTree): boolean {
  return selected.some((part) => part.kind === "field" && /^(?:.+\.)?(?:metadata|fullname)$/i.test(part.path));
}

/** Tooling rows have urls of their own, and their metadata is an object. */
function finish(row: RenderedRow): RenderedRow {
  const { attributes } = row;
  if (typeof attributes !== "object" || attributes === null) return row;
  const { type, url } = attributes as { type: string; url?: string };
  const entries = Object.entries(row).map(([name, value]): [string, unknown] => {
    if (name === "attributes") return [name, url === undefined ? { type } : { type, url: urlOf({ type, url }) }];
    if (name === "Id" && WITHOUT_ID.has(type)) return [name, NO_ID];
    if (name === "Metadata" && typeof value === "string") return [name, JSON.parse(value)];
    return [name, typeof value === "object" && value !== null ? finish(value as RenderedRow) : value];
  });
  return Object.fromEntries(entries);
}

function urlOf({ type, url }: { type: string; url: string }): string {
  const own = url.replace("/sobjects/", "/tooling/sobjects/");
  return WITHOUT_ID.has(type) ? own.replace(/[^/]+$/, NO_ID) : own;
}

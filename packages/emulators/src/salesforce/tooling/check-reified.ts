import type { Condition, QueryTree } from "../soql/query-tree.ts";
import { malformed } from "../soql/soql-error.ts";

/** Which columns a query must filter by; none for what may be asked whole. */
const DEMANDED: ReadonlyMap<string, readonly string[]> = new Map([
  ["entitydefinition", []],
  ["fielddefinition", ["entitydefinitionid", "durableid"]],
]);

/** Objects that are made up while they are asked, and cannot answer every query. */
export function isReified(objectName: string): boolean {
  return DEMANDED.has(objectName.toLowerCase());
}

/** The query as such an object runs it: limits are passed over, as Salesforce documents. Throws `SoqlError`. */
export function checkReified(query: QueryTree): QueryTree {
  if (query.groupBy.length > 0 || query.selected.some(({ kind }) => kind === "aggregate")) {
    throw malformed("The requested operation is not yet supported by this SObject storage type, contact salesforce.com support for more information.");
  }
  const paths = query.where === null ? [] : pathsOf(query.where);
  const demanded = DEMANDED.get(query.objectName.toLowerCase()) ?? [];
  const named = new Set(paths.map((path) => path.toLowerCase().replace(/^entitydefinition\..+$/, "entitydefinitionid")));
  if (demanded.length > 0 && !demanded.some((name) => named.has(name))) {
    throw malformed(`${query.objectName}: a filter on a reified column is required [EntityDefinitionId,DurableId]`);
  }
  return { ...query, limit: null, offset: 0 };
}

function pathsOf(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case "and":
      return condition.members.flatMap(pathsOf);
    case "or":
      throw malformed("Disjunctions not supported");
    case "compare":
      if (condition.operator !== "=") throw malformed("Only equals comparisons permitted");
      return [condition.path];
    case "in":
      if (condition.isNegated) throw malformed("Only equals comparisons permitted");
      return [condition.path];
    default:
      throw malformed("Only equals comparisons permitted");
  }
}

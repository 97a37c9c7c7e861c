import { createAccess } from "../access/access.ts";
import type { Org } from "../store/org.ts";
import { createRows } from "../write/create-rows.ts";
import { deleteRows } from "../write/delete-rows.ts";
import { updateRows } from "../write/update-rows.ts";
import { upsertRows } from "../write/upsert-rows.ts";
import type { BulkRequest } from "./bulk-request.ts";

type BulkRows = Pick<BulkRequest, "createRows" | "updateRows" | "upsertRows" | "deleteRows" | "isVisible">;

/** How a bulk job of one user writes to an org. What the user sees is looked up anew each time: a job takes its while. */
export function createBulkRows(request: { org: Org; userId: string; apiVersion: number }): BulkRows {
  const { org, userId, apiVersion } = request;
  const accessNow = (): ReturnType<typeof createAccess> => createAccess({ org, userId, apiVersion, acceptsTexts: true });
  return {
    createRows: ({ objectName, rows }) =>
      createRows({ org, access: accessNow(), rows: rows.map((values) => ({ objectName, values })), allOrNone: false }),
    updateRows: ({ objectName, rows }) =>
      updateRows({ org, access: accessNow(), rows: rows.map((values) => ({ objectName, values })), allOrNone: false }),
    upsertRows: ({ objectName, keyField, rows }) => upsertRows({ org, access: accessNow(), objectName, keyField, rows }),
    deleteRows: ({ ids }) => deleteRows({ org, access: accessNow(), ids, allOrNone: false }),
    isVisible: ({ objectName, fieldName }) => accessNow().view(objectName)?.field(fieldName) !== undefined,
  };
}

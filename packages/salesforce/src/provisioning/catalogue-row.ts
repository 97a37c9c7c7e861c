import type { ProvisioningStepV1 } from "@volenti/core/adapter";
import type { OrgRow } from "../mapping/org-row.ts";

/** A purpose or a channel that lacks or differs: written by its key, so that two who provision at once make one. */
export interface CatalogueRow {
  readonly objectName: string;
  readonly row: OrgRow;
  /** False where a row is there and differs. */
  readonly isNew: boolean;
  readonly step: ProvisioningStepV1;
}

/** What an administrator is shown of rows. */
export function renderRows(rows: readonly { readonly objectName: string; readonly row: OrgRow }[]): string {
  return rows.map(({ objectName, row }) => `${objectName} ${JSON.stringify(row)}`).join("\n");
}

/** Why a row was refused, as answers of collections show it. Messages quote values, as Salesforce's do. */
export interface RowError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
  readonly duplicateResult?: unknown;
}

export function rowError(request: { statusCode: string; message: string; fields?: readonly string[] }): RowError {
  return { statusCode: request.statusCode, message: request.message, fields: request.fields ?? [] };
}

export interface RowResult {
  readonly id?: string;
  readonly success: boolean;
  /** Of upserts only. */
  readonly created?: boolean;
  readonly errors: readonly RowError[];
}

export function refusedRow(...errors: readonly RowError[]): RowResult {
  return { success: false, errors };
}

/** The value of a statement's one row and one column: JSON as text, so that both drivers read it alike. Null where there is none. */
export function readResult(answer: { rows: readonly unknown[] }): unknown {
  const [row] = answer.rows as readonly { result?: string | null }[];
  return row?.result === undefined || row.result === null ? null : (JSON.parse(row.result) as unknown);
}

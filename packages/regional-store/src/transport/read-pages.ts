import { ConnectorError } from "@volenti/core/adapter";
import { CONNECTOR_ID } from "../error/map-postgres-error.ts";

/**
 * Rows of successive pages, until one is empty; a page at a time in memory. `read` is given the row before the page. Throws
 * `malformedResponse` where a page ends as the one before it did, which a number too great for its place can bring about: the
 * same page would come for ever.
 */
export async function* readPages<Row>(request: {
  operation: string;
  read: (last: Row | null) => Promise<readonly Row[]>;
}): AsyncGenerator<Row, void, undefined> {
  const { operation, read } = request;
  let end = "";
  for (let last: Row | null = null; ; ) {
    const page: readonly Row[] = await read(last);
    last = page.at(-1) ?? null;
    if (last === null) return;
    const before = end;
    end = JSON.stringify(last);
    if (end === before) throw new ConnectorError({ code: "malformedResponse", connectorId: CONNECTOR_ID, operation, providerCode: "endlessPages" });
    // Handing the page over as a whole would cost each row several turns of the event loop.
    for (const row of page) yield row;
  }
}

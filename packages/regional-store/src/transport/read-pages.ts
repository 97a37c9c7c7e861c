/** Rows of successive pages, until one is empty; a page at a time in memory. `read` is given the row before the page. */
export async function* readPages<Row>(read: (last: Row | null) => Promise<readonly Row[]>): AsyncGenerator<Row, void, undefined> {
  for (let last: Row | null = null; ; ) {
    const page: readonly Row[] = await read(last);
    // Handing the page over as a whole would cost each row several turns of the event loop.
    for (const row of page) yield row;
    last = page.at(-1) ?? null;
    if (last === null) return;
  }
}

/** Rows of successive pages, until one is empty; a page at a time in memory. `read` is given the row before the page. */
export async function* readPages<Row>(read: (last: Row | null) => Promise<readonly Row[]>): AsyncGenerator<Row, void, undefined> {
  for (let last: Row | null = null; ; ) {
    const page: readonly Row[] = await read(last);
    yield* page;
    last = page.at(-1) ?? null;
    if (last === null) return;
  }
}

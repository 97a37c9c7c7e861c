/** Gathers what streams by into pages of a size; the last may be smaller. Holds one page. */
export async function* inPages<Item>(request: { items: AsyncIterable<Item>; size: number }): AsyncGenerator<readonly Item[], void, undefined> {
  let page: Item[] = [];
  for await (const item of request.items) {
    page.push(item);
    if (page.length < request.size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

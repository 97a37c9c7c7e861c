/**
 * So many of the items, spread evenly over their order and the same each time; all of them where there are no more. The
 * steps are fractions, so that what comes in a rhythm (the orders of one set of decisions) is not met at one place only.
 */
export function sample<Item>(request: { items: readonly Item[]; size: number }): readonly Item[] {
  const { items, size } = request;
  if (items.length <= size) return items;
  return items.filter((_, index) => Math.floor((index * size) / items.length) !== Math.floor(((index - 1) * size) / items.length));
}

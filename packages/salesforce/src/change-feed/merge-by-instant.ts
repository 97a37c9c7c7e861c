/** Two ordered streams as one, the earlier item first; ends both when its reader leaves. */
export async function* mergeByInstant<Left extends { readonly at: number }, Right extends { readonly at: number }>(request: {
  left: AsyncIterable<Left>;
  right: AsyncIterable<Right>;
}): AsyncGenerator<Left | Right> {
  const iterators = [request.left[Symbol.asyncIterator](), request.right[Symbol.asyncIterator]()] as const;
  try {
    let [left, right] = [await iterators[0].next(), await iterators[1].next()];
    while (left.done !== true || right.done !== true) {
      if (right.done === true || (left.done !== true && left.value.at <= right.value.at)) {
        if (left.done === true) return;
        yield left.value;
        left = await iterators[0].next();
      } else {
        yield right.value;
        right = await iterators[1].next();
      }
    }
  } finally {
    for (const iterator of iterators) await iterator.return?.(undefined);
  }
}

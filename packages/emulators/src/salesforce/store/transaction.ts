/** Undoes a stretch of changes as a whole. Stretches nest; what an outer one undoes includes the inner ones. */
export interface Transaction {
  /** Notes how to undo a change that was made; forgotten where nothing could be rolled back. */
  record(undo: () => void): void;
  /** Runs `work`, and undoes all that it changed where it answers false or throws. */
  attempt(work: () => boolean): boolean;
}

export function createTransaction(): Transaction {
  const undos: (() => void)[] = [];
  let depth = 0;
  const rollBackTo = (mark: number): void => {
    while (undos.length > mark) undos.pop()?.();
  };
  return {
    record(undo) {
      if (depth > 0) undos.push(undo);
    },
    attempt(work) {
      const mark = undos.length;
      depth += 1;
      let isKept = false;
      try {
        isKept = work();
      } finally {
        depth -= 1;
        if (!isKept) rollBackTo(mark);
        if (depth === 0) undos.length = 0;
      }
      return isKept;
    },
  };
}

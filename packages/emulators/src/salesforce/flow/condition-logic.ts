/**
 * Evaluates `and`, `or`, or a logic over condition numbers such as `1 AND (2 OR NOT 3)`. Null for what is no such logic
 * or names a condition that is not there.
 */
export function parseLogic({ logic, count }: { logic: string; count: number }): ((holds: (index: number) => boolean) => boolean) | null {
  const word = logic.trim().toLowerCase();
  const indices = Array.from({ length: count }, (_, index) => index);
  if (word === "and") return (holds) => indices.every(holds);
  if (word === "or") return (holds) => indices.some(holds);
  const tokens = word.match(/\d+|and|or|not|[()]|\S/g) ?? [];
  const cursor = { tokens, position: 0 };
  const expression = parseOr({ cursor, count });
  return cursor.position === tokens.length ? expression : null;
}

export function evaluateLogic(request: { logic: string; count: number; holds: (index: number) => boolean }): boolean {
  return parseLogic(request)?.(request.holds) ?? false;
}

type Expression = ((holds: (index: number) => boolean) => boolean) | null;
interface Cursor {
  readonly tokens: readonly string[];
  position: number;
}

function parseOr({ cursor, count }: { cursor: Cursor; count: number }): Expression {
  let left = parseAnd({ cursor, count });
  while (accept({ cursor, token: "or" })) {
    const [first, second] = [left, parseAnd({ cursor, count })];
    left = first === null || second === null ? null : (holds) => first(holds) || second(holds);
  }
  return left;
}

function parseAnd({ cursor, count }: { cursor: Cursor; count: number }): Expression {
  let left = parseTerm({ cursor, count });
  while (accept({ cursor, token: "and" })) {
    const [first, second] = [left, parseTerm({ cursor, count })];
    left = first === null || second === null ? null : (holds) => first(holds) && second(holds);
  }
  return left;
}

function parseTerm({ cursor, count }: { cursor: Cursor; count: number }): Expression {
  if (accept({ cursor, token: "not" })) {
    const inner = parseTerm({ cursor, count });
    return inner === null ? null : (holds) => !inner(holds);
  }
  if (accept({ cursor, token: "(" })) {
    const inner = parseOr({ cursor, count });
    return accept({ cursor, token: ")" }) ? inner : null;
  }
  const number = Number(cursor.tokens[cursor.position]);
  if (!Number.isInteger(number) || number < 1 || number > count) return null;
  cursor.position += 1;
  return (holds) => holds(number - 1);
}

function accept({ cursor, token }: { cursor: Cursor; token: string }): boolean {
  if (cursor.tokens[cursor.position] !== token) return false;
  cursor.position += 1;
  return true;
}

import { malformed } from "./soql-error.ts";
import type { Token } from "./tokenize-query.ts";

/** Walks over tokens; key words without regard to case. */
export interface TokenReader {
  peek(ahead?: number): Token | undefined;
  next(): Token;
  /** Takes the key word or symbol if it is the next. */
  take(text: string): boolean;
  isNext(text: string, ahead?: number): boolean;
  expect(text: string): void;
  /** A name that is no key word of its place. */
  expectWord(): string;
  fail(): never;
}

export function createTokenReader(tokens: readonly Token[]): TokenReader {
  let position = 0;
  const fail = (): never => {
    const token = tokens[position];
    throw malformed(token === undefined ? "unexpected token: '<EOF>'" : `unexpected token: '${token.text}'`);
  };
  const isNext = (text: string, ahead = 0): boolean => {
    const token = tokens[position + ahead];
    return token !== undefined && (token.kind === "word" || token.kind === "symbol") && token.text.toUpperCase() === text.toUpperCase();
  };
  const take = (text: string): boolean => {
    if (!isNext(text)) return false;
    position += 1;
    return true;
  };
  return {
    peek: (ahead = 0) => tokens[position + ahead],
    next() {
      const token = tokens[position] ?? fail();
      position += 1;
      return token;
    },
    take,
    isNext,
    expect(text) {
      if (!take(text)) fail();
    },
    expectWord() {
      const token = tokens[position];
      if (token?.kind !== "word") return fail();
      position += 1;
      return token.text;
    },
    fail,
  };
}

import type { Identifier } from "@volenti/core/adapter";
import { randomMark, randomRef } from "./random.ts";

/** A synthetic person, fresh for one case. */
export interface Person {
  readonly ref: string;
  /** In the configured precedence, normalised. */
  readonly identifiers: readonly Identifier[];
  /** Found in every identifier and in nothing else: what must not show where values must not. */
  readonly mark: string;
  readonly test: boolean;
}

export function createPerson(request: { test?: boolean | undefined } = {}): Person {
  const mark = randomMark();
  return {
    ref: randomRef(),
    identifiers: [
      { kind: "loyaltyId", value: `L-${mark}` },
      { kind: "email", value: `kit-${mark}@example.com` },
    ],
    mark,
    test: request.test ?? false,
  };
}

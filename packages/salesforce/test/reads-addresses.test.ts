import fc from "fast-check";
import { expect, test } from "vitest";
import { chunkValues } from "../src/profile/chunk-values.ts";
import { soql } from "../src/query/soql.ts";

const LONGEST_ADDRESS = 15_000;

test("whatever the values, each gets into one query, in order, and no query is longer than an address may be", () => {
  const value = fc.string({ unit: "binary", minLength: 1, maxLength: 320 });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 300 }), fc.integer({ min: 1, max: 400 }), (values, longestCount) => {
      const chunks = chunkValues({ values, longestCount });
      expect(chunks.flat()).toEqual([...new Set(values)]);
      for (const chunk of chunks) {
        expect(chunk.length).toBeLessThanOrEqual(longestCount);
        const query = soql`SELECT Id FROM Contact WHERE Email IN ${chunk.map((text) => text.toWellFormed())}`;
        if (chunk.length > 1) expect(new URLSearchParams({ q: query.text }).toString().length).toBeLessThan(LONGEST_ADDRESS);
      }
    }),
    { numRuns: 60 },
  );
});

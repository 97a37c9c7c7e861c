import type { ConnectorV1 } from "@volenti/core/adapter";
import { expect, test } from "vitest";
import { INJECTIONS } from "../../../tools/test-support/hostile/hostile-values.ts";
import { MARKER } from "../../../tools/test-support/hostile/marker.ts";
import { listOf } from "./support/rights-world.ts";
import { itemOf, openY2Brand, OWN_ID, REF } from "./support/y2-brand.ts";

async function exhaust(stream: AsyncIterable<unknown> | undefined): Promise<void> {
  const items: unknown[] = [];
  for await (const item of stream ?? []) items.push(item);
}

/** Everything that names a customer, a place in the list or a link by a text. */
function callsOf(request: { connector: ConnectorV1; text: string }): readonly (() => Promise<unknown> | undefined)[] {
  const { connector: { changeFeed, linking }, text } = request;
  return [
    () => exhaust(changeFeed?.listChanges({ cursor: null })),
    () => exhaust(changeFeed?.listChanges({ cursor: text })),
    () => exhaust(linking?.listCustomers({ cursor: null })),
    () => exhaust(linking?.listCustomers({ cursor: text })),
    () => linking?.link({ links: [{ customerId: text, subjectRef: REF }] }),
    () => linking?.link({ links: [{ customerId: text, subjectRef: text }] }),
    () => linking?.link({ links: [{ customerId: OWN_ID, subjectRef: text }] }),
  ];
}

/** Of each envelope that was sent, its tags without what stands between them. */
async function hearShapes(texts: readonly string[]): Promise<ReadonlySet<string>> {
  const brand = await openY2Brand();
  await brand.write(itemOf({ decisions: [{ channel: "email", status: "refused" }] }));
  const before = brand.bodies.length;
  for (const text of texts) {
    // The brand's own list may name anybody.
    const connector = brand.open({ customerList: () => listOf(OWN_ID, text), linkField: { userDefinedText: 2 } });
    for (const call of callsOf({ connector, text })) await call()?.catch(() => null);
  }
  return new Set(brand.bodies.slice(before).map((body) => body.replaceAll(/>[^<]*/g, ">")));
}

test("whatever names a customer, a place in the list or a link, the envelopes of changes and links are built as for anybody", async () => {
  const usual = await hearShapes(["plain", "other"]);
  const hostile = await hearShapes(INJECTIONS.map((text) => `${MARKER}${text}`));
  expect(usual.size).toBeGreaterThan(1);
  expect([...hostile].filter((shape) => !usual.has(shape))).toEqual([]);
});

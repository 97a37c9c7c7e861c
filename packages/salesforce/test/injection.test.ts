import type { ConnectorV1 } from "@volenti/core/adapter";
import { expect, test } from "vitest";
import { INJECTIONS } from "../../../tools/test-support/hostile/hostile-values.ts";
import { findMarker, MARKER } from "../../../tools/test-support/hostile/marker.ts";
import type { SalesforceConnectorOptions } from "../src/index.ts";
import { NEWS, openBrand, submissionOf, type Brand } from "./support/open-brand.ts";
import { addressesOf } from "./support/query-structure.ts";

const LENGTH_OF_REFS = 26;

/** As long as a ref is. */
function refLike(text: string): string {
  return text.padEnd(LENGTH_OF_REFS, "a").slice(0, LENGTH_OF_REFS);
}

/** What staff of the brand's, or another program, can leave in the org: the text wherever the org takes it. Answers the record's id. */
function writeAsStaff(request: { brand: Brand; text: string }): string {
  const { brand, text } = request;
  const id = brand.emulator.org.insert({ objectName: "Contact", values: { LastName: "Moreau" }, as: "agent" });
  const values = { LastName: text, FirstName: text, MobilePhone: text, MailingCity: text, MailingCountry: text, VolentiRef__c: refLike(text), HasOptedOutOfEmail: true };
  for (const [field, value] of Object.entries(values)) {
    try {
      brand.emulator.org.update({ objectName: "Contact", id, values: { [field]: value }, as: "agent" });
    } catch {
      // A text that the org itself refuses is nowhere in it.
    }
  }
  return id;
}

/** How many items a stream has; none of a facet that is not there. */
async function exhaust(stream: AsyncIterable<unknown> | undefined): Promise<number> {
  const items: unknown[] = [];
  for await (const item of stream ?? []) items.push(item);
  return items.length;
}

/** Everything that asks the org for somebody by a text, or by what the org itself has told. */
function callsOf(request: { connector: ConnectorV1; text: string; customerId: string }): readonly (() => Promise<unknown> | undefined)[] {
  const { connector, text, customerId } = request;
  const { changeFeed, linking, profiles, consent, consentHistory, erasure } = connector;
  return [
    () => exhaust(changeFeed?.listChanges({ cursor: null })),
    () => exhaust(changeFeed?.listChanges({ cursor: text })),
    () => exhaust(linking?.listCustomers({ cursor: null })),
    () => exhaust(linking?.listCustomers({ cursor: text })),
    () => linking?.link({ links: [{ customerId: text, subjectRef: text }] }),
    () => linking?.link({ links: [{ customerId, subjectRef: text }] }),
    () => profiles.get({ subjectRef: text }),
    () => profiles.find({ identifier: { kind: "email", value: text } }),
    () => profiles.find({ identifier: { kind: "phone", value: text } }),
    () => consent.getState({ subjectRef: text, purpose: text, channel: text }),
    () => consent.getState({ subjectRef: text, ...NEWS }),
    () => consent.listStates({ subjectRef: text }),
    () => exhaust(consentHistory?.listDecisions({ subjectRef: text })),
    () => exhaust(consentHistory?.listDecisions({})),
    () => erasure?.erase({ subjectRef: text, reason: "subjectRequest", requestedAt: 0 }),
    () => erasure?.erase({ subjectRef: refLike(text), reason: "subjectRequest", requestedAt: 0 }),
  ];
}

async function hearAddresses(texts: readonly string[]): Promise<ReadonlySet<string>> {
  const brand = await openBrand({ configuration: { retry: { maxAttempts: 1 } } });
  const connector = brand.volenti.destinations.get("crm");
  if (connector === undefined) throw new Error("the brand has no org");
  const addresses = new Set<string>();
  const bodies: string[] = [];
  brand.intervene({ when: (body) => bodies.push(body) < 0, run: () => null });
  await brand.collect(submissionOf({ email: "ines@example.com", decisions: [{ ...NEWS, status: "given" }] }));
  brand.sent.length = 0;
  bodies.length = 0;
  for (const text of texts) {
    const customerId = writeAsStaff({ brand, text });
    for (const call of callsOf({ connector, text, customerId })) await call()?.catch(() => null);
  }
  for (const [index, { url }] of brand.sent.entries()) for (const address of addressesOf({ url, body: bodies[index] ?? "" })) addresses.add(address);
  return addresses;
}

test("whatever is in the org, or asked of it, the addresses and queries of reads, changes, links and erasures are those of anybody", async () => {
  const usual = await hearAddresses(["plain", "other"]);
  const hostile = await hearAddresses(INJECTIONS.map((text) => `${MARKER}${text}`));
  expect([...usual].filter((address) => address.includes("q=SELECT")).length).toBeGreaterThan(5);
  expect([...hostile].filter((address) => !usual.has(address))).toEqual([]);
  expect([...hostile].filter((address) => findMarker(address) !== null)).toEqual([]);
});

test("a name of a field, or a version, that is none ends by code before anything is sent", async () => {
  const brand = await openBrand();
  brand.sent.length = 0;
  const wrongOptions = INJECTIONS.flatMap((text): readonly Partial<SalesforceConnectorOptions>[] => [
    { fieldMap: { givenName: text } },
    { fieldMap: { givenName: `A${text}` } },
    { matchKeys: [{ kind: "email", field: `Email${text}` }] },
    { optOutFlags: { email: `A${text}` } },
    { profileConstants: { [`A${text}`]: "a" } },
    { apiVersion: `62.0${text}` },
  ]);
  for (const options of wrongOptions) {
    const check = brand.open(options).destinations.get("crm")?.checkConnection();
    await expect(check).rejects.toMatchObject({ code: "invalidConfiguration", fieldNames: Object.keys(options) });
  }
  expect(brand.sent).toEqual([]);
});

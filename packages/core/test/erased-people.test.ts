import { expect, it } from "vitest";
import { createBrand, type Brand } from "./support/create-brand.ts";
import { freshUuid, makeDecision, makeSubmission } from "./support/make-submission.ts";

const ERASED_AT = Date.parse("2026-11-21T12:00:00.000Z");
const LATER = { occurredAt: "2026-11-21T13:00:00.000Z" };

/** A brand that erased the person of `makeSubmission`. */
async function openAfterErasure(): Promise<Brand> {
  const brand = createBrand();
  await brand.volenti.collect(makeSubmission({ profile: { email: "ines@example.com" } }));
  const eu = brand.volenti.destinations.get("eu");
  const subjectRef = await brand.volenti.findSubject({ destinationId: "eu", identifier: { kind: "email", value: "ines@example.com" } });
  if (eu?.erasure === undefined || subjectRef === null) throw new Error("there is nobody to erase");
  await eu.erasure.erase({ subjectRef, reason: "subjectRequest", requestedAt: ERASED_AT });
  return brand;
}

async function importOne(brand: Brand, submission: unknown): Promise<{ outcome: string; problems: readonly { code: string }[] }> {
  for await (const result of brand.volenti.collectMany([submission], { origin: "import" })) return result;
  throw new Error("an import had no result");
}

it("an import brings nobody back who was erased, whatever dates it bears", async () => {
  const brand = await openAfterErasure();
  const answer = await importOne(brand, makeSubmission({ ...LATER, decisions: [makeDecision()] }));
  expect(answer).toMatchObject({ outcome: "rejected", problems: [{ path: "subject", code: "suppressed" }] });
  expect(brand.systems["eu"]?.records.links.size).toBe(0);
});

it("refusals of an import are taken all the same", async () => {
  const brand = await openAfterErasure();
  expect(await importOne(brand, makeSubmission({ ...LATER, decisions: [makeDecision({ status: "refused" })] }))).toMatchObject({ outcome: "delivered" });
});

it("somebody who signs up again is taken, and their older list is not", async () => {
  const brand = await openAfterErasure();
  const again = makeSubmission({ ...LATER, decisions: [makeDecision()] });
  expect(await brand.volenti.collect(again)).toMatchObject({ outcome: "delivered" });
  expect(await importOne(brand, { ...again, submissionId: freshUuid() })).toMatchObject({ outcome: "rejected" });
});

it("no submission makes itself an import, or no import, by a key of its own", async () => {
  const brand = await openAfterErasure();
  expect(await brand.volenti.collect({ ...makeSubmission(LATER), origin: "import", decisions: [makeDecision()] })).toMatchObject({
    outcome: "rejected",
    problems: [{ path: "", code: "unknownKey" }],
  });
});

it("a confirmation counts from its request: one that was asked for before the erasure does not undo it", async () => {
  const brand = await openAfterErasure();
  const confirm = (sentAt: string): unknown =>
    makeDecision({ status: "confirmed", confirmation: { state: "confirmed", sentAt, confirmedAt: LATER.occurredAt, via: "email" } });
  const before = makeSubmission({ ...LATER, decisions: [confirm("2026-11-21T11:00:00.000Z")] });
  const after = makeSubmission({ ...LATER, decisions: [confirm("2026-11-21T12:30:00.000Z")] });
  expect(await brand.volenti.collect(before)).toMatchObject({ outcome: "rejected", problems: [{ code: "suppressed" }] });
  expect(await brand.volenti.collect(after)).toMatchObject({ outcome: "delivered" });
});

it("a device's claim from after the erasure counts from when a server had it", async () => {
  const brand = await openAfterErasure();
  const claimed = makeSubmission({ occurredAt: "2026-11-21T18:00:00.000Z", receivedAt: "2026-11-21T11:30:00.000Z", decisions: [makeDecision()] });
  expect(await brand.volenti.collect(claimed)).toMatchObject({ outcome: "rejected", problems: [{ code: "suppressed" }] });
});

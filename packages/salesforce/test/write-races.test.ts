import type { IntakeFacetV1, WriteBatchV1 } from "@volenti/core/adapter";
import { describe, expect, test } from "vitest";
import { EVENTS, NEWS, openBrand, submissionOf } from "./support/open-brand.ts";

const CONSENTS = "ContactPointTypeConsent";
const email = "ines@example.com";

describe("an opt-out flag", () => {
  test("that another process sets while this one clears it is set in the end", async () => {
    const brand = await openBrand();
    const other = brand.open();
    await brand.collect(submissionOf({ email, at: -90_000, decisions: [{ ...NEWS, status: "refused" }] }));
    brand.intervene({
      when: (body) => body.includes('"HasOptedOutOfEmail":false'),
      run: () => other.collect(submissionOf({ email, at: -80_000, profile: null, decisions: [{ ...EVENTS, status: "refused" }] })),
    });
    await brand.collect(submissionOf({ email, at: -50_000, profile: null, decisions: [{ ...NEWS, status: "given" }] }));
    expect(brand.rows(CONSENTS)).toMatchObject([{ PrivacyConsentStatus: "OptIn" }, { PrivacyConsentStatus: "OptOut" }]);
    expect(brand.rows("Contact")).toMatchObject([{ HasOptedOutOfEmail: true }]);
  });

  test("is set on a record that another process makes while a refusal without a profile is under way", async () => {
    const brand = await openBrand();
    const other = brand.open();
    brand.intervene({
      when: (body) => body.includes(`/composite/sobjects/${CONSENTS}/`) && !body.includes("/sobjects/Contact/VolentiRef__c/"),
      run: () => other.collect(submissionOf({ email })),
    });
    const result = await brand.collect(submissionOf({ email, at: -50_000, profile: null, decisions: [{ ...NEWS, status: "refused" }] }));
    expect(result.outcome).toBe("delivered");
    expect(brand.rows("Contact")).toMatchObject([{ HasOptedOutOfEmail: true }]);
  });

  test("is set on a record of the org that is linked to somebody who refused before", async () => {
    const brand = await openBrand();
    await brand.collect(submissionOf({ email, profile: null, decisions: [{ ...NEWS, status: "refused" }] }));
    brand.emulator.org.insert({ objectName: "Contact", values: { LastName: "Old", Email: email } });
    await brand.collect(submissionOf({ email, at: -50_000 }));
    expect(brand.rows("Contact")).toMatchObject([{ LastName: "Moreau", HasOptedOutOfEmail: true }]);
  });

  test("is set by the second try where the first stopped half-way, also where the org does not guard its rows", async () => {
    const brand = await openBrand({ options: { staleWriteGuard: "readThenWrite" } });
    await brand.collect(submissionOf({ email }));
    brand.emulator.faults.lockRows({ objectName: "Contact", times: 1 });
    const result = await brand.collect(submissionOf({ email, at: -50_000, profile: null, decisions: [{ ...NEWS, status: "refused" }] }));
    expect(result.outcome).toBe("delivered");
    expect(brand.rows("Contact")).toMatchObject([{ HasOptedOutOfEmail: true }]);
  });

  test("from before Volenti yields to no older grant where nobody is looked up", async () => {
    const brand = await openBrand();
    await brand.collect(submissionOf({ email }));
    const [contact] = brand.rows("Contact");
    brand.emulator.org.update({ objectName: "Contact", id: String(contact?.["Id"]), values: { HasOptedOutOfEmail: true, VolentiEmailOptOutAt__c: null } });
    brand.emulator.org.update({ objectName: "Contact", id: String(contact?.["Id"]), values: { VolentiEmailOptOutAt__c: null } });
    expect(brand.rows("Contact")).toMatchObject([{ HasOptedOutOfEmail: true, VolentiEmailOptOutAt__c: null }]);
    await brand.open({ matchKeys: [] }).collect(submissionOf({ email, at: -90_000, profile: null, decisions: [{ ...NEWS, status: "given" }] }));
    expect(brand.rows("Contact")).toMatchObject([{ HasOptedOutOfEmail: true }]);
  });

});

describe("a family name", () => {
  test("that another process writes is not replaced by the placeholder", async () => {
    const brand = await openBrand();
    const other = brand.open();
    brand.intervene({
      when: (body) => body.includes('"LastName":"(not given)"'),
      run: () => other.collect(submissionOf({ email })),
    });
    await brand.collect(submissionOf({ email, at: -50_000, profile: { email, locale: "fr-CH" } }));
    expect(brand.rows("Contact")).toMatchObject([{ LastName: "Moreau", VolentiLocale__c: "fr-CH" }]);
  });

  test("of an Individual who was there before stays, also where a lone write meets its lock", async () => {
    const brand = await openBrand();
    const IndividualId = brand.emulator.org.insert({ objectName: "Individual", values: { LastName: "Old" } });
    brand.emulator.org.insert({ objectName: "Contact", values: { LastName: "Old", Email: email, IndividualId } });
    await brand.collect(submissionOf({ email }));
    brand.emulator.faults.lockRows({ objectName: "Individual", times: 1 });
    const result = await brand.collect(submissionOf({ email, at: -50_000, profile: null, decisions: [{ ...NEWS, status: "given" }] }));
    expect(result.outcome).toBe("delivered");
    expect(brand.rows("Individual")).toMatchObject([{ LastName: "Old" }]);
  });
});

test("a signal that ends a write in any of its calls is given back as its own reason", async () => {
  const brand = await openBrand();
  const crm = brand.volenti.destinations.get("crm");
  const batches: WriteBatchV1[] = [];
  const write = crm?.intake.write;
  if (crm === undefined || write === undefined) throw new Error("no destination");
  const intake: IntakeFacetV1 = { write: (batch) => (batches.push(batch), write(batch)) };
  Object.assign(crm, { intake });
  brand.emulator.org.insert({ objectName: "Contact", values: { LastName: "Old", Email: email } });
  await brand.collect(submissionOf({ email, at: -90_000, decisions: [{ ...NEWS, status: "refused" }] }));
  await brand.collect(submissionOf({ email, at: -80_000, profile: { givenName: "x", email: "inès@exämple.example" }, decisions: [{ ...NEWS, status: "given" }] }));
  const [, batch] = batches;
  if (batch === undefined) throw new Error("no batch");
  brand.emulator.org.schema.objects.get("Contact")?.validationRules.clear();
  for (let last = 1; last <= 4; last += 1) {
    brand.emulator.org.update({ objectName: "Contact", id: String(brand.rows("Contact")[0]?.["Id"]), values: { HasOptedOutOfEmail: true, VolentiEmailOptOutAt__c: 1 } });
    const ending = new AbortController();
    const reason = new Error("enough");
    let calls = 0;
    const count = (): void => {
      calls += 1;
      if (calls === last) ending.abort(reason);
      brand.intervene({ when: () => true, run: count });
    };
    brand.intervene({ when: () => true, run: count });
    await expect(write({ ...batch, signal: ending.signal })).rejects.toBe(reason);
    expect(calls).toBe(last);
  }
});

import { describe, expect, it } from "vitest";
import { emailOf, itemOf, NOON, openY2Brand, OTHER_REF, OWN_ID, REF } from "./support/y2-brand.ts";

const GRANT = { status: "given" } as const;

describe("reading consent", () => {
  it("tells what stands by purpose and channel, to the second, and nothing of what was never asked", async () => {
    const { connector, write } = await openY2Brand();
    const item = itemOf({ decisions: [GRANT, { channel: "sms", status: "objected" }] });
    await write(item);
    expect((await connector.consent.listStates({ subjectRef: REF })).map(({ purpose, channel, status, effectiveAt }) => [purpose, channel, status, effectiveAt])).toEqual([
      ["news", "email", "given", NOON],
      ["news", "sms", "refused", NOON],
    ]);
    expect(await connector.consent.getState({ subjectRef: REF, purpose: "news", channel: "post" })).toBeNull();
    expect(await connector.consent.listStates({ subjectRef: OTHER_REF })).toEqual([]);
  });

  it("tells the till's no as a refusal of its own time, without a decision of ours", async () => {
    const { connector, write, emulator, clock } = await openY2Brand();
    await write(itemOf({ decisions: [GRANT] }));
    clock.advance(60_000);
    emulator.customers.changeOptIns({ customerId: OWN_ID, optIns: { OptinEmail: "DoNotUse" } });
    const state = await connector.consent.getState({ subjectRef: REF, purpose: "news", channel: "email" });
    expect(state).toMatchObject({ status: "refused", decisionId: "", effectiveAt: Math.floor(clock.now() / 1000) * 1000 });
  });

  it("finds who carries the link, and takes two who do for a conflict", async () => {
    const { connector, emulator } = await openY2Brand({ options: { linkField: { userDefinedText: 2 } } });
    const linked = { LastName: "Moreau", UsualStoreId: "001", OptinEmail: "DoNotUse", UserDefinedTexts: [{ Id: "2", Value: OWN_ID }] };
    emulator.customers.add(linked);
    expect(await connector.consent.getState({ subjectRef: REF, purpose: "news", channel: "email" })).toMatchObject({ status: "refused" });
    emulator.customers.add(linked);
    await expect(connector.profiles.get({ subjectRef: REF })).rejects.toMatchObject({ code: "conflict", providerCode: "severalCustomers" });
  });
});

describe("finding people", () => {
  it("needs the whole ref in a text: without one it is unsupported, and nobody is guessed", async () => {
    const { connector } = await openY2Brand();
    expect(connector.traits.subjectKeys).toEqual([]);
    await expect(connector.profiles.find({ identifier: emailOf("ines@example.com") })).rejects.toMatchObject({ code: "unsupported" });
  });

  it("says by a match key that the folder holds nobody, or somebody who is not linked, and of whom it knows the link alone that it cannot tell who that is", async () => {
    const { connector, write, emulator } = await openY2Brand();
    const read = (value: string) => connector.overview?.read({ name: { identifier: emailOf(value) } });
    expect(await read("nobody@example.com")).toBeNull();
    const walkIn = { LastName: "Moreau", UsualStoreId: "001", EmailData: { Email: "walk.in@example.com" } };
    const customerId = emulator.customers.add(walkIn);
    await expect(read("walk.in@example.com")).rejects.toMatchObject({ code: "unlinked", recordIds: [customerId] });
    emulator.customers.add(walkIn);
    await expect(read("walk.in@example.com")).rejects.toMatchObject({ code: "conflict" });
    await write(itemOf({ profile: { email: "ines@example.com" }, decisions: [GRANT] }));
    await expect(read("ines@example.com")).rejects.toMatchObject({ code: "unsupported" });
    emulator.customers.add({ ...walkIn, EmailData: { Email: "ines@example.com" } });
    await expect(read("ines@example.com")).rejects.toMatchObject({ code: "conflict" });
    await expect(connector.overview?.read({ name: { identifier: { kind: "loyaltyId", value: "L-1" } } })).rejects.toMatchObject({ code: "unsupported" });
  });

  it("reads all of a person out of one record, as the facets answer it", async () => {
    const { connector, write, calls } = await openY2Brand({ options: { refField: { userDefinedText: 2 } } });
    await write(itemOf({ profile: { email: "ines@example.com" }, decisions: [GRANT] }));
    const [profile, states] = [await connector.profiles.get({ subjectRef: REF }), await connector.consent.listStates({ subjectRef: REF })];
    const all = { records: [{ subjectRef: REF, profile, states, decisions: [] }], custody: null };
    calls();
    expect(await connector.overview?.read({ name: { subjectRef: REF } })).toEqual(all);
    expect(calls()).toHaveLength(1);
    expect(await connector.overview?.read({ name: { identifier: emailOf("ines@example.com") } })).toEqual(all);
    expect(await connector.overview?.read({ name: { subjectRef: OTHER_REF } })).toBeNull();
  });

  it("answers the ref of the one open customer, null once they are closed, and never null for one who is not linked", async () => {
    const { connector, write, emulator } = await openY2Brand({ options: { refField: { userDefinedText: 2 } } });
    await write(itemOf({ profile: { email: "ines@example.com" }, decisions: [GRANT] }));
    emulator.customers.add({ LastName: "Moreau", UsualStoreId: "001", EmailData: { Email: "walk.in@example.com" } });
    expect(await connector.profiles.find({ identifier: emailOf("ines@example.com") })).toBe(REF);
    const walkIn = { name: { identifier: emailOf("walk.in@example.com") } };
    await expect(connector.profiles.find(walkIn.name)).rejects.toMatchObject({ code: "unlinked" });
    await expect(connector.overview?.read(walkIn)).rejects.toMatchObject({ code: "unlinked" });
    emulator.customers.close(OWN_ID);
    expect(await connector.profiles.find({ identifier: emailOf("ines@example.com") })).toBeNull();
  });
});

import type { StoredProfileV1 } from "@volenti/core/adapter";
import type { RightsAnswer, RightsKindHandled, RightsRequest } from "@volenti/governance";
import { describe, expect, it, test } from "vitest";
import { createMemoryErasureLog } from "../support/memory-erasure-log.ts";
import { createMemoryKeyring } from "../support/memory-keyring.ts";
import { NOW, openShop, type Shop } from "../support/open-shop.ts";

const ines = { kind: "email", value: "ines@example.com" } as const;
const mistyped = { kind: "email", value: "inez@example.com" } as const;

/** A request that staff opened and whose person they have seen. */
async function openVerified(shop: Shop, kind: RightsKindHandled): Promise<RightsRequest> {
  const { rights } = shop.governance;
  const opened = await rights.open({ identifier: ines, kind, actor: "officer" });
  const { requestId = "" } = opened.request ?? {};
  return requestOf(await rights.change({ requestId, actor: "officer", action: "verify", method: "passport" }));
}

function requestOf({ request, problem }: RightsAnswer): RightsRequest {
  if (request === null) expect.fail(`no request: ${problem?.code}`);
  return request;
}

async function isFound(shop: Shop): Promise<boolean> {
  return (await shop.governance.show({ identifier: ines })).found;
}

function withoutEmail(profile: StoredProfileV1 | null): StoredProfileV1 | null {
  if (profile === null) return null;
  const { email: _, ...attributes } = profile.attributes;
  return { ...profile, attributes };
}

describe("a name that leads to nobody", () => {
  test.each(["erase", "access", "withdraw"] as const)("does not end an %s of somebody who is there", async (kind) => {
    const shop = openShop();
    await shop.submit();
    const { requestId } = await openVerified(shop, kind);
    const { rights } = shop.governance;
    expect(await rights.run({ requestId, actor: "officer", identifier: mistyped })).toMatchObject({ problem: { code: "otherPerson" }, erasure: null, request: { state: "in_progress", targets: [] } });
    expect(await isFound(shop)).toBe(true);
    expect(await rights.run({ requestId, actor: "officer", identifier: ines })).toMatchObject({ problem: null, request: { state: "fulfilled" } });
  });

  it("does not end an erasure of somebody of whom nothing but decisions is held", async () => {
    const shop = openShop();
    await shop.submit({ profile: {} });
    const { requestId } = await openVerified(shop, "erase");
    expect(await shop.governance.rights.run({ requestId, actor: "officer", identifier: mistyped })).toMatchObject({ problem: { code: "otherPerson" }, request: { state: "in_progress" } });
    expect(await isFound(shop)).toBe(true);
  });

  it("does not end a request of which nobody is verified either", async () => {
    const shop = openShop();
    await shop.submit();
    const { rights } = shop.governance;
    const { requestId } = requestOf(await rights.open({ identifier: ines, kind: "erase", actor: "officer" }));
    expect(await rights.run({ requestId, actor: "officer", identifier: mistyped })).toMatchObject({ problem: { code: "otherPerson" }, request: { state: "in_progress", reason: "need_user_verification", verification: null } });
    expect(await isFound(shop)).toBe(true);
  });

  it("leaves the request open while nobody can say whether the person is there", async () => {
    const shop = openShop({
      change: ({ ledger, crm }) => ({ ledger, crm: { ...crm, profiles: { ...crm.profiles, get: () => Promise.reject(new Error("down")) } } }),
    });
    await shop.submit();
    const { requestId } = await openVerified(shop, "erase");
    expect(await shop.governance.rights.run({ requestId, actor: "officer", identifier: mistyped })).toMatchObject({ problem: null, request: { state: "in_progress", targets: [{ state: "waiting" }, { state: "waiting" }] } });
  });

  it("is a wrong one as well where the person was merged into another since", async () => {
    const shop = openShop();
    await shop.submit();
    await shop.submit({ email: "ines@example.org" });
    const { requestId } = await openVerified(shop, "erase");
    await shop.governance.merge({ into: { kind: "email", value: "ines@example.org" }, from: ines });
    expect(await shop.governance.rights.run({ requestId, actor: "officer", identifier: mistyped })).toMatchObject({ problem: { code: "otherPerson" } });
  });
});

describe("an erasure that ended before that was written down", () => {
  it("is finished by the request's id alone, since nobody is named any more", async () => {
    const shop = openShop();
    await shop.submit();
    const { requestId } = await openVerified(shop, "erase");
    await shop.governance.erase({ identifier: ines, requestedAt: NOW });
    const answer = await shop.governance.rights.run({ requestId, actor: "officer" });
    expect(answer).toMatchObject({ problem: null, request: { state: "fulfilled", targets: [{ outcome: "notHeld" }, { outcome: "notHeld" }] }, erasure: { outcome: "complete" } });
  });

  it("is finished under the person's name, too", async () => {
    const shop = openShop();
    await shop.submit();
    const { requestId } = await openVerified(shop, "erase");
    await shop.governance.erase({ identifier: ines, requestedAt: NOW });
    expect(await shop.governance.rights.run({ requestId, actor: "officer", identifier: ines })).toMatchObject({ problem: null, request: { state: "fulfilled" } });
  });

  it("never goes on with somebody else, who is there while the person is not", async () => {
    const shop = openShop();
    await shop.submit();
    const zoe = { kind: "email", value: "zoe@example.com" } as const;
    await shop.submit({ email: zoe.value });
    const { requestId } = await openVerified(shop, "erase");
    await shop.governance.erase({ identifier: ines, requestedAt: NOW });
    expect(await shop.governance.rights.run({ requestId, actor: "officer", identifier: zoe })).toMatchObject({ problem: { code: "otherPerson" }, erasure: null, request: { state: "in_progress" } });
    expect((await shop.governance.show({ identifier: zoe })).found).toBe(true);
  });

  it("is finished by asking once more, as the erasure log knows whose it was", async () => {
    const shop = openShop();
    await shop.submit();
    await shop.submit({ email: "zoe@example.com" });
    const { rights } = shop.governance;
    const erasureLog = createMemoryErasureLog();
    const other = requestOf(await rights.open({ identifier: { kind: "email", value: "zoe@example.com" }, kind: "erase", actor: "officer" }));
    const { requestId } = await openVerified(shop, "erase");
    for (const value of ["zoe@example.com", ines.value]) await shop.governance.erase({ identifier: { kind: "email", value }, requestedAt: NOW, log: erasureLog });
    const asked = { kind: "erase", actor: "officer", erasureLog } as const;
    expect(await rights.ask({ ...asked, identifier: mistyped })).toMatchObject({ request: { state: "denied", reason: "no_match" } });
    expect(await rights.ask({ ...asked, identifier: ines })).toMatchObject({ problem: null, keptIn: "ledger", request: { requestId, state: "fulfilled" } });
    expect(await rights.list()).toMatchObject([{ requestId: other.requestId, verification: null }]);
  });

  it("is finished so also where the key that the log's digests were made under was replaced since", async () => {
    const keys = createMemoryKeyring({ signingKeyId: "signing-1" });
    const shop = openShop({ keys });
    await shop.submit();
    const erasureLog = createMemoryErasureLog();
    const { requestId } = await openVerified(shop, "erase");
    await shop.governance.erase({ identifier: ines, requestedAt: NOW, log: erasureLog });
    keys.rotate("suppression");
    expect(await shop.governance.rights.ask({ kind: "erase", actor: "officer", erasureLog, identifier: ines })).toMatchObject({ problem: null, request: { requestId, state: "fulfilled" } });
  });

  it("goes on where a system still holds a copy that no name leads to", async () => {
    const shop = openShop({ change: ({ ledger, crm }) => ({ ledger, crm: { ...crm, profiles: { ...crm.profiles, get: async (request) => withoutEmail(await crm.profiles.get(request)) } } }) });
    await shop.submit();
    const { requestId } = await openVerified(shop, "erase");
    const ledger = shop.volenti.destinations.get("ledger");
    for (const subjectRef of shop.ledger.records.people.keys()) await ledger?.erasure?.erase({ subjectRef, reason: "subjectRequest", requestedAt: NOW });
    expect(await shop.governance.rights.run({ requestId, actor: "officer" })).toMatchObject({ problem: null, request: { state: "fulfilled", targets: [{ outcome: "notHeld" }, { system: "crm", outcome: "erased" }] } });
    expect(shop.crm.records.people.size).toBe(0);
  });

  it("looks for copies where none was found when it was opened, and leaves the ledger as it is while one cannot be looked for", async () => {
    const shop = openShop({ change: ({ ledger, crm }) => ({ ledger: { ...ledger, profiles: { ...ledger.profiles, get: async (request) => withoutEmail(await ledger.profiles.get(request)) } }, crm }) });
    await shop.submit();
    shop.crm.fail({ kind: "unavailable" });
    const { requestId, subjectRefs } = await openVerified(shop, "erase");
    expect(Object.keys(subjectRefs)).toEqual(["ledger"]);
    const first = await shop.governance.rights.run({ requestId, actor: "officer" });
    expect(first).toMatchObject({ request: { state: "in_progress", targets: [{ state: "waiting", reason: "copiesRemain" }, { system: "crm", state: "waiting" }] } });
    expect(shop.ledger.records.people.size).toBe(1);
    shop.crm.fail(null);
    expect(await shop.governance.rights.run({ requestId, actor: "officer" })).toMatchObject({ request: { state: "fulfilled", targets: [{ outcome: "erased" }, { system: "crm", outcome: "erased" }] } });
  });

  it("still asks for the person where nobody was ever verified", async () => {
    const shop = openShop();
    await shop.submit();
    const { rights } = shop.governance;
    const { requestId } = requestOf(await rights.open({ identifier: ines, kind: "erase", actor: "officer" }));
    expect(await rights.run({ requestId, actor: "officer" })).toMatchObject({ problem: { code: "personRequired" } });
    expect(await isFound(shop)).toBe(true);
  });
});

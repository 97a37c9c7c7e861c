import { ConnectorError, type VolentiConfiguration } from "@volenti/core";
import type { OpeningRequest, RightsAnswer, RightsRequest } from "@volenti/governance";
import { describe, expect, it, test } from "vitest";
import { NOW, openShop, type Shop } from "../support/open-shop.ts";

const ines = { kind: "email", value: "ines@example.com" } as const;

function ask(shop: Shop, changes: Partial<OpeningRequest> & { profile?: Record<string, unknown> } = {}): Promise<RightsAnswer> {
  return shop.governance.rights.ask({ identifier: ines, kind: "withdraw", actor: "officer", ...changes });
}

function requestOf(answer: RightsAnswer): RightsRequest {
  if (answer.request === null) expect.fail(`no request: ${answer.problem?.code}`);
  return answer.request;
}

async function answerOf(shop: Shop, purpose: string): Promise<string | undefined> {
  const { consents } = await shop.governance.show({ identifier: ines });
  return consents.findLast((consent) => consent.purpose === purpose)?.answer;
}

describe("a withdrawal", () => {
  it("is recorded everywhere, with a receipt, and fulfils the request within its date", async () => {
    const shop = openShop();
    await shop.submit();
    const answer = await ask(shop);
    expect(answer).toMatchObject({ problem: null, result: { outcome: "delivered", receipt: expect.any(String) } });
    expect(requestOf(answer)).toMatchObject({
      kind: "withdraw",
      regime: "GDPR",
      place: { country: "FR", subdivision: null },
      state: "fulfilled",
      dueAt: "2026-12-21T23:59:59.999Z",
      verification: { method: "byOperator", actor: "officer" },
      targets: [
        { system: "ledger", state: "done", outcome: "refused" },
        { system: "crm", state: "done", outcome: "refused" },
      ],
    });
    expect(await answerOf(shop, "marketing.email")).toBe("refused");
    expect(JSON.stringify(answer.request)).not.toContain("ines@");
  });

  it("counts from its receipt: what the person gave since stands", async () => {
    const shop = openShop();
    await shop.submit({ occurredAt: "2026-11-20T10:00:00.000Z" });
    expect(requestOf(await ask(shop, { receivedAt: Date.UTC(2026, 10, 19) })).state).toBe("fulfilled");
    expect(await answerOf(shop, "marketing.email")).toBe("granted");
  });

  it("of a purpose that rests on no consent is not covered", async () => {
    const shop = openShop();
    await shop.submit();
    expect(requestOf(await ask(shop, { purpose: "loyalty" }))).toMatchObject({ state: "denied", reason: "claim_not_covered" });
    expect(await ask(shop, { purpose: "profiling" })).toMatchObject({ request: null, problem: { code: "unknownPurpose" } });
  });
});

describe("an objection", () => {
  it("to direct marketing is always heard, and leaves the contract alone", async () => {
    const shop = openShop();
    await shop.submit();
    const answer = await ask(shop, { kind: "object" });
    expect(requestOf(answer).state).toBe("fulfilled");
    expect(answer.result?.decisions).toMatchObject([{ purpose: "marketing.email", status: "objected" }]);
    expect(await answerOf(shop, "loyalty")).toBe("unknown");
    expect(requestOf(await ask(shop, { kind: "object", purpose: "loyalty" }))).toMatchObject({ state: "denied", reason: "claim_not_covered" });
  });
});

describe("a purpose that sells, and one that uses sensitive data", () => {
  const purposes = [
    { key: "loyalty", version: "1", basis: "contract", mechanism: "noticeOnly", attributes: ["*"], label: { en: "Loyalty" } },
    { key: "sale", version: "1", basis: "legitimateInterests", mechanism: "optOut", attributes: ["email"], recipients: ["ad-partner"], label: { en: "Sale" } },
    { key: "health", version: "1", basis: "consent", mechanism: "optIn", attributes: ["gender"], label: { en: "Care" } },
  ] as const;
  const notices = [
    { id: "signup", version: "3", locale: "fr-FR", purposes: ["loyalty", "sale", "health"], standalone: true, firstLayer: "F", text: "T", policyUrl: "https://example.com/fr" },
  ];
  const californian = { profile: { givenName: "Ada", email: "ines@example.com" }, decisions: [], country: "US" };
  const place = { country: "US", subdivision: "US-CA" };

  it("stop at an opt-out within California's 15 working days", async () => {
    const shop = openShop({ configuration: { purposes, notices } });
    await shop.submit(californian);
    const answer = await ask(shop, { kind: "optOut", ...place });
    expect(requestOf(answer)).toMatchObject({ regime: "CCPA/CPRA opt-out, limit", state: "fulfilled", dueAt: "2026-12-11T23:59:59.999Z" });
    expect(answer.result?.decisions).toMatchObject([{ purpose: "sale", status: "optedOut" }]);
  });

  it("stops being used where the configuration names it", async () => {
    const shop = openShop({ configuration: { purposes, notices, rights: { sensitivePurposes: ["health"] } } });
    await shop.submit(californian);
    const answer = await ask(shop, { kind: "limit", ...place });
    expect(answer.result?.decisions).toMatchObject([{ purpose: "health", status: "optedOut" }]);
  });

  it("asks which one is meant where the configuration names none", async () => {
    const shop = openShop({ configuration: { purposes, notices } });
    await shop.submit(californian);
    expect((await ask(shop, { kind: "limit", ...place })).problem?.code).toBe("purposeRequired");
  });
});

describe("a correction", () => {
  it("reaches every destination that holds the person, and no value of it is kept with the request", async () => {
    const shop = openShop();
    await shop.submit();
    const answer = await ask(shop, { kind: "rectify", profile: { givenName: "Inès-Marie" } });
    expect(requestOf(answer)).toMatchObject({ state: "fulfilled", targets: [{ outcome: "rectified" }, { outcome: "rectified" }] });
    expect(JSON.stringify(answer.request)).not.toContain("Marie");
    const { profile } = await shop.governance.show({ identifier: ines });
    expect(profile.find(({ attribute }) => attribute === "givenName")).toMatchObject({ value: "Inès-Marie", conflict: false });
  });

  it("is refused by name of the field where a value is none, and is put right by running again", async () => {
    const shop = openShop();
    await shop.submit();
    const answer = await ask(shop, { kind: "rectify", profile: { birthdate: "31.12.1990" } });
    expect(answer).toMatchObject({ problem: { code: "invalidInput", fields: [{ path: "profile.birthdate", code: expect.any(String) }] } });
    expect(requestOf(answer)).toMatchObject({ state: "in_progress", targets: [] });
    const again = await shop.governance.rights.run({ rightsRequest: requestOf(answer), actor: "officer", identifier: ines, profile: { birthdate: "1990-12-31" } });
    expect(requestOf(again)).toMatchObject({ requestId: requestOf(answer).requestId, state: "fulfilled" });
  });

  it("of an e-mail address makes it a name of the person, unless it is somebody else's", async () => {
    const shop = openShop();
    await shop.submit();
    await shop.submit({ email: "zoe@example.com" });
    const taken = await ask(shop, { kind: "rectify", profile: { email: "zoe@example.com" } });
    expect(taken.problem).toEqual({ code: "severalPeople", fields: [{ path: "profile.email", code: "identifierElsewhere" }] });
    expect(requestOf(await ask(shop, { kind: "rectify", profile: { email: "ines.moreau@example.com" } })).state).toBe("fulfilled");
    const view = await shop.governance.show({ identifier: { kind: "email", value: "ines.moreau@example.com" } });
    expect(view.destinations.map(({ status }) => status)).toEqual(["found", "found"]);
  });

  it.each([ines, { kind: "email", value: "ines.moreau@example.org" } as const])("after a merge corrects both copies of a CRM, and leaves one value in the ledger (%#)", async (identifier) => {
    const shop = openShop();
    const from = { kind: "email", value: "ines.moreau@example.org" } as const;
    await shop.submit();
    await shop.submit({ email: from.value });
    await shop.governance.merge({ into: ines, from });
    const answer = await ask(shop, { kind: "rectify", identifier, profile: { givenName: "Inès-Marie" } });
    expect(requestOf(answer)).toMatchObject({
      state: "fulfilled",
      targets: [
        { system: "ledger", state: "done", outcome: "rectified" },
        { system: "crm", state: "done", outcome: "rectified" },
      ],
    });
    const { profile } = await shop.governance.show({ identifier: ines });
    const values = profile.find(({ attribute }) => attribute === "givenName")?.values;
    expect(values).toMatchObject([{ value: "Inès-Marie", destinationIds: ["ledger", "crm"] }]);
  });

  it("after a merge leaves another address in the other copy to a human, and what it was not asked to correct alone", async () => {
    const shop = openShop();
    const from = { kind: "email", value: "ines.moreau@example.org" } as const;
    await shop.submit({ profile: { address: { locality: "Paris", postalCode: "75001" } } });
    await shop.submit({ email: from.value, profile: { email: from.value, address: { locality: "Lyon", postalCode: "69001" } } });
    await shop.governance.merge({ into: ines, from });
    const answer = await ask(shop, { kind: "rectify", profile: { email: "ines.new@example.com", address: { locality: "Nice" } } });
    const [, inCrm] = requestOf(answer).targets;
    expect(inCrm).toMatchObject({ system: "crm", state: "needsHuman", reason: "mergedCopy", attributes: ["email"] });
    const { profile } = await shop.governance.show({ identifier: ines });
    const heldInCrm = (name: string): unknown[] =>
      profile.filter(({ attribute }) => attribute === name).flatMap(({ values }) => values.flatMap(({ value, destinationIds }) => (destinationIds.includes("crm") ? [value] : [])));
    expect(heldInCrm("address.locality")).toEqual(["Nice"]);
    expect(new Set(heldInCrm("address.postalCode"))).toEqual(new Set(["69001", "75001"]));
  });

  it("that one system refuses is told by attribute, and the other keeps it", async () => {
    const shop = openShop({
      change: ({ ledger, crm }) => ({
        ledger,
        crm: {
          ...crm,
          intake: {
            write: async (batch) => {
              const outcomes = await crm.intake.write(batch);
              return outcomes.map((outcome, index) =>
                outcome.status !== "written" || batch.items[index]?.profile?.["birthdate"] === undefined
                  ? outcome
                  : { ...outcome, profile: { ...outcome.profile, birthdate: "rejected" as const } },
              );
            },
          },
        },
      }),
    });
    await shop.submit();
    const answer = await ask(shop, { kind: "rectify", profile: { birthdate: "1990-02-03" } });
    expect(requestOf(answer)).toMatchObject({
      state: "in_progress",
      targets: [{ system: "ledger", outcome: "rectified" }, { system: "crm", state: "needsHuman", outcome: "rejected", attributes: ["birthdate"] }],
    });
  });
});

describe("access", () => {
  it("tells what is held, on what ground, under which notice, to whom it goes and where it came from", async () => {
    const shop = openShop();
    await shop.submit();
    const answer = await ask(shop, { kind: "access" });
    expect(requestOf(answer)).toMatchObject({ state: "fulfilled", targets: [{ outcome: "read" }, { outcome: "read" }] });
    expect(answer.report).toMatchObject({
      controller: { contact: "privacy@example.com" },
      view: { found: true, complete: true },
      purposes: [{ key: "loyalty", basis: "contract" }, { key: "marketing.email", basis: "consent" }],
      notices: [{ id: "signup", version: "3", policyUrl: "https://example.com/fr/privacy" }],
      sources: ["paris-flagship"],
    });
  });

  it("of somebody unknown is denied, and says so", async () => {
    const answer = await ask(openShop(), { kind: "access", country: "FR" });
    expect(requestOf(answer)).toMatchObject({ state: "denied", reason: "no_match", dueAt: "2026-12-21T23:59:59.999Z" });
    expect(answer.report).toBeNull();
  });

  it("is no denial where a destination could not be asked", async () => {
    const shop = openShop();
    shop.crm.fail({ kind: "unavailable" });
    expect(requestOf(await ask(shop, { kind: "access" }))).toMatchObject({ state: "in_progress", targets: [{ outcome: "notHeld" }, { system: "crm", state: "waiting" }] });
  });
});

describe("whoever cannot be told apart", () => {
  it("is given nothing, and nothing is changed", async () => {
    const shop = openShop();
    await shop.submit();
    const [person] = shop.crm.records.people.values();
    if (person === undefined) expect.fail("the CRM holds nobody");
    shop.crm.records.people.set("another", { ...person, ref: "another" });
    for (const kind of ["access", "withdraw", "erase", "rectify"] as const) {
      const answer = await ask(shop, { kind, profile: { givenName: "Zoé" } });
      expect(answer).toMatchObject({ problem: { code: "severalPeople" }, report: null, result: null });
      expect(requestOf(answer)).toMatchObject({ state: "in_progress", reason: "need_user_verification", targets: [{ system: "crm", outcome: "conflict" }] });
    }
    expect(shop.ledger.records.people.size).toBe(1);
  });
});

describe("the identity", () => {
  const hooks: [string, NonNullable<NonNullable<VolentiConfiguration["rights"]>["verifyIdentity"]>][] = [
    ["is not proven", async () => ({ verified: false, method: "passport" })],
    ["cannot be checked", () => Promise.reject(new Error("ines@example.com"))],
    ["is answered with nonsense", async () => JSON.parse('{"verified":"yes","method":"x"}')],
  ];
  test.each(hooks)("where it %s, nothing is read or changed, and the request waits", async (_, verifyIdentity) => {
    const shop = openShop({ configuration: { rights: { verifyIdentity } } });
    await shop.submit();
    for (const kind of ["access", "erase", "withdraw"] as const) {
      const answer = await ask(shop, { kind });
      expect(answer).toMatchObject({ problem: { code: "unverified" }, report: null });
      expect(requestOf(answer)).toMatchObject({ state: "in_progress", reason: "need_user_verification", verification: null, targets: [] });
    }
    expect(await answerOf(shop, "marketing.email")).toBe("granted");
  });

  it("is asked for by what was said of the person, and recorded by its method", async () => {
    const asked: unknown[] = [];
    const shop = openShop({
      configuration: {
        rights: {
          verifyIdentity: async (question) => {
            asked.push(question);
            return { verified: true, method: "account-login" };
          },
        },
      },
    });
    await shop.submit();
    const answer = await ask(shop, { kind: "access", via: "agent" });
    expect(requestOf(answer).verification).toEqual({ method: "account-login", actor: "officer", at: new Date(NOW).toISOString() });
    expect(asked).toEqual([{ requestId: requestOf(answer).requestId, kind: "access", via: "agent", receivedAt: new Date(NOW).toISOString(), identifier: ines }]);
  });

  it("of somebody else answers no request, and verifies none", async () => {
    const shop = openShop({ configuration: { rights: { verifyIdentity: async () => ({ verified: true, method: "account-login" }) } } });
    await shop.submit();
    await shop.submit({ email: "zoe@example.com" });
    const { rights } = shop.governance;
    const rightsRequest = requestOf(await rights.open({ identifier: ines, kind: "access", actor: "officer" }));
    const answer = await rights.run({ rightsRequest, actor: "officer", identifier: { kind: "email", value: "zoe@example.com" } });
    expect(answer).toMatchObject({ problem: { code: "otherPerson" }, report: null, request: { verification: null } });
    expect(await rights.run({ rightsRequest: requestOf(answer), actor: "officer" })).toMatchObject({ problem: { code: "personRequired" }, report: null });
  });
});

describe("a destination that is down", () => {
  it("leaves the request open, and the next run finishes what the first began", async () => {
    const shop = openShop();
    await shop.submit();
    shop.crm.fail({ kind: "unavailable" });
    const first = await ask(shop);
    expect(requestOf(first)).toMatchObject({ state: "in_progress", targets: [{ outcome: "refused" }, { system: "crm", state: "waiting", outcome: "unreachable" }] });
    shop.crm.fail(null);
    const second = await shop.governance.rights.run({ rightsRequest: requestOf(first), actor: "officer" });
    expect(requestOf(second)).toMatchObject({ state: "fulfilled", targets: [{ system: "ledger", outcome: "refused" }, { system: "crm", outcome: "refused" }] });
    expect(second.result?.decisions[0]?.id).toBe(first.result?.decisions[0]?.id);
    expect(shop.ledger.records.decisionsById.size).toBe(2);
  });

  it("does not lose an erasure", async () => {
    const shop = openShop();
    await shop.submit();
    shop.crm.fail({ kind: "unavailable" });
    const first = await ask(shop, { kind: "erase" });
    expect(requestOf(first).state).toBe("in_progress");
    shop.crm.fail(null);
    const second = await shop.governance.rights.run({ rightsRequest: requestOf(first), actor: "officer", identifier: ines });
    expect(requestOf(second)).toMatchObject({ state: "fulfilled", targets: [{ outcome: "erased" }, { outcome: "erased" }] });
  });
});

describe("a restriction", () => {
  it("that no destination can keep is a human's work, and is not called done", async () => {
    const shop = openShop();
    await shop.submit();
    const answer = await ask(shop, { kind: "restrict" });
    expect(requestOf(answer).targets.at(-1)).toMatchObject({ system: "crm", state: "needsHuman", outcome: "unsupported" });
    expect(requestOf(answer).state).toBe("in_progress");
  });
});

describe("a request that a ledger keeps", () => {
  it("is changed where two officers change it at once, and neither is lost", async () => {
    const shop = openShop();
    await shop.submit();
    const { rights } = shop.governance;
    const { requestId } = requestOf(await rights.open({ identifier: ines, kind: "access", actor: "officer" }));
    await Promise.all([
      rights.change({ requestId, actor: "lea", action: "verify", method: "passport" }),
      rights.change({ requestId, actor: "tom", action: "extend", reason: "many systems" }),
    ]);
    const kept = await rights.get({ requestId });
    expect(kept?.request).toMatchObject({ revision: 3, verification: { actor: "lea" }, extension: { reason: "many systems" } });
  });

  it("is still the person's after two records of them became one", async () => {
    const shop = openShop();
    await shop.submit();
    await shop.submit({ email: "ines@example.org" });
    const { rights, merge } = shop.governance;
    const { requestId } = requestOf(await rights.open({ identifier: ines, kind: "access", actor: "officer" }));
    await merge({ into: { kind: "email", value: "ines@example.org" }, from: ines });
    expect(await rights.run({ requestId, actor: "officer", identifier: ines })).toMatchObject({ problem: null, request: { state: "fulfilled" } });
  });

  it("whose ledger does not answer is no empty list, and no unknown request", async () => {
    const shop = openShop();
    await shop.submit();
    const { rights } = shop.governance;
    const { requestId } = requestOf(await rights.open({ identifier: ines, kind: "access", actor: "officer" }));
    shop.ledger.fail({ kind: "unavailable" });
    await expect(rights.list()).rejects.toMatchObject({ code: "unavailable" });
    await expect(rights.get({ requestId })).rejects.toMatchObject({ code: "unavailable" });
    await expect(rights.open({ identifier: ines, kind: "access", actor: "officer" })).rejects.toMatchObject({ code: "unavailable" });
  });

  it("is gone on with after its ledger broke off in the middle: what was done is done once", async () => {
    const shop = openShop({
      change: ({ ledger, crm }) => {
        let saves = 0;
        const { custody } = ledger;
        if (custody === undefined) expect.fail("no custody");
        const saveRightsRequest: typeof custody.saveRightsRequest = (request) => {
          saves += 1;
          return saves === 3 ? Promise.reject(new ConnectorError({ code: "unavailable", connectorId: "memory", operation: "save" })) : custody.saveRightsRequest(request);
        };
        return { ledger: { ...ledger, custody: { ...custody, saveRightsRequest } }, crm };
      },
    });
    await shop.submit();
    const first = await ask(shop);
    expect(first).toMatchObject({ problem: { code: "notKept" }, result: { outcome: "delivered" } });
    const second = await ask(shop);
    expect(requestOf(second)).toMatchObject({ requestId: requestOf(first).requestId, state: "fulfilled" });
    expect(shop.ledger.records.decisionsById.size).toBe(2);
  });
});

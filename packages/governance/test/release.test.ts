import type { DecisionPointVerdict, PolicyDecisionPoint, ReleaseConfiguration } from "@volenti/core";
import { describe, expect, it } from "vitest";
import { decide, NOW, openShop, type Shop } from "./support/open-shop.ts";

const EVERYTHING = { id: "everything", effect: "release" } as const;
const ines = { identifier: { kind: "email", value: "ines@example.com" } } as const;
const profile = { givenName: "Inès", email: "ines@example.com", birthdate: "1990-02-03" };

function open(release: ReleaseConfiguration): Shop {
  return openShop({
    purposes: [
      { key: "loyalty", version: "1", basis: "contract", mechanism: "noticeOnly", attributes: ["*"], label: { en: "Loyalty" } },
      { key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email"], recipients: ["mailer", "other-mailer"], label: { en: "News" } },
      { key: "sale", version: "1", basis: "legitimateInterests", mechanism: "optOut", attributes: ["email", "birthdate", "givenName"], recipients: ["ad-partner", "other-partner"], label: { en: "Sale" } },
    ],
    configuration: { release },
  });
}

async function released(shop: Shop, recipient: string): Promise<Record<string, unknown>> {
  const report = await shop.governance.release({ ...ines, recipient });
  return Object.fromEntries(report.attributes.map(({ attribute, effect, value, reasons }) => [attribute, effect === "deny" ? reasons.join() : value]));
}

async function refOf(shop: Shop): Promise<string> {
  return (await shop.volenti.findSubject({ destinationId: "ledger", ...ines })) ?? "";
}

describe("release", () => {
  it("gives what stands, and an opt-in only with a standing grant", async () => {
    const shop = open({ rules: [EVERYTHING] });
    await shop.submit({ profile });
    expect(await released(shop, "mailer")).toEqual({ birthdate: "attributeNotInPurpose,recipientNotInPurpose", email: "ines@example.com", givenName: "attributeNotInPurpose,recipientNotInPurpose" });
    await shop.submit({ decisions: [decide("withdrawn")], occurredAt: "2026-11-21T11:00:00.000Z" });
    expect(await released(shop, "mailer")).toMatchObject({ email: "refused" });
    expect(await released(shop, "ad-partner")).toMatchObject({ email: "ines@example.com" });
  });

  it("keeps a grant to the recipients and attributes that it names", async () => {
    const shop = open({ rules: [EVERYTHING] });
    await shop.submit({ profile, decisions: [decide("given", { recipients: ["other-mailer"] })] });
    expect(await released(shop, "mailer")).toMatchObject({ email: "grantNarrowedToOthers" });
    expect(await released(shop, "other-mailer")).toMatchObject({ email: "ines@example.com" });
  });

  it("gives each partner a token of its own, and nobody the value", async () => {
    const shop = open({ rules: [{ id: "tokens", effect: "mask", mask: "keyedToken", match: { recipients: ["partner"] } }] });
    await shop.submit({ profile });
    const [one, again, other] = [await released(shop, "ad-partner"), await released(shop, "ad-partner"), await released(shop, "other-partner")];
    expect(one).toEqual(again);
    expect(one["email"]).toMatch(/^[^.]+\.[a-z2-7]{32}$/);
    expect(one["email"]).not.toBe(other["email"]);
    expect(JSON.stringify(one)).not.toContain("example.com");
  });

  it("knows a child by a whole date of birth, and nobody's age by anything else", async () => {
    const rules = [EVERYTHING, { id: "children", effect: "deny", match: { recipients: ["partner"], ageBands: ["under13", "13-15"] } }] as const;
    const of = async (birthdate: string): Promise<unknown> => {
      const shop = open({ rules });
      await shop.submit({ profile: { ...profile, birthdate } });
      return (await released(shop, "ad-partner"))["email"];
    };
    expect(await of("1990-02-03")).toBe("ines@example.com");
    expect(await of("2012-11-22")).toBe("deniedByRule");
    expect(await of("0000-02-03")).toBe("denialNotRuledOut");
  });

  it("takes a value from where the policy leaves it whole", async () => {
    const shop = open({ rules: [EVERYTHING, { id: "crm-years", effect: "mask", mask: "yearOnly", match: { recipients: ["crm"], attributes: ["birthdate"] } }] });
    await shop.submit({ profile });
    expect(await released(shop, "ad-partner")).toMatchObject({ birthdate: "1990-02-03" });
    const everywhere = open({ rules: [EVERYTHING, { id: "years", effect: "mask", mask: "yearOnly", match: { attributes: ["birthdate"] } }] });
    await everywhere.submit({ profile });
    expect(await released(everywhere, "ad-partner")).toMatchObject({ birthdate: "1990" });
  });

  it("gives nothing of a person whose data rests, nothing that is held, and nothing while a ledger cannot say", async () => {
    const shop = open({ rules: [EVERYTHING] });
    await shop.submit({ profile });
    const custody = shop.volenti.destinations.get("ledger")?.custody;
    const subjectRef = await refOf(shop);
    await custody?.setHold({ subjectRef, hold: { holdId: "00000000-0000-4000-8000-000000000001", scope: ["email"], law: "CGI art. 102 B", reason: "invoice", until: NOW + 1, setAt: NOW } });
    expect(await released(shop, "ad-partner")).toMatchObject({ email: "held", givenName: "Inès" });
    await custody?.setRestriction({ subjectRef, restriction: { since: NOW, reason: "contested" } });
    expect(await released(shop, "ad-partner")).toMatchObject({ email: "processingRestricted", givenName: "processingRestricted" });
    shop.crm.fail({ kind: "unavailable" });
    const report = await shop.governance.release({ ...ines, recipient: "ad-partner" });
    expect(report).toMatchObject({ given: false, complete: false });
  });

  it("is on record before it is answered: to whom, and which attributes", async () => {
    const shop = open({ rules: [EVERYTHING] });
    await shop.submit({ profile });
    await released(shop, "ad-partner");
    const accesses = [];
    for await (const entry of shop.governance.audit({ ...ines })) if (entry.kind === "access") accesses.push(entry.access);
    expect(accesses).toMatchObject([{ operation: "release", recipient: "partner:ad-partner", attributes: ["birthdate", "email", "givenName"] }]);
  });

  it("refuses a recipient and a purpose that nobody knows", async () => {
    const shop = open({ rules: [EVERYTHING] });
    await expect(shop.governance.release({ ...ines, recipient: "nobody" })).rejects.toMatchObject({ code: "invalidInput", providerCode: "unknownRecipient" });
    await expect(shop.governance.release({ ...ines, recipient: "ad-partner", purpose: "nothing" })).rejects.toMatchObject({ providerCode: "unknownPurpose" });
    await expect(shop.governance.release({ ...ines, recipient: "till:paris" })).rejects.toMatchObject({ providerCode: "unknownRecipient" });
  });
});

describe("a till", () => {
  const rules = [{ id: "greet", effect: "release", match: { recipients: ["till"], attributes: ["givenName"] } }] as const;

  it("is answered nothing for a minute after twenty scans that gave nothing, each store for itself", async () => {
    const shop = open({ rules });
    await shop.submit({ profile });
    const scan = (value: string, recipient = "till:paris") => shop.governance.release({ identifier: { kind: "email", value }, recipient });
    expect(await scan("ines@example.com")).toMatchObject({ given: true, found: null, attributes: [{ attribute: "givenName", value: "Inès" }] });
    for (let attempt = 0; attempt < 20; attempt += 1) await scan(`guess${attempt}@example.com`);
    const limited = await scan("ines@example.com");
    expect(limited).toEqual(await scan("nobody@example.com"));
    expect(limited.given).toBe(false);
    expect(await scan("ines@example.com", "till:rome")).toMatchObject({ given: true });
  });

  it("is answered nothing where the shared limiter fails", async () => {
    const attemptLimiter = { allows: () => Promise.reject(new Error("down")), recordMiss: () => Promise.reject(new Error("down")) };
    const shop = open({ rules, attemptLimiter });
    await shop.submit({ profile });
    expect(await shop.governance.release({ ...ines, recipient: "till:paris" })).toMatchObject({ given: false });
  });
});

describe("another engine beside the rules", () => {
  async function ask(decide: PolicyDecisionPoint["decide"]): Promise<unknown> {
    const rules = [EVERYTHING, { id: "initials", effect: "mask", mask: "initial", match: { recipients: ["partner"], attributes: ["givenName"] } }] as const;
    const shop = open({ rules, decisionPoint: { decide } });
    await shop.submit({ profile });
    return released(shop, "ad-partner");
  }
  const all = (verdict: DecisionPointVerdict): PolicyDecisionPoint["decide"] => ({ questions }) => Promise.resolve(questions.map(() => verdict));

  it("takes away, and never adds", async () => {
    expect(await ask(all({ effect: "release" }))).toMatchObject({ givenName: "I.", email: "ines@example.com" });
    expect(await ask(all({ effect: "mask", mask: "domainOnly" }))).toMatchObject({ email: "example.com", givenName: "maskNotApplicable" });
    expect(await ask(all({ effect: "deny" }))).toMatchObject({ email: "decisionPoint:deny" });
  });

  it("is given names and codes, and no value", async () => {
    const seen: unknown[] = [];
    await ask((request) => {
      seen.push(request.questions);
      return all({ effect: "release" })(request);
    });
    expect(JSON.stringify(seen)).toContain("partner:ad-partner");
    expect(JSON.stringify(seen)).not.toMatch(/ines|Inès|1990/);
  });

  it.each<[string, PolicyDecisionPoint["decide"]]>([
    ["fails", () => Promise.reject(new Error("ines@example.com"))],
    ["answers too few", () => Promise.resolve([])],
    ["answers what is no verdict", ({ questions }) => Promise.resolve(questions.map(() => ({ effect: "allow" }) as unknown as DecisionPointVerdict))],
    ["answers nothing", () => Promise.resolve(undefined as unknown as [])],
    ["throws", () => { throw new Error("down"); }],
    ["is late", () => new Promise(() => undefined)],
  ])("denies all where it %s", async (_, decide) => {
    expect(await ask(decide)).toEqual({ birthdate: "decisionPointFailed", email: "decisionPointFailed", givenName: "decisionPointFailed" });
  });
});

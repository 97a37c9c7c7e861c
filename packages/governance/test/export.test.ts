import { readFileSync } from "node:fs";
import { createGovernance, PORTABILITY_SCHEMA, writePortabilityCsv } from "@volenti/governance";
import { describe, expect, it } from "vitest";
import { openShop } from "./support/open-shop.ts";

const ines = { identifier: { kind: "email", value: "ines@example.com" } } as const;

describe("export", () => {
  it("releases what the person gave, with the notice and the proof of each decision, and puts it on record", async () => {
    const { volenti, submit } = openShop();
    const { decisions: [decision] } = await submit();
    const governance = createGovernance(volenti, { actor: "privacy-officer" });
    const { outcome, document, accessLog } = await governance.export(ines);
    expect({ outcome, accessLog }).toEqual({ outcome: "exported", accessLog: "recorded" });
    expect(document).toMatchObject({
      $schema: PORTABILITY_SCHEMA,
      complete: true,
      profile: [{ attribute: "email", value: "ines@example.com", sources: ["ledger", "crm"] }, { attribute: "givenName", value: "Inès" }],
      decisions: [{ decisionId: decision?.id, hash: decision?.hash, sources: ["ledger", "crm"] }],
    });
    expect(document?.consents.find(({ purpose }) => purpose === "marketing.email")).toMatchObject({
      label: "News", answer: "granted", decision: { notice: { id: "signup", version: "3", locale: "fr-FR" } },
    });
    const entries = [];
    for await (const entry of governance.audit()) if (entry.kind === "access") entries.push(entry.access);
    expect(entries).toMatchObject([{ operation: "export", actor: "privacy-officer", reason: "dataPortability", attributes: ["email", "givenName"] }]);
  });

  it("reads nobody before the brand knows who asks, and asks no second time for a request that was verified", async () => {
    let verified = false;
    const { governance, submit } = openShop({ configuration: { rights: { verifyIdentity: async ({ kind }) => ({ verified: verified && kind === "portability", method: "login" }) } } });
    await submit();
    expect(await governance.export(ines)).toEqual({ outcome: "unverified", document: null, destinations: [], accessLog: "none" });
    for await (const entry of governance.audit()) expect(entry.kind).not.toBe("access");
    verified = true;
    expect((await governance.export(ines)).outcome).toBe("exported");
    const { exported } = await governance.rights.ask({ kind: "portability", ...ines, actor: "officer" });
    expect(exported?.profile.length).toBeGreaterThan(0);
  });

  it("has the members that the shipped schema requires, and no other", async () => {
    const { governance, submit } = openShop();
    await submit();
    const { document } = await governance.export(ines);
    const schema = JSON.parse(readFileSync(new URL("../portability-export.schema.json", import.meta.url), "utf8"));
    expect(schema.$id).toBe(document?.$schema);
    const names = (value: unknown): string[] => Object.keys(value ?? {}).toSorted();
    expect(names(document)).toEqual(schema.required.toSorted());
    for (const list of ["sources", "profile", "consents", "decisions"] as const) {
      expect(names(document?.[list][0])).toEqual(schema.properties[list].items.required.toSorted());
    }
    expect(names(document?.consents.find(({ decision }) => decision !== null)?.decision)).toEqual(schema.$defs.decision.required.toSorted());
  });

  it("releases nothing of nobody, of several people, or where a destination could not be read", async () => {
    const { governance, submit, crm } = openShop();
    await submit();
    expect(await governance.export({ identifier: { kind: "email", value: "nobody@example.com" } })).toMatchObject({ outcome: "notFound", document: null });
    crm.fail({ kind: "unavailable" });
    expect(await governance.export(ines)).toMatchObject({ outcome: "unreachable", document: null });
    expect(await governance.export({ ...ines, partial: true })).toMatchObject({ outcome: "exported", document: { complete: false } });
    crm.fail(null);
    const [person] = crm.records.people.values();
    if (person === undefined) expect.fail("the CRM holds nobody");
    crm.records.people.set("another", { ...person, ref: "another" });
    const { outcome, document } = await governance.export(ines);
    expect({ outcome, document }).toEqual({ outcome: "conflict", document: null });
  });

  it("writes no cell that a spreadsheet takes for a formula", async () => {
    const { governance, submit } = openShop();
    await submit({ profile: { givenName: "=HYPERLINK(1)", familyName: "@sum", nickname: "-1", email: "ines@example.com", middleName: "+1", preferredUsername: "a,\"b\"" } });
    const { document } = await governance.export(ines);
    if (document === null) expect.fail("nothing was exported");
    const csv = writePortabilityCsv(document);
    expect(csv).toContain("profile,givenName,'=HYPERLINK(1)");
    expect(csv).toContain(`profile,preferredUsername,"a,""b"""`);
    expect(csv).not.toMatch(/(^|[,\n"])[=+@-]/);
  });
});

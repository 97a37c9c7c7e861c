import { ConnectorError } from "@volenti/core";
import type { Governance } from "@volenti/governance";
import { describe, expect, it } from "vitest";
import { openShop } from "../support/open-shop.ts";

const ines = { kind: "email", value: "ines@example.com" } as const;
const telephone = { kind: "phone", value: "+33199000001" } as const;

/** A CRM that can be read, and takes nothing while `isDown`. */
async function openShopWithInes(): Promise<{ rights: Governance["rights"]; crm: { isDown: boolean } }> {
  const crm = { isDown: false };
  const shop = openShop({
    change: (connectors) => {
      const { intake } = connectors.crm;
      const unavailable = (): ConnectorError => new ConnectorError({ code: "unavailable", connectorId: "memory", operation: "write" });
      const write: typeof intake.write = (batch) => (crm.isDown ? Promise.reject(unavailable()) : intake.write(batch));
      return { ledger: connectors.ledger, crm: { ...connectors.crm, intake: { ...intake, write } } };
    },
  });
  await shop.submit({ phone: telephone.value });
  return { rights: shop.governance.rights, crm };
}

describe("a request that goes on under another of the person's names", () => {
  it("corrects where an earlier run could not", async () => {
    const { rights, crm } = await openShopWithInes();
    const asked = { kind: "rectify", actor: "officer", profile: { email: "ines.moreau@example.com" } } as const;
    crm.isDown = true;
    expect(await rights.ask({ ...asked, identifier: ines })).toMatchObject({ request: { state: "in_progress", targets: [{ outcome: "rectified" }, { system: "crm", state: "waiting" }] } });
    crm.isDown = false;
    const answer = await rights.ask({ ...asked, identifier: { kind: "email", value: "ines.moreau@example.com" } });
    expect(answer).toMatchObject({ problem: null, request: { state: "fulfilled", targets: [{ outcome: "rectified" }, { system: "crm", outcome: "rectified" }] } });
  });

  it("withdraws where an earlier run could not", async () => {
    const { rights, crm } = await openShopWithInes();
    const asked = { kind: "withdraw", actor: "officer" } as const;
    crm.isDown = true;
    const first = await rights.ask({ ...asked, identifier: ines });
    crm.isDown = false;
    expect(await rights.ask({ ...asked, identifier: telephone })).toMatchObject({ problem: null, request: { requestId: first.request?.requestId, state: "fulfilled", targets: [{ outcome: "refused" }, { system: "crm", outcome: "refused" }] } });
  });
});

describe("a correction that no permitted purpose asks for", () => {
  it("is named as not written, also where the person has no such value", async () => {
    const shop = openShop({ purposes: [{ key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email", "givenName"], label: { en: "News" } }] });
    await shop.submit();
    const answer = await shop.governance.rights.ask({ kind: "rectify", actor: "officer", identifier: ines, profile: { givenName: "Zoé", familyName: "Moreau" } });
    const target = { state: "done", outcome: "rectified", reason: "noPermittedPurpose", attributes: ["familyName"] };
    expect(answer).toMatchObject({ problem: null, request: { state: "fulfilled", targets: [target, target] } });
  });
});

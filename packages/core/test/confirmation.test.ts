import { describe, expect, it } from "vitest";
import { confirmRequest, createConfirmation, webCrypto } from "@volenti/core";
import { createBrand } from "./support/create-brand.ts";
import { freshUuid, makeDecision, makeSubmission } from "./support/make-submission.ts";

const NOW = Date.parse("2026-11-21T10:00:00.000Z");
const IN_AN_HOUR = NOW + 3_600_000;

async function ask(via = "email"): Promise<Awaited<ReturnType<typeof createConfirmation>> & { requested: { id: string; confirmation: object } }> {
  const asked = await createConfirmation({ crypto: webCrypto, via, now: NOW });
  return { ...asked, requested: { id: freshUuid(), confirmation: asked.confirmation } };
}

const answer = (request: { token: string; requested: object; now?: number }): ReturnType<typeof confirmRequest> =>
  confirmRequest({ crypto: webCrypto, token: request.token, requested: request.requested as never, expiresAfter: "P3D", now: request.now ?? IN_AN_HOUR });

describe("the token of a confirmation", () => {
  it("confirms the request that it was made for, and names it", async () => {
    const { token, confirmation, requested } = await ask();
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(confirmation)).not.toContain(token);
    expect(await answer({ token, requested })).toEqual({
      outcome: "confirmed",
      confirmation: { state: "confirmed", sentAt: "2026-11-21T10:00:00.000Z", confirmedAt: "2026-11-21T11:00:00.000Z", requestId: requested.id, tokenHash: confirmation.tokenHash, via: "email" },
    });
  });

  it("confirms nothing else", async () => {
    const [one, other] = [await ask(), await ask()];
    expect(await answer({ token: one.token, requested: other.requested })).toEqual({ outcome: "wrongToken" });
    expect(await answer({ token: one.token, requested: { id: "x", confirmation: { state: "pending", sentAt: "2026-11-21T10:00:00.000Z" } } })).toEqual({ outcome: "wrongToken" });
    expect(await answer({ token: "guess", requested: one.requested })).toEqual({ outcome: "malformedToken" });
    expect(await answer({ token: one.confirmation.tokenHash.slice(0, 43), requested: one.requested })).toEqual({ outcome: "wrongToken" });
  });

  it("ends with its time, to the millisecond", async () => {
    const { token, requested } = await ask();
    const end = NOW + 3 * 86_400_000;
    expect((await answer({ token, requested, now: end - 1 })).outcome).toBe("confirmed");
    expect((await answer({ token, requested, now: end })).outcome).toBe("expired");
  });
});

const news = { key: "news", basis: "consent", mechanism: "optIn", channels: ["email", "phone"], attributes: ["email"], label: { en: "News" } } as const;
const notice = { id: "signup", locale: "fr-FR", standalone: true, firstLayer: "a", text: "b", policyUrl: "https://example.com" };
const CHANNELS = {
  purposes: [{ ...news, version: "0" }, { ...news, version: "1" }],
  notices: [{ ...notice, version: "2", purposes: ["news@0"] }, { ...notice, version: "3", purposes: ["news@1"] }],
};

async function confirm(changes: { request?: object; confirmation?: object; sameBatch?: boolean; channel?: string; subject?: object } = {}): Promise<unknown> {
  const { volenti } = createBrand({ configuration: CHANNELS });
  const { token, confirmation } = await createConfirmation({ crypto: webCrypto, via: "email", now: NOW });
  const id = freshUuid();
  const request = makeSubmission({ occurredAt: "2026-11-21T10:00:00.000Z", decisions: [makeDecision({ purpose: "news", id, status: "requested", confirmation, ...changes.request })] });
  const confirmed = await confirmRequest({ crypto: webCrypto, token, requested: { id, confirmation }, expiresAfter: "P3D", now: IN_AN_HOUR });
  if (confirmed.outcome !== "confirmed") throw new Error(confirmed.outcome);
  const answered = makeSubmission({
    occurredAt: "2026-11-21T11:00:00.000Z",
    decisions: [makeDecision({ purpose: "news", channel: changes.channel ?? "email", status: "confirmed", confirmation: { ...confirmed.confirmation, ...changes.confirmation } })],
    ...changes.subject,
  });
  if (changes.sameBatch !== true) await volenti.collect(request);
  const results = [];
  for await (const result of volenti.collectMany(changes.sameBatch === true ? [request, answered] : [answered])) results.push(result);
  const last = results.at(-1);
  return last?.decisions[0] === undefined ? last?.problems : [last.decisions[0].status, last.decisions[0].missing];
}

describe("a confirmed decision that names its request", () => {
  it("is a grant where the ledger holds that request", async () => {
    expect(await confirm()).toEqual(["confirmed", undefined]);
    expect(await confirm({ sameBatch: true })).toEqual(["confirmed", undefined]);
  });

  it.each<[string, Parameters<typeof confirm>[0]]>([
    ["nobody made", { confirmation: { requestId: "00000000-0000-4000-8000-ffffffffffff" } }],
    ["had another token", { confirmation: { tokenHash: "0".repeat(64) } }],
    ["was asked at another time", { confirmation: { sentAt: "2026-11-21T10:30:00.000Z" } }],
    ["was about another version", { request: { noticeVersion: "2" } }],
    ["was about another channel", { request: { channel: "phone" } }],
    ["was no request", { request: { status: "refused" } }],
    ["is somebody else's", { subject: { subject: { identifiers: [{ kind: "email", value: "olga@example.com" }], ageBand: "adult" } } }],
  ])("is none where that request %s", async (_name, changes) => {
    expect(await confirm(changes)).toEqual(["requested", ["confirmation"]]);
  });

  it("is refused where its token has no request", async () => {
    expect(await confirm({ confirmation: { requestId: undefined } })).toEqual([{ path: "decisions[0].confirmation.requestId", code: "required" }]);
  });

  it("never is a yes to calls when it came back by mail, demanded or not", async () => {
    expect(await confirm({ channel: "phone", request: { channel: "phone" } })).toEqual(["requested", ["confirmation"]]);
  });
});

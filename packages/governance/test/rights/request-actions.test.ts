import type { RightsAction, RightsRequest } from "@volenti/governance";
import { describe, expect, it } from "vitest";
import { NOW, openShop } from "../support/open-shop.ts";

const DAY_IN_MS = 86_400_000;
const at = (day: number): string => new Date(NOW + day * DAY_IN_MS).toISOString();

/** A customer's request for access, and a clerk who does something to it at an instant. */
async function openAccess(): Promise<{
  opened: RightsRequest;
  act: (instant: number, action: RightsAction) => Promise<{ request: RightsRequest; problem: string | null }>;
}> {
  let now = NOW;
  const { governance: { rights }, submit } = openShop({ now: () => now });
  await submit();
  const { request: opened } = await rights.open({ identifier: { kind: "email", value: "ines@example.com" }, kind: "access", actor: "officer" });
  if (opened === null) expect.fail("the request was not opened");
  const { requestId } = opened;
  return {
    opened,
    act: async (instant, action) => {
      now = instant;
      const { request, problem } = await rights.change({ requestId, actor: "clerk", ...action });
      return { request: request ?? expect.fail("the request is gone"), problem: problem?.code ?? null };
    },
  };
}

const pause = { action: "pause", ground: "identity", reason: "a copy of the passport" } as const;

describe("a request", () => {
  it("that waited twice for the person has the days of both, each as it was, on top of its date", async () => {
    const { opened, act } = await openAccess();
    for (const [from, until] of [[1, 3], [5, 6]] as const) {
      await act(NOW + from * DAY_IN_MS, pause);
      await act(NOW + until * DAY_IN_MS, { action: "resume" });
    }
    const { request, problem } = await act(NOW + 7 * DAY_IN_MS, { action: "resume" });
    expect(problem).toBe("notPaused");
    expect(request.pauses.map(({ from, until }) => [from, until])).toEqual([[at(1), at(3)], [at(5), at(6)]]);
    expect([opened.dueAt, request.dueAt]).toEqual(["2026-12-21T23:59:59.999Z", "2026-12-24T23:59:59.999Z"]);
  });

  it("is extended up to the last instant of its date, and not behind it", async () => {
    const reason = "many systems";
    const { opened, act } = await openAccess();
    const dueAt = Date.parse(opened.dueAt ?? "");
    expect((await act(dueAt + 1, { action: "extend", reason })).problem).toBe("deadlinePassed");
    const { problem, request } = await act(dueAt, { action: "extend", reason });
    expect([problem, request.dueAt]).toEqual([null, "2027-02-22T23:59:59.999Z"]);
    expect((await act(dueAt, { action: "extend", reason })).problem).toBe("alreadyExtended");
  });

  it("expires behind its date, not at it, and not once it is known who asks", async () => {
    const { opened, act } = await openAccess();
    const dueAt = Date.parse(opened.dueAt ?? "");
    expect((await act(dueAt, { action: "expire" })).problem).toBe("notDue");
    expect((await act(dueAt + 1, { action: "expire" })).request.state).toBe("expired");
    expect((await act(dueAt + 1, { action: "verify", method: "passport" })).problem).toBe("ended");
    const verified = await openAccess();
    await verified.act(NOW, { action: "verify", method: "passport" });
    expect((await verified.act(dueAt + 1, { action: "expire" })).problem).toBe("notDue");
  });

  it("that waits for the person is answered, verified and ended by time only when it goes on", async () => {
    const { act } = await openAccess();
    await act(NOW, { action: "verify", method: "passport" });
    await act(NOW, pause);
    const actions: readonly RightsAction[] = [pause, { action: "fulfil", reason: "by post" }, { action: "verify", method: "passport" }, { action: "expire" }];
    for (const action of actions) expect((await act(NOW + 400 * DAY_IN_MS, action)).problem).toBe("paused");
    await act(NOW + DAY_IN_MS, { action: "resume" });
    expect((await act(NOW + DAY_IN_MS, { action: "fulfil", reason: "by post" })).request.state).toBe("fulfilled");
  });
});

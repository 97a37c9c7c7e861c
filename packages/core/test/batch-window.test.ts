import { describe, expect, it } from "vitest";
import { verifyReceipt } from "@volenti/core";
import type { ConnectorV1, WriteBatchV1 } from "@volenti/core/adapter";
import { createBrand, type Brand } from "./support/create-brand.ts";
import { createManualClock, type ManualClock } from "./support/manual-clock.ts";
import { freshUuid, makeDecision, makeSubmission } from "./support/make-submission.ts";

interface Shop extends Pick<Brand, "volenti" | "systems"> {
  readonly time: ManualClock;
  /** How many people each write held. */
  readonly widths: number[];
  /** Resolves at the first write. */
  readonly reached: Promise<void>;
  /** Lets the writes through that wait. */
  readonly open: () => void;
}

function createShop(request: { batchWindowInMs?: number; preferredBatchSize?: number; isShut?: boolean } = {}): Shop {
  const time = createManualClock("2026-11-22T00:00:00.000Z");
  const widths: number[] = [];
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
  if (request.isShut !== true) open();
  const wrap = (connector: ConnectorV1): ConnectorV1 => ({
    ...connector,
    traits: { ...connector.traits, preferredBatchSize: request.preferredBatchSize },
    intake: {
      write: async (batch: WriteBatchV1) => {
        widths.push(batch.items.length);
        reach();
        await opened;
        return connector.intake.write(batch);
      },
    },
  });
  const { volenti, systems } = createBrand({
    clock: time,
    destinations: { eu: { region: "EU", wrap } },
    configuration: { routes: [{ to: ["eu"] }], batchWindowInMs: request.batchWindowInMs ?? 100 },
  });
  return { volenti, systems, time, widths, reached, open };
}

function signUp(name: string, changes: object = {}): object {
  return makeSubmission({ subject: { identifiers: [{ kind: "email", value: `${name}@example.com` }] }, decisions: [makeDecision()], ...changes });
}

describe("a batch window", () => {
  it("lets calls that come within it share one write, and gives each its own result and receipt", async () => {
    const { volenti, time, widths } = createShop();
    const first = volenti.collect(signUp("a"));
    await time.advance(99);
    const second = volenti.collect(signUp("b", { profile: { birthdate: "1990-02-03" } }));
    expect(widths).toEqual([]);
    await time.advance(1);
    const results = await Promise.all([first, second]);
    expect(widths).toEqual([2]);
    expect(results).toMatchObject([
      { line: 1, outcome: "delivered", withheld: [] },
      { line: 1, outcome: "delivered", withheld: [{ attribute: "birthdate" }] },
    ]);
    const publicKeys = (await volenti.keyring.describe()).flatMap(({ publicKey }) => publicKey ?? []);
    for (const { receipt } of results) expect(await verifyReceipt({ receipt: receipt ?? "", publicKeys, crypto: volenti.crypto })).toMatchObject({ valid: true });
  });

  it("opens anew for who comes after it", async () => {
    const { volenti, time, widths } = createShop();
    const first = volenti.collect(signUp("a"));
    await time.advance(100);
    await first;
    const second = volenti.collect(signUp("b"));
    await time.advance(100);
    await second;
    expect(widths).toEqual([1, 1]);
  });

  it("is off unless configured: a call waits for nobody", async () => {
    const { volenti, time } = createShop({ batchWindowInMs: 0 });
    expect((await volenti.collect(signUp("a"))).outcome).toBe("delivered");
    expect(time.sleepers()).toBe(0);
  });

  it("does not keep a full batch waiting", async () => {
    const { volenti, time, widths } = createShop();
    const results = await Promise.all(Array.from({ length: 200 }, (_, index) => volenti.collect(signUp(`p${index}`))));
    expect(results.every(({ outcome }) => outcome === "delivered")).toBe(true);
    expect(widths).toEqual([200]);
    expect(time.sleepers()).toBe(0);
  });

  it("answers what cannot be delivered at once, and alone", async () => {
    const { volenti, time } = createShop();
    expect(await volenti.collect({ nonsense: 1 })).toMatchObject({ outcome: "rejected", line: 1 });
    expect(time.sleepers()).toBe(0);
  });

  it("takes a submission as it is when the call is made", async () => {
    const { volenti, systems, time } = createShop();
    const submission = signUp("a") as { decisions: { status: string }[] };
    const result = volenti.collect(submission);
    submission.decisions[0]!.status = "nonsense";
    await time.advance(100);
    expect((await result).decisions).toMatchObject([{ status: "given" }]);
    expect(systems["eu"]!.records.decisionsById.size).toBe(1);
  });

  it("tells several submissions of one person what each would have been told alone", async () => {
    const { volenti, time, widths } = createShop();
    const id = freshUuid();
    const calls = [
      volenti.collect(signUp("a", { occurredAt: "2026-11-21T12:00:00.000Z", decisions: [makeDecision({ status: "withdrawn" })] })),
      volenti.collect(signUp("a", { submissionId: id, occurredAt: "2026-11-21T11:00:00.000Z" })),
      volenti.collect(signUp("a", { submissionId: id, occurredAt: "2026-11-21T10:00:00.000Z" })),
    ];
    await time.advance(100);
    const [refusal, late, other] = await Promise.all(calls);
    expect(widths).toEqual([1]);
    expect(refusal).toMatchObject({ destinations: [{ outcome: "applied" }] });
    expect(late).toMatchObject({ destinations: [{ outcome: "superseded" }] });
    expect(other).toMatchObject({ outcome: "rejected", problems: [{ code: "conflictingReplay" }] });
  });
});

describe("a call that is aborted while it shares a batch", () => {
  it("leaves the batch before it is sent, rejects with its own reason, and is not written", async () => {
    const { volenti, systems, time, widths } = createShop();
    const stop = new AbortController();
    const aborted = volenti.collect(signUp("a"), { signal: stop.signal });
    const neighbour = volenti.collect(signUp("b"), { signal: new AbortController().signal });
    stop.abort(new RangeError("too late"));
    await expect(aborted).rejects.toThrow(new RangeError("too late"));
    await time.advance(100);
    expect((await neighbour).outcome).toBe("delivered");
    expect(widths).toEqual([1]);
    expect(systems["eu"]!.records.people.size).toBe(1);
  });

  it("leaves nobody waiting where it was alone, and the next call opens a window of its own", async () => {
    const { volenti, time } = createShop();
    const stop = new AbortController();
    const aborted = volenti.collect(signUp("a"), { signal: stop.signal });
    stop.abort();
    await expect(aborted).rejects.toThrow();
    expect(time.sleepers()).toBe(0);
    const next = volenti.collect(signUp("b"));
    await time.advance(100);
    expect((await next).outcome).toBe("delivered");
  });

  it("rejects alone once it was sent: the write goes on, for the others and for itself", async () => {
    const { volenti, systems, time, widths, reached, open } = createShop({ isShut: true });
    const stop = new AbortController();
    const aborted = volenti.collect(signUp("a"), { signal: stop.signal });
    const neighbour = volenti.collect(signUp("b"));
    await time.advance(100);
    await reached;
    expect(widths).toEqual([2]);
    stop.abort(new RangeError("deadline"));
    await expect(aborted).rejects.toThrow(new RangeError("deadline"));
    open();
    expect((await neighbour).outcome).toBe("delivered");
    expect(systems["eu"]!.records.decisionsById.size).toBe(2);
  });

  it("does not join at all where it was aborted before", async () => {
    const { volenti, time } = createShop();
    await expect(volenti.collect(signUp("a"), { signal: AbortSignal.abort(new RangeError("before")) })).rejects.toThrow(new RangeError("before"));
    expect(time.sleepers()).toBe(0);
  });
});

describe("closing", () => {
  it("sends what waits, and ends only once that is done", async () => {
    const { volenti, systems, widths } = createShop();
    const results = [volenti.collect(signUp("a")), volenti.collect(signUp("b"))];
    await volenti.close();
    expect(widths).toEqual([2]);
    expect(systems["eu"]!.records.decisionsById.size).toBe(2);
    expect((await Promise.all(results)).map(({ outcome }) => outcome)).toEqual(["delivered", "delivered"]);
  });

  it("leaves no window behind: what is called afterwards is answered without waiting", async () => {
    const { volenti, time } = createShop();
    await volenti.close();
    expect((await volenti.collect(signUp("a"))).outcome).toBe("undelivered");
    expect(time.sleepers()).toBe(0);
  });
});

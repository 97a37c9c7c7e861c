import { describe, expect, it } from "vitest";
import { collectFromServer as collectWith, failure, type Server } from "./support/collect-from-server.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g", "h"];

describe("items that a system refuses for now", () => {
  it("are written again in ever smaller writes: half as wide, then half of that", async () => {
    const { results, writes } = await collectWith({ names: NAMES, server: ({ width }) => (width > 2 ? "locked" : "written") });
    expect(writes).toEqual([NAMES, ["a", "b", "c", "d"], ["e", "f", "g", "h"], ["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"]]);
    expect(new Set(Object.values(results))).toEqual(new Set(["applied"]));
  });

  it("come alone: what was written, and what was refused for good, is not sent again", async () => {
    const server: Server = ({ write, name }) => (name === "b" ? "refused" : write === 1 && "adf".includes(name) ? "locked" : "written");
    const { results, writes } = await collectWith({ names: NAMES, server });
    expect(writes).toEqual([NAMES, ["a", "d", "f"]]);
    expect(results).toMatchObject({ a: "applied", b: "rejected", d: "applied", h: "applied" });
  });

  it("are tried as often as the retry policy says, whatever their number, and then told as they are", async () => {
    const configuration = { retry: { maxAttempts: 2 } };
    const { results, writes } = await collectWith({ names: NAMES, server: ({ name }) => (name === "c" ? "locked" : "written"), configuration });
    expect(writes).toEqual([NAMES, ["c"]]);
    expect(results).toMatchObject({ b: "applied", c: "unavailable" });
  });

  it("take a retry of the destination's budget a write, so that a system that locks everything is soon left alone", async () => {
    const configuration = { retry: { maxAttempts: 10, totalBudgetInMs: 3_600_000 } };
    const { writes } = await collectWith({ names: NAMES, server: () => "locked", configuration });
    expect(writes.length).toBe(1 + 7);
    const refusals = await collectWith({ names: NAMES, server: () => "locked", configuration, status: "withdrawn" });
    expect(refusals.writes.length).toBe(1 + 10);
  });

  it("are not sent on in smaller writes once the run is asked to stop", async () => {
    const { results, writes } = await collectWith({ names: NAMES, server: () => "locked", stopAfter: 2 });
    expect(writes).toEqual([NAMES, ["a", "b", "c", "d"]]);
    expect(results).toMatchObject({ a: "unavailable", h: "unavailable" });
  });

  it("are not taken apart where a spent call budget refused them: that would only take more calls", async () => {
    const { results, writes } = await collectWith({ names: NAMES, server: ({ write }) => (write === 1 ? "throttled" : "written") });
    expect(writes).toEqual([NAMES, NAMES]);
    expect(results).toMatchObject({ a: "applied", h: "applied" });
  });

  it("are left where they are once the call budget is spent in the middle of smaller writes", async () => {
    const { writes } = await collectWith({
      names: NAMES,
      configuration: { retry: { maxAttempts: 2 } },
      server: ({ write }) => (write === 1 ? "locked" : "throttled"),
    });
    expect(writes).toEqual([NAMES, ["a", "b", "c", "d"]]);
  });

  it("are counted once, in the event of the write that they belong to", async () => {
    const { events } = await collectWith({ names: NAMES, server: ({ width }) => (width > 4 ? "locked" : "written") });
    expect(events.filter(({ name }) => name === "batchWritten")).toMatchObject([{ items: 8, failed: 0, attempts: 2 }]);
  });
});

describe("a call that fails as a whole", () => {
  it("says nothing of its items: they are sent together again", async () => {
    const { results, writes } = await collectWith({
      names: NAMES,
      server: ({ write }) => {
        if (write === 1) throw failure("unavailable");
        return "written";
      },
    });
    expect(writes).toEqual([NAMES, NAMES]);
    expect(results).toMatchObject({ a: "applied", h: "applied" });
  });

  it("in the middle of smaller writes leaves the others as they were answered", async () => {
    const { results, writes } = await collectWith({
      names: NAMES,
      configuration: { retry: { maxAttempts: 2 } },
      server: ({ write, width }) => {
        if (write === 3) throw failure("outcomeUnknown");
        return width > 4 ? "locked" : "written";
      },
    });
    expect(writes).toEqual([NAMES, ["a", "b", "c", "d"], ["e", "f", "g", "h"]]);
    expect(results).toMatchObject({ a: "applied", d: "applied", e: "unknown", h: "unknown" });
  });

  it("after one whose outcome nobody knows does not make that one known", async () => {
    const configuration = { retry: { maxAttempts: 2 } };
    const { results } = await collectWith({
      names: ["a"],
      configuration,
      server: ({ write }) => {
        throw failure(write === 1 ? "outcomeUnknown" : "unavailable");
      },
    });
    expect(results).toEqual({ a: "unknown" });
    const answered = await collectWith({ names: ["a"], configuration, server: ({ write }) => (write === 1 ? "unknown" : "refused") });
    expect(answered.results).toEqual({ a: "rejected" });
  });
});

import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openDeadline, SESSION_CLOSED, TIMED_OUT } from "@volenti/http-transport";

describe("a deadline", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("ends with the time, with the session, or with the caller's own reason, whichever comes first", () => {
    const closing = new AbortController();
    const caller = new AbortController();
    const open = () => openDeadline({ timeoutInMs: 1000, closing: closing.signal, signal: caller.signal });
    const timed = open();
    vi.advanceTimersByTime(999);
    expect(timed.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(timed.signal.reason).toBe(TIMED_OUT);
    const given = open();
    caller.abort("given up");
    expect(given.signal.reason).toBe("given up");
    expect(open().signal.reason).toBe("given up");
    closing.abort();
    expect(openDeadline({ timeoutInMs: 1000, closing: closing.signal }).signal.reason).toBe(SESSION_CLOSED);
  });

  it("that is longer than a timer can be does not end at once", () => {
    const deadline = openDeadline({ timeoutInMs: Number.MAX_SAFE_INTEGER, closing: new AbortController().signal });
    vi.advanceTimersByTime(60_000);
    expect(deadline.signal.aborted).toBe(false);
    deadline.end();
  });

  it("that has ended keeps no timer running, and nothing listens to its caller or its session any more", async () => {
    const closing = new AbortController();
    const caller = new AbortController();
    const deadline = openDeadline({ timeoutInMs: 1000, closing: closing.signal, signal: caller.signal });
    expect(await deadline.race(Promise.resolve("answer"))).toBe("answer");
    deadline.end();
    expect(vi.getTimerCount()).toBe(0);
    for (const { signal } of [closing, caller]) expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

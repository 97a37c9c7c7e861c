import { afterEach, describe, expect, it, vi } from "vitest";
import { survive } from "../hostile/survive.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** The processor's time as the process is told it: each measured piece of work costs what comes next. */
function chargeFor(costs: readonly number[]): void {
  let call = 0;
  vi.spyOn(process, "cpuUsage").mockImplementation((before) => {
    if (before === undefined) return { user: 0, system: 0 };
    call += 1;
    return { user: (costs[(call - 1) % costs.length] ?? 0) * 1000, system: 0 };
  });
}

const attempt = () => survive({ run: () => 7, isOurs: () => false });

describe("a hostile case", () => {
  it("hangs where it takes long each time on a machine that is not busy", async () => {
    chargeFor([150, 12]);
    await expect(attempt()).rejects.toThrow("the case took 150 ms of the processor");
  });

  it("does not hang where the machine is as much slower", async () => {
    chargeFor([950, 120]);
    expect(await attempt()).toEqual({ answer: 7, error: null });
  });

  it("hangs where it takes longer than the machine is slow", async () => {
    chargeFor([1050, 120]);
    await expect(attempt()).rejects.toThrow("the case took 1050 ms of the processor");
  });

  it("does not hang where one run of it met something else", async () => {
    chargeFor([500, 12, 20]);
    expect(await attempt()).toEqual({ answer: 7, error: null });
  });
});

import { describe, expect, it } from "vitest";
import type { Breach } from "../check/verdict.ts";
import { runSeed } from "../run/run-seed.ts";
import { runShare } from "../run/run-share.ts";
import { shortenRun } from "../run/shorten-run.ts";
import type { Plant } from "../world/open-world.ts";
import * as bugs from "./planted-bugs.ts";

describe("runs of core over unreliable systems", () => {
  it("keep every promise, whatever goes wrong on the way", { timeout: 60_000 }, async () => {
    const { failures, runs } = await runShare({ share: { first: 1, step: 1, end: 251, isCrashingEverywhere: false } });
    expect(failures).toEqual([]);
    expect(runs).toBe(250);
  });

  it("keep every promise wherever the first process dies", { timeout: 60_000 }, async () => {
    const { failures, runs } = await runShare({ share: { first: 1, step: 1, end: 9, isCrashingEverywhere: true } });
    expect(failures).toEqual([]);
    expect(runs).toBeGreaterThan(100);
  });

  it("repeat themselves to the last event", async () => {
    for (const seed of [3, 7, 12]) expect(await runSeed({ seed })).toEqual(await runSeed({ seed }));
  });

  it("make every kind of fault happen", async () => {
    const accounts: string[] = [];
    for (let seed = 1; seed <= 40; seed += 1) accounts.push(...(await runSeed({ seed })).account);
    const text = accounts.join("\n");
    for (const fate of ["refused", "resetBefore", "resetAfter", "slowBefore", "slowAfter", "unauthorised", "throttled", "malformed", "duplicated", "diesAfter"]) {
      expect(text).toContain(`(${fate})`);
    }
    expect(text).toContain("is dead");
  });
});

describe("a planted bug is found:", () => {
  const planted: readonly [name: string, plant: Plant, breaches: readonly Breach[]][] = [
    ["an error that is swallowed", bugs.swallowedError, ["acknowledgedLost"]],
    ["a write that nobody awaits", bugs.lostAwait, ["acknowledgedLost"]],
    ["an attribute that is written wrong", bugs.wrongName, ["wrongFinalState"]],
    ["a decision that is recorded twice", bugs.recordedTwice, ["appliedTwice"]],
    ["a system whose last writer wins", bugs.withoutGuard, ["refusalReversed"]],
    ["a fold that prefers grants", bugs.preferredGrants, ["acknowledgedLost", "wrongFinalState"]],
    ["a copy abroad before the local store has its own", bugs.abroadFirst, ["leftBeforeLocalStore"]],
    ["a canonical text that was changed", bugs.changedText, ["chainBroken"]],
    ["a certainty that nobody has", bugs.falseCertainty, ["toldBetterThanTrue"]],
    ["a call that never ends", bugs.silence, ["neverSettled"]],
    ["a failed look-up that looks empty", bugs.emptyLedger, ["appliedTwice", "acknowledgedLost"]],
    ["a receipt under another head", bugs.wrongHead, ["receiptInvalid"]],
    ["a person under several names", bugs.forgetfulLedger, ["toldDifferently", "appliedTwice"]],
  ];

  it.each(planted)("%s", { timeout: 30_000 }, async (_, plant, breaches) => {
    const found = new Set<Breach>();
    for (let seed = 1; seed <= 120 && !breaches.some((breach) => found.has(breach)); seed += 1) {
      for (const { breach } of (await runSeed({ seed, plant })).findings) found.add(breach);
    }
    expect([...found]).toEqual(expect.arrayContaining([expect.toBeOneOf([...breaches])]));
  });

  it("and its account is made short, and still tells of it", async () => {
    let seed = 1;
    while ((await runSeed({ seed, plant: bugs.withoutGuard })).findings.length === 0) seed += 1;
    const whole = await runSeed({ seed, plant: bugs.withoutGuard });
    const { omitted, outcome } = await shortenRun({ seed, plant: bugs.withoutGuard });
    expect(omitted.length).toBeGreaterThan(0);
    expect(outcome.account.length).toBeLessThan(whole.account.length);
    expect(outcome.account.join("\n")).toContain("BROKEN");
    const again = await runSeed({ seed, omitted: new Set(omitted), plant: bugs.withoutGuard });
    expect(again).toEqual(outcome);
  });
});

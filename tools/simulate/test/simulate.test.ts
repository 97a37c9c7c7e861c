import { describe, expect, it } from "vitest";
import type { Breach } from "../check/verdict.ts";
import { runSeed, type SeedRequest } from "../run/run-seed.ts";
import { runShare } from "../run/run-share.ts";
import { shortenRun } from "../run/shorten-run.ts";
import type { Plant } from "../world/open-world.ts";
import * as bugs from "./planted-bugs.ts";

describe("runs of core over unreliable systems", () => {
  it("keep every promise, whatever goes wrong on the way", { timeout: 120_000 }, async () => {
    const { failures, runs } = await runShare({ share: { first: 1, step: 1, end: 201, isCrashingEverywhere: false, crm: "memory", store: null } });
    expect(failures).toEqual([]);
    expect(runs).toBe(200);
  });

  it("keep every promise wherever the first process dies", { timeout: 120_000 }, async () => {
    const { failures, runs } = await runShare({ share: { first: 1, step: 1, end: 4, isCrashingEverywhere: true, crm: "memory", store: null } });
    expect(failures).toEqual([]);
    expect(runs).toBeGreaterThan(20);
  });

  it.each(["salesforce", "cegid-retail"] as const)("keep every promise with %s behind its own adapter and Node's own HTTP", { timeout: 120_000 }, async (crm) => {
    const { failures } = await runShare({ share: { first: 41, step: 1, end: 49, isCrashingEverywhere: false, crm, store: null } });
    expect(failures).toEqual([]);
  });

  it.each(["ru", "eu"] as const)("keep every promise with a regional store for %s, each statement an exchange", { timeout: 120_000 }, async (store) => {
    const { failures } = await runShare({ share: { first: 1, step: 1, end: 13, isCrashingEverywhere: false, crm: "memory", store } });
    expect(failures).toEqual([]);
  });

  it("keep every promise wherever the first process dies between the statements of a regional store", { timeout: 120_000 }, async () => {
    const { failures, runs } = await runShare({ share: { first: 8, step: 1, end: 9, isCrashingEverywhere: true, crm: "memory", store: "eu" } });
    expect(failures).toEqual([]);
    expect(runs).toBeGreaterThan(20);
  });

  it("repeat themselves to the last event", { timeout: 120_000 }, async () => {
    const runs: readonly SeedRequest[] = [{ seed: 3, crm: "memory" }, { seed: 7, crm: "memory" }, { seed: 48, crm: "salesforce" }, { seed: 5, crm: "cegid-retail" }, { seed: 11, crm: "memory", store: "ru" }];
    for (const run of runs) expect(await runSeed(run)).toEqual(await runSeed(run));
  });

  it("make every kind of fault happen", async () => {
    const accounts: string[] = [];
    for (let seed = 1; seed <= 40; seed += 1) accounts.push(...(await runSeed({ seed, crm: "memory", store: null })).account);
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

  it.each(planted)("%s", async (_, plant, breaches) => {
    const found = new Set<Breach>();
    for (let seed = 1; seed <= 120 && !breaches.some((breach) => found.has(breach)); seed += 1) {
      for (const { breach } of (await runSeed({ seed, plant, crm: "memory", store: null })).findings) found.add(breach);
    }
    expect([...found]).toEqual(expect.arrayContaining([expect.toBeOneOf([...breaches])]));
  });

  it("and its account is made short, and still tells of it", async () => {
    const spoil = (number: number): SeedRequest => ({ seed: number, crm: "memory", store: null, plant: bugs.withoutGuard });
    let seed = 1;
    while ((await runSeed(spoil(seed))).findings.length === 0) seed += 1;
    const whole = await runSeed(spoil(seed));
    const { omitted, outcome } = await shortenRun(spoil(seed));
    expect(omitted.length).toBeGreaterThan(0);
    expect(outcome.account.length).toBeLessThan(whole.account.length);
    expect(outcome.account.join("\n")).toContain("BROKEN");
    const again = await runSeed({ ...spoil(seed), omitted: new Set(omitted) });
    expect(again).toEqual(outcome);
  });
});

import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createRandom, KILL_KINDS, runKillRounds } from "./kill/kill-rounds.ts";
import { openKillWorld, type KillWorld } from "./kill/kill-world.ts";
import { ndjson, submission } from "./support/submissions.ts";

// A slice of `npm run test:kill`. Processes start slowly on a machine that is busy.
vi.setConfig({ testTimeout: 300_000 });

const SEED = 20_261_125;

let world: KillWorld | null = null;
beforeAll(async () => {
  world = process.platform === "linux" ? await openKillWorld() : null;
});
afterAll(async () => world?.close());

test("whatever is killed or frozen, nothing that was acknowledged is lost, and nothing is there twice", async (context) => {
  if (world === null) return context.skip("no PostgreSQL is installed");
  for (const [firstFile, kind] of KILL_KINDS.entries()) {
    const report = await runKillRounds({ world, kind, rounds: 1, random: createRandom(SEED + firstFile), firstFile });
    expect(report).toMatchObject({ strikes: 1, files: 1 });
  }
});

test("a store that says what it has not done yet is found out by a kill", async (context) => {
  const hasty = process.platform === "linux" ? await openKillWorld({ isHasty: true }) : null;
  if (hasty === null) return context.skip("no PostgreSQL is installed");
  try {
    const rounds = runKillRounds({ world: hasty, kind: "killCommand", rounds: 20, random: createRandom(SEED), firstFile: 0 });
    await expect(rounds).rejects.toThrow("acknowledged decisions are not stored");
  } finally {
    await hasty.close();
  }
});

test("a frozen database ends a run by its time limit with 3, and the run after it thaws with 0", async (context) => {
  if (world === null) return context.skip("no PostgreSQL is installed");
  const { server } = world;
  await world.write({ name: "frozen.ndjson", text: ndjson([submission(9_000_000)]) });
  const collect = ["collect", "frozen.ndjson", "--json", "--resume", "frozen.json"];
  await server.freeze();
  const frozen = await world.start(collect, { timeoutInMs: 1500 }).ended;
  await server.thaw();
  expect(frozen.code).toBe(3);
  expect((await world.start(collect).ended).code).toBe(0);
});

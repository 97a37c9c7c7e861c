import { parseArgs } from "node:util";
import { createRandom, KILL_KINDS, runKillRounds } from "./kill-rounds.ts";
import { openKillWorld } from "./kill-world.ts";

// `npm run test:kill -- --rounds 100 --seed 7`: so many strikes of each kind, against real processes and a real PostgreSQL.
const { values } = parseArgs({ options: { rounds: { type: "string", default: "100" }, seed: { type: "string", default: String(Date.now() % 2 ** 32) } } });
const rounds = Number(values.rounds);
const seed = Number(values.seed);
if (!Number.isSafeInteger(rounds) || rounds < 1 || !Number.isSafeInteger(seed)) {
  process.stderr.write("--rounds is a whole number from 1 on, --seed a whole number\n");
  process.exit(2);
}
process.stdout.write(`seed ${seed}: the moments are drawn from it; where a process is at a moment is the machine's\n`);
const world = await openKillWorld();
if (world === null) {
  process.stderr.write("no PostgreSQL is installed here: apt-get install postgresql\n");
  process.exit(2);
}
try {
  const random = createRandom(seed);
  let firstFile = 0;
  for (const kind of KILL_KINDS) {
    const { strikes, files, acknowledged } = await runKillRounds({ world, kind, rounds, random, firstFile });
    firstFile += files;
    process.stdout.write(`${kind}: ${strikes} strikes, ${files} files, ${acknowledged} decisions acknowledged, none lost, none twice\n`);
  }
} catch (error) {
  process.stderr.write(`seed ${seed}: ${error instanceof Error ? error.message : "failed"}\n`);
  process.exitCode = 1;
} finally {
  await world.close();
}

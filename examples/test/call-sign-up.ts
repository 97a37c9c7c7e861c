import { signUp, stop } from "../integration/sign-up.ts";

// A process of its own, so that the example's relative paths are those of a test's folder: bodies in, answers out.
const bodies = JSON.parse(process.argv[2] ?? "[]") as unknown[];
for (const body of bodies) process.stdout.write(`${JSON.stringify(await signUp(body))}\n`);
await stop();

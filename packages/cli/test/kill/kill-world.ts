import { spawn, type ChildProcess } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { startPostgresql, type PostgresqlServer } from "../../../../tools/test-support/start-postgresql.ts";

// Inside the clone, so that a configuration finds the workspace's packages; ignored by git.
const ROOT = fileURLToPath(new URL("../../.volenti/", import.meta.url));
const SCRIPT = fileURLToPath(new URL("../support/volenti-process.ts", import.meta.url));

/** One process of the command, and what it printed whole. */
export interface CommandProcess {
  readonly child: ChildProcess;
  readonly lines: readonly string[];
  /** Resolves at the line with this number, or when the process ends. */
  reachLine(count: number): Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly stderr: string }>;
}

/** A brand with one store on a PostgreSQL of its own. */
export interface KillWorld {
  readonly server: PostgresqlServer;
  write(request: { name: string; text: string }): Promise<void>;
  /** `timeoutInMs`: how long the store lets one call take; absent, as long as it does by itself. */
  start(commandArguments: readonly string[], limit?: { readonly timeoutInMs: number }): CommandProcess;
  /** Rows of one column and row a line, as psql prints them. */
  query(statement: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/**
 * Null where no PostgreSQL is installed. `isHasty`: the store says that it has written what it writes a moment later, which
 * is what the kill tests are there to find.
 */
export async function openKillWorld({ isHasty = false }: { isHasty?: boolean } = {}): Promise<KillWorld | null> {
  const server = await startPostgresql();
  if (server === null) return null;
  await mkdir(ROOT, { recursive: true });
  const path = await mkdtemp(`${ROOT}kill-`);
  const databaseUrl = await server.createDatabase();
  await writeFile(`${path}/volenti.config.mjs`, configurationText({ databaseUrl, isHasty }));
  const world: KillWorld = {
    server,
    write: ({ name, text }) => writeFile(`${path}/${name}`, text),
    start: (commandArguments, limit) => startCommand({ path, commandArguments, ...limit }),
    query: async (statement) => {
      const printed = await server.runProgram({ name: "psql", databaseUrl, programArguments: ["-AtX", "-v", "ON_ERROR_STOP=1", "-c", statement] });
      return printed.split("\n").filter((line) => line !== "");
    },
    close: async () => {
      await server.stop();
      await rm(path, { recursive: true, force: true });
    },
  };
  const { code, stderr } = await world.start(["provision", "eu", "--apply"]).ended;
  if (code !== 0) throw new Error(`the store was not provisioned: ${stderr}`);
  return world;
}

function startCommand(request: { path: string; commandArguments: readonly string[]; timeoutInMs?: number }): CommandProcess {
  const { path, commandArguments, timeoutInMs } = request;
  const env = { ...process.env, ...(timeoutInMs === undefined ? {} : { STORE_TIMEOUT_IN_MS: String(timeoutInMs) }) };
  const child = spawn(process.execPath, ["--conditions=@volenti/source", SCRIPT, ...commandArguments], { cwd: path, env, stdio: ["ignore", "pipe", "pipe"] });
  const lines: string[] = [];
  let waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let rest = "";
  let stderr = "";
  const tell = (isOver: boolean): void => {
    for (const { resolve } of waiting.filter(({ count }) => isOver || lines.length >= count)) resolve();
    waiting = waiting.filter(({ count }) => !isOver && lines.length < count);
  };
  child.stdout.on("data", (chunk: Buffer) => {
    const parts = (rest + chunk.toString("utf8")).split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
    tell(false);
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString("utf8");
  });
  let isOver = false;
  const ended = new Promise<Awaited<CommandProcess["ended"]>>((resolve) => {
    child.on("close", (code, signal) => {
      isOver = true;
      tell(true);
      resolve({ code, signal, stderr });
    });
  });
  const reachLine = (count: number): Promise<void> =>
    isOver || lines.length >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve }));
  return { child, lines, reachLine, ended };
}

function configurationText(request: { databaseUrl: string; isHasty: boolean }): string {
  const { databaseUrl, isHasty } = request;
  return `
import { setTimeout } from "node:timers/promises";
import { defineConfig } from "@volenti/core";
import { fileKeyring } from "@volenti/node";
import { createRegionalStore } from "@volenti/regional-store";
const store = createRegionalStore({ url: ${JSON.stringify(databaseUrl)}, region: "EU", timeoutInMs: Number(process.env.STORE_TIMEOUT_IN_MS ?? 30_000) });
const write = async (batch) => {
  void setTimeout(200).then(() => store.intake.write(batch)).catch(() => undefined);
  return batch.items.map(({ writeId, decisions }) => ({
    writeId, status: "written", decisions: decisions.map(({ record }) => ({ decisionId: record.id, outcome: "applied" })),
  }));
};
export default defineConfig({
  controller: { id: "maison-exemple", name: "Maison Exemple", country: "FR", contact: "privacy@example.com", privacyPolicyUrl: "https://example.com/privacy" },
  purposes: [
    { key: "loyalty", version: "1", basis: "contract", mechanism: "noticeOnly", attributes: ["givenName", "email"], label: { en: "Loyalty" } },
    { key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email"], label: { en: "News" } },
  ],
  notices: [{ id: "signup", version: "3", locale: "fr-FR", purposes: ["loyalty", "marketing.email"], standalone: true, firstLayer: "Bonjour", text: "Vos choix.", policyUrl: "https://example.com/fr" }],
  destinations: { eu: ${isHasty ? "{ ...store, intake: { write } }" : "store"} },
  routes: [{ to: ["eu"] }],
  residency: "none",
  retry: { maxAttempts: 2 },
  keys: fileKeyring("./keys"),
});
`;
}

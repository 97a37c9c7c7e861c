import { execFile, spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { findPostgresqlPrograms } from "./find-postgresql-programs.ts";

const run = promisify(execFile);
const LOG_TAIL = 2000;

/** A PostgreSQL of this test alone, on a unix socket in a folder of its own. */
export interface PostgresqlServer {
  /** Makes an empty database and answers its URL, as superuser. */
  createDatabase(): Promise<string>;
  /** The URL of a database of this server under another login. */
  urlFor(request: { databaseUrl: string; user: string }): string;
  /** Runs a program of the installation (`pg_dump`) against a database, and answers what it printed. */
  runProgram(request: { name: string; databaseUrl: string; programArguments: readonly string[] }): Promise<string>;
  /** Ends every connection at once, as a crash does; `restart` brings the same data back. */
  crash(): Promise<void>;
  restart(): Promise<void>;
  /** Kills the server's first process as the system does, not the others, which end by themselves; resolves when all are gone. Linux. */
  kill(): Promise<void>;
  /** Stops every process of the server, or lets them go on. Connections stay open and nothing answers. Linux. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  /** Stops the server and removes its folder. Safe to call twice. */
  stop(): Promise<void>;
}

interface Account {
  uid?: number;
  gid?: number;
}

/**
 * Starts a PostgreSQL without fsync; null where none is installed. Ready in about a second. PostgreSQL refuses to run
 * as root, so that root's tests run it under the account `postgres`, or else under 65534. `settings` (`name=value`) must
 * leave the server's log on standard error: it is how the start is noticed.
 */
export async function startPostgresql(options: { settings?: readonly string[] } = {}): Promise<PostgresqlServer | null> {
  const programs = await findPostgresqlPrograms();
  if (programs === null) return null;
  const account = await accountForServer();
  const folder = await mkdtemp(join(tmpdir(), "volenti-postgresql-"));
  if (account.uid !== undefined && account.gid !== undefined) await chown(folder, account.uid, account.gid);
  const data = join(folder, "data");
  const initialise = ["-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "--no-locale", "-E", "UTF8"];
  await run(join(programs, "initdb"), initialise, { ...account, cwd: folder });
  const start = (): Promise<ChildProcess> => startServer({ programs, folder, data, account, settings: options.settings ?? [] });
  let server = await start();
  const urlOf = (database: string, user: string): string => `postgres://${user}@localhost/${database}?host=${encodeURIComponent(folder)}`;
  const invoke = async (name: string, programArguments: readonly string[]): Promise<string> => {
    const connection = { PGHOST: folder, PGUSER: "postgres", PATH: process.env["PATH"] ?? "" };
    return (await run(join(programs, name), programArguments, { env: connection, maxBuffer: 2 ** 28 })).stdout;
  };
  return {
    createDatabase: async () => {
      const name = `test_${randomBytes(6).toString("hex")}`;
      await invoke("createdb", [name]);
      return urlOf(name, "postgres");
    },
    urlFor: ({ databaseUrl, user }) => urlOf(databaseName(databaseUrl), user),
    runProgram: ({ name, databaseUrl, programArguments }) => invoke(name, [...programArguments, "-d", databaseName(databaseUrl)]),
    crash: () => endServer({ server, signal: "SIGQUIT" }),
    restart: async () => {
      server = await start();
    },
    kill: () => killServer(server),
    freeze: async () => signalAll({ processes: await listProcesses(server), signal: "SIGSTOP" }),
    thaw: async () => signalAll({ processes: await listProcesses(server), signal: "SIGCONT" }),
    stop: async () => {
      await endServer({ server, signal: "SIGINT" });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function databaseName(databaseUrl: string): string {
  return new URL(databaseUrl).pathname.slice(1);
}

async function accountForServer(): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const accounts = await readFile("/etc/passwd", "utf8");
  const [, , uid, gid] = accounts.split("\n").find((line) => line.startsWith("postgres:"))?.split(":") ?? [];
  return uid === undefined || gid === undefined ? { uid: 65534, gid: 65534 } : { uid: Number(uid), gid: Number(gid) };
}

async function startServer(request: {
  programs: string;
  folder: string;
  data: string;
  account: Account;
  settings: readonly string[];
}): Promise<ChildProcess> {
  const { programs, folder, data, account, settings } = request;
  const chosen = ["fsync=off", "listen_addresses=", `unix_socket_directories=${folder}`, ...settings];
  const programArguments = ["-D", data, ...chosen.flatMap((setting) => ["-c", setting])];
  const server = spawn(join(programs, "postgres"), programArguments, { ...account, cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  await new Promise<void>((resolve, reject) => {
    server.stderr?.on("data", (bytes: Buffer) => {
      log = (log + bytes.toString("utf8")).slice(-LOG_TAIL);
      if (log.includes("ready to accept connections")) resolve();
    });
    server.once("error", reject);
    server.once("exit", () => reject(new Error(`the test's PostgreSQL did not start: ${log}`)));
  });
  // A test that ends early must not leave the server behind.
  const killServer = (): void => void server.kill("SIGQUIT");
  process.once("exit", killServer);
  server.once("exit", () => process.off("exit", killServer));
  return server;
}

async function killServer(server: ChildProcess): Promise<void> {
  const processes = await listProcesses(server);
  await endServer({ server, signal: "SIGKILL" });
  while (processes.some(isAlive)) await setTimeout(5);
}

async function listProcesses({ pid }: ChildProcess): Promise<readonly number[]> {
  if (pid === undefined) return [];
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  return [pid, ...children.split(" ").filter((text) => text !== "").map(Number)];
}

function signalAll(request: { processes: readonly number[]; signal: NodeJS.Signals }): void {
  for (const pid of request.processes.filter(isAlive)) process.kill(pid, request.signal);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function endServer(request: { server: ChildProcess; signal: NodeJS.Signals }): Promise<void> {
  const { server, signal } = request;
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  server.kill(signal);
  await ended;
}

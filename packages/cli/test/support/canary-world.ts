import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createSalesforceEmulator, listenOnLoopback, type CegidRetailEmulator, type SalesforceEmulator } from "@volenti/emulators";
import { createFolder, optionsFor } from "../../../cegid-retail/test/support/open-folder.ts";
import { startDatabaseProxy, type DatabaseProxy } from "../../../regional-store/test/support/database-proxy.ts";
import { deployPackage, loginTo } from "../../../salesforce/test/support/read-org.ts";
import { startPostgresql } from "../../../../tools/test-support/start-postgresql.ts";
import { findMarker } from "../../../../tools/test-support/hostile/marker.ts";
import { runCommand } from "./run-command.ts";
import { createTestFolder, type TestFolder } from "./test-folder.ts";

type Alter = ((request: Request) => Promise<Response | null>) | null;

/** A brand with every adapter there is, each before a system that can fail; without PostgreSQL its store is in memory. */
export interface CanaryWorld {
  readonly folder: TestFolder;
  readonly org: SalesforceEmulator;
  readonly till: CegidRetailEmulator;
  /** Null where no PostgreSQL is installed. */
  readonly database: DatabaseProxy | null;
  /** Answers in the systems' place, where it answers at all. */
  answerInstead(alter: { org?: Alter; till?: Alter }): void;
  close(): Promise<void>;
}

export async function openCanaryWorld(change: (text: string) => string = (text) => text): Promise<CanaryWorld> {
  const server = await startPostgresql();
  const database = server === null ? null : await startDatabaseProxy({ databaseUrl: await server.createDatabase() });
  const org = createSalesforceEmulator();
  deployPackage(org);
  const till = createFolder();
  let altered: { org?: Alter; till?: Alter } = {};
  const orgServer = await listenOnLoopback({ handle: async (request) => (await altered.org?.(request.clone())) ?? org.handle(request) });
  const tillServer = await listenOnLoopback({ handle: async (request) => (await altered.till?.(request.clone())) ?? till.handle(request) });
  const crm = { ...loginTo({ emulator: org, url: orgServer.url }), timeoutInMs: 2000 };
  const stores = { ...optionsFor({ emulator: till, url: tillServer.url }), timeoutInMs: 2000 };
  const folder = createTestFolder({ change: (text) => change(configure({ text, crm, stores, databaseUrl: database?.url ?? null })) });
  mkdirSync(`${folder.path}/tmp`);
  for (const id of ["eu", "crm"]) await runCommand({ arguments: ["provision", id, "--apply"], folder: folder.path });
  return {
    folder,
    org,
    till,
    database,
    answerInstead: (alter) => void (altered = alter),
    close: async () => {
      await orgServer.close();
      await tillServer.close();
      await database?.close();
      await server?.stop();
    },
  };
}

function configure(request: { text: string; crm: object; stores: object; databaseUrl: string | null }): string {
  const { text, crm, stores, databaseUrl } = request;
  const store = databaseUrl === null ? "" : `eu: createRegionalStore({ url: ${JSON.stringify(databaseUrl)}, region: "EU", timeoutInMs: 2000 }),`;
  const eu = 'eu: createMemoryConnector({ region: "EU", system: systems.eu }),';
  return `import { createRegionalStore } from "@volenti/regional-store";
import { createSalesforceConnector } from "@volenti/salesforce";
import { createCegidRetailConnector } from "@volenti/cegid-retail";
${text
  .replace(eu, `${store === "" ? eu : store}\n    crm: createSalesforceConnector(${JSON.stringify(crm)}),\n    stores: createCegidRetailConnector(${JSON.stringify(stores)}),`)
  .replace('to: ["eu"] }', 'to: ["eu", "crm", "stores"] }')
  .replace('attributes: ["givenName", "familyName", "email"]', 'attributes: ["*"]')
  .replace('keys: fileKeyring("./keys"),', 'keys: fileKeyring("./keys"),\n  erasureLog: fileErasureLog("./erasures.ndjson"),\n  observe: (event) => (globalThis[Symbol.for("volenti.canaryEvents")] ??= []).push(event),')
  .replace("import { fileKeyring }", "import { fileErasureLog, fileKeyring }")}`;
}

/** The events that the configuration's `observe` got so far. */
export function observedEvents(): readonly unknown[] {
  return (globalThis as { [key: symbol]: unknown[] | undefined })[Symbol.for("volenti.canaryEvents")] ?? [];
}

/** The files under a folder, but for those with these names, that show a marker in their name or content. */
export function revealingFiles(request: { path: string; except: ReadonlySet<string>; needles: readonly string[] }): string[] {
  const { path, except, needles } = request;
  if (!existsSync(path)) return [];
  return readdirSync(path).flatMap((name) => {
    const whole = `${path}/${name}`;
    if (except.has(name)) return [];
    if (statSync(whole).isDirectory()) return revealingFiles({ path: whole, except, needles });
    return findMarker([name, readFileSync(whole, "latin1"), readFileSync(whole, "utf8")], needles) === null ? [] : [whole];
  });
}

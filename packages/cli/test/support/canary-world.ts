import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createSalesforceEmulator, listenOnLoopback, type CegidRetailEmulator, type SalesforceEmulator } from "@volenti/emulators";
import { createFolder, optionsFor } from "../../../cegid-retail/test/support/open-folder.ts";
import { startDatabaseProxy, type DatabaseProxy } from "../../../regional-store/test/support/database-proxy.ts";
import { deployPackage, loginTo } from "../../../salesforce/test/support/read-org.ts";
import { startPostgresql, type PostgresqlServer } from "../../../../tools/test-support/start-postgresql.ts";
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
  /** Lets the store raise an error with this text wherever it would say something at every written row; null ends that. Null without PostgreSQL. */
  readonly refuseRows: ((text: string | null) => Promise<void>) | null;
  /** The line and the headers of every request that the org and the tills got so far: what a proxy's log may show. */
  listRequests(): readonly string[];
  /** Answers in the systems' place, where it answers at all. */
  answerInstead(alter: { org?: Alter; till?: Alter }): void;
  close(): Promise<void>;
}

export async function openCanaryWorld(change: (text: string) => string = (text) => text): Promise<CanaryWorld> {
  const server = await startPostgresql();
  const databaseUrl = (await server?.createDatabase()) ?? null;
  const database = databaseUrl === null ? null : await startDatabaseProxy({ databaseUrl });
  const org = createSalesforceEmulator();
  deployPackage(org);
  const till = createFolder();
  let altered: { org?: Alter; till?: Alter } = {};
  const requests: string[] = [];
  const hear = (request: Request): Request => {
    requests.push(`${request.method} ${request.url} ${JSON.stringify([...request.headers])}`);
    return request.clone();
  };
  const orgServer = await listenOnLoopback({ handle: async (request) => (await altered.org?.(hear(request))) ?? org.handle(request) });
  const tillServer = await listenOnLoopback({ handle: async (request) => (await altered.till?.(hear(request))) ?? till.handle(request) });
  const crm = { ...loginTo({ emulator: org, url: orgServer.url }), timeoutInMs: 2000 };
  const stores = { ...optionsFor({ emulator: till, url: tillServer.url }), timeoutInMs: 2000 };
  (globalThis as { [key: symbol]: unknown })[Symbol.for("volenti.canaryCustomers")] = async function* () {
    for (const { CustomerId: customerId } of till.customers.list()) yield customerId;
  };
  const folder = createTestFolder({ change: (text) => change(configure({ text, crm, stores, databaseUrl: database?.url ?? null })) });
  mkdirSync(`${folder.path}/tmp`);
  for (const id of ["eu", "crm"]) await runCommand({ arguments: ["provision", id, "--apply"], folder: folder.path });
  return {
    folder,
    org,
    till,
    database,
    refuseRows: server === null || databaseUrl === null ? null : (text) => refuseRows({ server, databaseUrl, text }),
    listRequests: () => requests,
    answerInstead: (alter) => void (altered = alter),
    close: async () => {
      await orgServer.close();
      await tillServer.close();
      await database?.close();
      await server?.stop();
    },
  };
}

/** Tables of the store whose rows are refused. */
const TABLES = ["decision", "consent_state", "profile_attribute", "access_log", "rights_request", "hold", "suppression", "checkpoint", "follow_up", "subject_key"];

async function refuseRows(request: { server: PostgresqlServer; databaseUrl: string; text: string | null }): Promise<void> {
  const { server, databaseUrl, text } = request;
  const each = (statement: (table: string) => string): string => TABLES.map(statement).join(" ");
  const quoted = `'${text ?? ""}'`;
  const set = `create or replace function public.refuse() returns trigger language plpgsql as $$ begin
    raise exception using message = ${quoted} || coalesce(new::text, ''), detail = ${quoted}, hint = ${quoted}, errcode = '23514', column = ${quoted}, constraint = ${quoted}, table = ${quoted};
  end $$; ${each((table) => `create trigger refuse before insert or update on volenti.${table} for each row execute function public.refuse();`)}`;
  const sql = text === null ? each((table) => `drop trigger if exists refuse on volenti.${table};`) : set;
  await server.runProgram({ name: "psql", databaseUrl, programArguments: ["-q", "-v", "ON_ERROR_STOP=1", "-c", sql] });
}

function configure(request: { text: string; crm: object; stores: object; databaseUrl: string | null }): string {
  const { text, crm, stores, databaseUrl } = request;
  const store = databaseUrl === null ? "" : `eu: createRegionalStore({ url: ${JSON.stringify(databaseUrl)}, region: "EU", timeoutInMs: 2000 }),`;
  const eu = 'eu: createMemoryConnector({ region: "EU", system: systems.eu }),';
  return `import { createRegionalStore } from "@volenti/regional-store";
import { createSalesforceConnector } from "@volenti/salesforce";
import { createCegidRetailConnector } from "@volenti/cegid-retail";
${text
  .replace(eu, `${store === "" ? eu : store}\n    crm: createSalesforceConnector(${JSON.stringify(crm)}),\n    stores: createCegidRetailConnector({ ...${JSON.stringify(stores)}, testField: { userDefinedText: 3 }, customerList: globalThis[Symbol.for("volenti.canaryCustomers")] }),`)
  .replace('ru: createMemoryConnector({ region: "RU", system: systems.ru })', 'desk: createMemoryConnector({ region: "EU", system: systems.ru })')
  .replace('routes: [{ countries: ["RU"], to: ["ru"] }, ', "routes: [")
  .replace('countries: ["FR", "DE"], to: ["eu"] }', 'countries: ["FR", "DE", "US"], to: ["eu", "crm", "stores", "desk"] }')
  .replace('attributes: ["givenName", "familyName", "email"]', 'attributes: ["*"]')
  .replace('keys: fileKeyring("./keys"),', 'keys: fileKeyring("./keys"),\n  rights: { sensitivePurposes: ["marketing.email"] },\n  erasureLog: fileErasureLog("./erasures.ndjson"),\n  anchors: [createFileAnchor("./anchor.ndjson")],\n  observe: (event) => (globalThis[Symbol.for("volenti.canaryEvents")] ??= []).push(event),')
  .replace("import { fileKeyring }", "import { createFileAnchor, fileErasureLog, fileKeyring }")}`;
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

import { resolve } from "node:path";
import type * as EmulatorsPackage from "@volenti/emulators";
import { listenForInterruption } from "../collect/interruption.ts";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { printable } from "../terminal/printable.ts";
import { UsageError } from "../usage-error.ts";

export interface EmulateOptions {
  /** What to stand in for: `salesforce` or `cegid-retail`. */
  readonly system: string;
  /** Undefined: a free port. */
  readonly port: number | undefined;
  /** An SFDX source folder that an org starts with; undefined: a new org. */
  readonly source: string | undefined;
}

type Emulators = typeof EmulatorsPackage;
type SalesforceEmulator = EmulatorsPackage.SalesforceEmulator;

/** That of the emulated server, in which it keeps dates. */
const Y2_TIME_ZONE = "Europe/Paris";

/** Something on loopback that answers as a system does. */
interface StandIn {
  handle(call: Request): Promise<Response>;
  /** Where it is reached once it listens, and as whom. The credentials are made for this run alone. */
  address(url: string): Readonly<Record<string, string>> & { readonly url: string };
  /** For people: what it is, and how to put it into a configuration. */
  describe(url: string): string;
}

type MakeStandIn = (request: { emulators: Emulators; context: CommandContext; source: string | undefined }) => StandIn;

const STAND_INS: ReadonlyMap<string, MakeStandIn> = new Map([
  ["salesforce", standInForSalesforce],
  ["cegid-retail", standInForCegidRetail],
]);

/** `volenti emulate`: a stand-in on loopback, until a signal ends it. What it held is gone then. */
export async function emulateCommand(request: { context: CommandContext; options: EmulateOptions }): Promise<ExitCode> {
  const { context, options: { system, port, source } } = request;
  const makeStandIn = STAND_INS.get(system);
  if (makeStandIn === undefined) throw new UsageError({ code: "noEmulator", sentence: `there is no emulator of that system; there are: ${[...STAND_INS.keys()].join(", ")}` });
  const emulators = await loadEmulators();
  const standIn = makeStandIn({ emulators, context, source });
  const interruption = listenForInterruption({ signals: context.signals, exit: context.exit, onFirst: () => undefined });
  try {
    const server = await listen({ emulators, standIn, port });
    try {
      await announce({ context, standIn, url: server.url });
      await untilAborted(interruption.signal);
    } finally {
      await server.close();
    }
    return interruption.exitCode() ?? EXIT_CODE.delivered;
  } finally {
    interruption.dispose();
  }
}

function standInForSalesforce(request: Parameters<MakeStandIn>[0]): StandIn {
  const { emulators, context, source } = request;
  const emulator = emulators.createSalesforceEmulator();
  if (source !== undefined) provision({ emulators, emulator, context, source });
  const { clientId, clientSecret, username } = emulator.credentials;
  return {
    handle: (call) => emulator.handle(call),
    address: (url) => ({ url, clientId, clientSecret, username }),
    describe: (url) => describeSalesforce({ url, clientId, clientSecret, username }),
  };
}

function standInForCegidRetail(request: Parameters<MakeStandIn>[0]): StandIn {
  if (request.source !== undefined) throw new UsageError({ code: "sourceNotTaken", sentence: "only an emulated Salesforce org takes a source folder" });
  const emulator = request.emulators.createCegidRetailEmulator({ timeZone: Y2_TIME_ZONE });
  const { basePath, folderId, username, password } = emulator.credentials;
  return {
    handle: (call) => emulator.handle(call),
    address: (url) => ({ url: `${url}${basePath}`, folderId, username, password, timeZone: Y2_TIME_ZONE }),
    describe: (url) => describeCegidRetail({ url: `${url}${basePath}`, folderId, username, password }),
  };
}

/** Only here: no other command needs them, and an installation may be without. */
async function loadEmulators(): Promise<Emulators> {
  try {
    return await import("@volenti/emulators");
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new UsageError({ code: "emulatorsNotInstalled", sentence: "the package @volenti/emulators is not installed here" });
  }
}

/** The org as an administrator leaves it who deployed the folder: the integration user has every permission set of it. */
function provision(request: { emulators: Emulators; emulator: SalesforceEmulator; context: CommandContext; source: string }): void {
  const { emulators, emulator, context, source } = request;
  const { org } = emulator;
  const { schema, permissionSets } = org;
  try {
    emulators.applySourceFolder({ schema, permissionSets, files: readFiles({ emulators, path: resolve(context.folder, source) }) });
  } catch (error) {
    if (!(error instanceof emulators.SourceFolderError)) throw error;
    for (const problem of error.problems) context.terminal.tell(`  ${printable(problem)}`);
    throw new UsageError({ code: "sourceRefused", sentence: "the emulated org refuses the source folder, for the reasons above" });
  }
  for (const name of permissionSets.sets.keys()) org.assignPermissionSet({ name });
}

function readFiles({ emulators, path }: { emulators: Emulators; path: string }): ReadonlyMap<string, string> {
  try {
    const files = emulators.readSourceFolder(path);
    if (files.size > 0) return files;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code !== "ENOENT" && code !== "ENOTDIR" && code !== "EACCES") throw error;
    throw new UsageError({ code: "sourceUnreadable", sentence: "the source folder is not there, or cannot be read" });
  }
  throw new UsageError({ code: "sourceEmpty", sentence: "the source folder holds no metadata (*-meta.xml)" });
}

async function listen(request: {
  emulators: Emulators;
  standIn: StandIn;
  port: number | undefined;
}): Promise<{ url: string; close: () => Promise<void> }> {
  const { emulators, standIn, port } = request;
  try {
    return await emulators.listenOnLoopback({ handle: (call) => standIn.handle(call), ...(port === undefined ? {} : { port }) });
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    throw new UsageError({ code: "portNotFree", sentence: "the port is taken, or may not be listened on" });
  }
}

async function announce(request: { context: CommandContext; standIn: StandIn; url: string }): Promise<void> {
  const { context, standIn, url } = request;
  const { output } = context.terminal;
  await output.writeLine(context.json ? JSON.stringify(standIn.address(url)) : standIn.describe(url));
  // Whoever waits for the address reads it now, not when the command ends.
  await output.flush();
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}

function describeSalesforce(address: { url: string; clientId: string; clientSecret: string; username: string }): string {
  const { url, clientId, clientSecret, username } = address;
  return `An emulated Salesforce org listens on ${url}. It lives in memory: what it holds is gone when it ends.

  client id      ${clientId}
  client secret  ${clientSecret}
  username       ${username}

In volenti.config.mts:

  crm: createSalesforceConnector({
    loginUrl: "${url}",
    auth: { kind: "clientCredentials", clientId: "${clientId}", clientSecret: "${clientSecret}" },
    region: "EU",
    allowInsecureHttp: true,
  }),

Ctrl+C ends it.`;
}

function describeCegidRetail(address: { url: string; folderId: string; username: string; password: string }): string {
  const { url, folderId, username, password } = address;
  return `An emulated Cegid Retail Y2 listens on ${url}. It lives in memory: what it holds is gone when it ends.

  folder    ${folderId}
  username  ${username}
  password  ${password}

In volenti.config.mts:

  stores: createCegidRetailConnector({
    baseUrl: "${url}",
    folderId: "${folderId}",
    username: "${username}",
    password: "${password}",
    timeZone: "${Y2_TIME_ZONE}",
    privacyGranularity: "item",
    usualStoreId: "001",
    region: "EU",
    allowInsecureHttp: true,
  }),

Ctrl+C ends it.`;
}

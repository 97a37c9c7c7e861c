import { resolve } from "node:path";
import type { Volenti } from "@volenti/core";
import { createGovernance, writePortabilityCsv, type Governance, type RightsAction, type RightsAnswer, type RightsKindHandled, type WhichRequest } from "@volenti/governance";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { withVolenti, type OpenVolenti } from "../open-volenti.ts";
import { chooseErasureLog } from "../person/choose-erasure-log.ts";
import { namesPerson, readPerson } from "../person/person-options.ts";
import { ensureFree, writePrivateFile } from "../person/private-file.ts";
import { readPatch, type PatchOptions } from "../rights/read-patch.ts";
import { readActor, toOpening, type RequestOptions } from "../rights/request-options.ts";
import { exitCodeOfChange, exitCodeOfRun } from "../rights/rights-exit-code.ts";
import { keepAnswer, readStateFile } from "../rights/state-file.ts";
import { isOverdue, writeRequestList, writeRightsAnswer } from "../rights/write-rights-answer.ts";
import { UsageError } from "../usage-error.ts";

export type RequestsOptions = RequestOptions &
  PatchOptions & {
    all?: boolean;
    kind?: RightsKindHandled;
    lift?: boolean;
    method?: string;
    ground?: "identity" | "clarification";
    reason?: string;
    note?: string;
    out?: string;
    format?: "json" | "csv";
  };

interface Call {
  readonly context: CommandContext;
  readonly open: OpenVolenti;
  readonly volenti: Volenti;
  readonly rights: Governance["rights"];
  readonly options: RequestsOptions;
  readonly id: string | undefined;
}

const ACTIONS = ["list", "open", "show", "run", "verify", "pause", "resume", "extend", "deny", "revoke", "fulfil", "expire"] as const;
type Action = (typeof ACTIONS)[number];

/** `volenti requests [ACTION] [ID]`: what people asked for, by when it is due, and what is done about it. */
export function requestsCommand(request: {
  context: CommandContext;
  action: string;
  id: string | undefined;
  options: RequestsOptions;
}): Promise<ExitCode> {
  const { context, options, id } = request;
  const action = ACTIONS.find((known) => known === (request.action === "" ? "list" : request.action));
  if (action === undefined) throw new UsageError({ code: "unknownAction", sentence: `requests takes one of: ${ACTIONS.join(", ")}` });
  return withVolenti({ context }, async (open) => {
    const { volenti } = open;
    const call: Call = { context, open, volenti, rights: createGovernance(volenti).rights, options, id };
    if (action === "list") return list(call);
    if (action === "run") await open.updateLock();
    const answer = await answerTo({ call, action });
    if (action !== "show") await keepAnswer({ context, rights: call.rights, file: options.state, answer });
    await writeRightsAnswer({ context, answer: options.out === undefined ? answer : { ...answer, report: null, exported: null } });
    return action === "run" ? exitCodeOfRun(answer) : exitCodeOfChange(answer);
  });
}

async function list({ context, rights, volenti, options }: Call): Promise<ExitCode> {
  const requests = await rights.list({ isEverything: options.all });
  if (requests === null) {
    throw new UsageError({ code: "noLedger", sentence: "no destination keeps requests: each is in its own file, requests show --state FILE" });
  }
  const now = volenti.clock.now();
  const { terminal, json } = context;
  if (!json) await writeRequestList({ terminal, requests, now });
  for (const rightsRequest of json ? requests : []) {
    await terminal.output.writeLine(JSON.stringify({ ...rightsRequest, overdue: isOverdue({ rightsRequest, now }) }));
  }
  return EXIT_CODE.delivered;
}

async function answerTo(request: { call: Call; action: Exclude<Action, "list"> }): Promise<RightsAnswer> {
  const { call, action } = request;
  if (action === "open") return open(call);
  const which = await findRequest(call);
  const { context, rights, volenti, options } = call;
  const actor = readActor({ options, volenti });
  if (action === "show") return show({ call, which });
  if (action === "run") {
    await checkRelease({ call, which });
    const identifier = namesPerson(options) ? await readPerson({ options, terminal: context.terminal, volenti }) : undefined;
    const { log: erasureLog } = chooseErasureLog({ context, file: undefined, open: call.open });
    const handOver = options.out === undefined ? undefined : writeReleased({ context, options, out: options.out });
    return rights.run({ ...which, actor, identifier, profile: await readPatch({ context, options }), erasureLog, handOver });
  }
  return rights.change({ ...which, actor, ...toAction({ action, options }) });
}

async function open({ context, rights, volenti, options }: Call): Promise<RightsAnswer> {
  const { kind, state } = options;
  if (kind === undefined) throw new UsageError({ code: "kindRequired", sentence: "say what is asked for: --kind" });
  if (state !== undefined && (await readStateFile({ context, rights, file: state })) !== null) {
    throw new UsageError({ code: "stateExists", sentence: "the file of --state holds a request already" });
  }
  if (state === undefined && (await rights.list()) === null) {
    throw new UsageError({ code: "stateRequired", sentence: "no destination keeps requests: give --state FILE" });
  }
  const identifier = await readPerson({ options, terminal: context.terminal, volenti });
  return rights.open(toOpening({ options, volenti, kind, identifier, isLifted: options.lift }));
}

async function show(request: { call: Call; which: WhichRequest }): Promise<RightsAnswer> {
  const { call, which } = request;
  const kept = "requestId" in which ? await call.rights.get(which) : null;
  if (kept !== null) return kept;
  const nothing = { keptIn: null, report: null, exported: null, erasure: null, result: null };
  return "rightsRequest" in which
    ? { ...nothing, request: which.rightsRequest, problem: null }
    : { ...nothing, request: null, problem: { code: "unknownRequest", fields: [] } };
}

/** An export has to go somewhere, and a file is never written over: known before anything is read of the person. */
async function checkRelease(request: { call: Call; which: WhichRequest }): Promise<void> {
  const { call, which } = request;
  const { context, options } = call;
  if (options.out !== undefined) return ensureFree({ path: resolve(context.folder, options.out), mayReplace: false });
  if (context.json) return;
  const { request: rightsRequest } = await show({ call, which });
  if (rightsRequest?.kind !== "portability") return;
  throw new UsageError({ code: "outRequired", sentence: "say where the export goes: --out FILE, or --json" });
}

/** What is released goes into the file of `--out`, of its owner alone, before the request is answered, and then not to standard output. */
function writeReleased(request: Pick<Call, "context" | "options"> & { out: string }): (released: Pick<RightsAnswer, "report" | "exported">) => Promise<void> {
  const { context, options, out } = request;
  return async ({ report, exported }) => {
    const text = exported !== null && options.format === "csv" ? writePortabilityCsv(exported) : `${JSON.stringify(exported ?? report, null, 2)}\n`;
    await writePrivateFile({ path: resolve(context.folder, out), mayReplace: false, text });
  };
}

async function findRequest({ context, rights, options, id }: Call): Promise<WhichRequest> {
  if (options.state === undefined) {
    if (id === undefined) throw new UsageError({ code: "requestRequired", sentence: "say which request: its id, or --state FILE" });
    return { requestId: id };
  }
  const rightsRequest = await readStateFile({ context, rights, file: options.state });
  if (rightsRequest !== null) return { rightsRequest };
  throw new UsageError({ code: "unreadableFile", sentence: "there is no file of --state" });
}

function toAction(request: { action: Exclude<Action, "list" | "open" | "show" | "run">; options: RequestsOptions }): RightsAction {
  const { action, options } = request;
  const { method = "", ground = "identity", reason, note } = options;
  switch (action) {
    case "verify":
      if (method === "") throw new UsageError({ code: "methodRequired", sentence: "say how the identity was verified: --method" });
      return { action, method };
    case "pause":
      return { action, ground, reason };
    case "deny":
      return { action, reason, note };
    case "resume":
    case "expire":
      return { action };
    default:
      return { action, reason };
  }
}

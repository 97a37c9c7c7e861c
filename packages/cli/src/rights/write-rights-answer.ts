import type { AccessReport, RightsAnswer, RightsProblem, RightsRequest } from "@volenti/governance";
import type { CommandContext } from "../command-context.ts";
import { tellUnlinked } from "../person/tell-unlinked.ts";
import { writeUnifiedView } from "../person/write-unified-view.ts";
import { printable } from "../terminal/printable.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { writeTable, type Cell } from "../terminal/write-table.ts";

/** Shows how a request stands: its date, what each destination did and why, what is left to do. */
export async function writeRightsAnswer(request: { context: CommandContext; answer: RightsAnswer }): Promise<void> {
  const { context, answer } = request;
  const { terminal } = context;
  if (context.json) {
    await terminal.output.writeLine(JSON.stringify(answer));
    return;
  }
  if (answer.request !== null) await writeRequest({ terminal, rightsRequest: answer.request });
  if (answer.report !== null) await writeReport({ terminal, report: answer.report });
  if (answer.problem !== null) await writeProblem({ terminal, problem: answer.problem });
  // A report names them itself.
  const targets = answer.report === null ? (answer.request?.targets ?? []) : [];
  await tellUnlinked({ terminal, destinationIds: targets.filter(({ outcome }) => outcome === "unlinked").map(({ system }) => system) });
  if (answer.request !== null) await writeNext({ terminal, rightsRequest: answer.request, keptIn: answer.keptIn });
}

/** The date alone, for a command that shows the rest in its own way. */
export async function writeDueDate(request: { terminal: Terminal; answer: RightsAnswer }): Promise<void> {
  const { terminal, answer } = request;
  const { request: rightsRequest, keptIn, problem } = answer;
  if (rightsRequest !== null) {
    const { requestId } = rightsRequest;
    await terminal.output.writeLine(`Request ${requestId}, ${stateOf(rightsRequest)}; due: ${dueOf(rightsRequest)}${rightsRequest.place.country === null ? "" : ` (${lawOf(rightsRequest)})`}.`);
  }
  if (problem !== null) await writeProblem({ terminal, problem });
  // That a run is to be repeated is said by whoever tells what the run did.
  if (rightsRequest !== null && !rightsRequest.targets.some(({ state }) => state === "waiting")) await writeNext({ terminal, rightsRequest, keptIn });
}

/** Requests a line each, by due date; what is overdue is marked. */
export async function writeRequestList(request: { terminal: Terminal; requests: readonly RightsRequest[]; now: number }): Promise<void> {
  const { terminal, requests, now } = request;
  if (requests.length === 0) await terminal.output.writeLine("No request is open.");
  await writeTable({
    terminal,
    head: ["request", "kind", "law", "place", "received", "due", "", "state"],
    rows: requests.map((rightsRequest) => {
      const { requestId, kind, receivedAt } = rightsRequest;
      const mark: Cell = isOverdue({ rightsRequest, now }) ? { text: "overdue", tone: "error" } : "";
      return [requestId, kind, lawOf(rightsRequest), placeOf(rightsRequest), receivedAt, dueOf(rightsRequest), mark, stateOf(rightsRequest)];
    }),
  });
}

const OPEN: ReadonlySet<string> = new Set(["open", "in_progress", "paused"]);

/** One whose clock stands still is overdue only after that. */
export function isOverdue(request: { rightsRequest: RightsRequest; now: number }): boolean {
  const { dueAt, state } = request.rightsRequest;
  return OPEN.has(state) && state !== "paused" && dueAt !== null && Date.parse(dueAt) < request.now;
}

async function writeRequest(request: { terminal: Terminal; rightsRequest: RightsRequest }): Promise<void> {
  const { terminal, rightsRequest } = request;
  const { requestId, kind, purpose, receivedAt, words, verification } = rightsRequest;
  await writeTable({
    terminal,
    head: ["request", requestId],
    rows: [
      ["kind", purpose === null ? kind : `${kind} (${purpose})`],
      ["state", stateOf(rightsRequest)],
      ["law", lawOf(rightsRequest)],
      ["place", placeOf(rightsRequest)],
      ["received", receivedAt],
      ["due", dueOf(rightsRequest)],
      ...words.map((text) => ["", text]),
      ["identity", verification === null ? "not verified" : `${verification.method}, by ${verification.actor}`],
    ],
  });
  await writeTable({
    terminal,
    head: ["destination", "outcome", "why", "until", "attributes", ""],
    rows: rightsRequest.targets.map(({ system, outcome, reason, law, until, attributes, state }) => [
      system,
      outcome,
      [law, reason].filter((text) => text !== null).join(": "),
      until ?? "",
      attributes.join(", "),
      state === "done" ? "" : { text: state === "waiting" ? "run again" : "by hand", tone: "warning" },
    ]),
  });
}

async function writeReport(request: { terminal: Terminal; report: AccessReport }): Promise<void> {
  const { terminal, report } = request;
  await writeUnifiedView({ terminal, view: report.view });
  await writeTable({
    terminal,
    title: "Purposes",
    head: ["purpose", "ground", "attributes", "recipients", "kept for"],
    rows: report.purposes.map(({ key, version, basis, attributes, recipients, retention }) => [
      `${key} ${version}`,
      basis,
      attributes.join(", "),
      recipients.join(", "),
      retention ?? "not said",
    ]),
  });
  await terminal.output.writeLine(`Collected at: ${report.sources.map(printable).join(", ") || "not on record"}`);
  await terminal.output.writeLine(`Questions: ${report.controller.contact}`);
}

const PROBLEMS: Readonly<Record<RightsProblem["code"], string>> = {
  unknownRequest: "no ledger keeps a request of that id",
  ended: "the request has ended",
  paused: "the request is paused: resume it first",
  notPaused: "the request is not paused",
  unverified: "it is not known that the person is asking: nothing was read or changed",
  reasonRequired: "a reason is required: --reason",
  unknownReason: "the reason is none of the Data Rights Protocol's",
  noExtension: "the law knows no extension",
  alreadyExtended: "it was extended already",
  deadlinePassed: "the date has passed: it can no longer be extended",
  notDue: "it expires only after its date, and where the identity was never verified",
  personRequired: "name the person again: no destination holds an identifier that names them",
  otherPerson: "the identifier does not name the person of the request",
  severalPeople: "several people match: nothing was released or changed",
  countryRequired: "nobody knows where the person lives: --country",
  noRoute: "no route of the configuration serves people of that country: nothing was recorded",
  unknownPurpose: "the configuration has no such purpose",
  noNotice: "no notice of the configuration informs about a purpose that is meant",
  purposeRequired: "say which purpose is meant: --purpose, or rights.sensitivePurposes in the configuration",
  valuesRequired: "say what is to be corrected: --file",
  changedMeanwhile: "somebody else is changing the request: run it again",
  notKept: "what was done could not be written down: run it again",
  invalidInput: "what was given cannot be used",
};

async function writeProblem(request: { terminal: Terminal; problem: RightsProblem }): Promise<void> {
  const { terminal, problem } = request;
  await terminal.output.writeLine(`Not done: ${PROBLEMS[problem.code]} (${problem.code}).`);
  for (const { path, code } of problem.fields) await terminal.output.writeLine(`  ${path === "" ? "(root)" : path}: ${code}`);
}

async function writeNext(request: { terminal: Terminal; rightsRequest: RightsRequest; keptIn: string | null }): Promise<void> {
  const { rightsRequest, keptIn } = request;
  // What no ledger keeps has no id by which it could be found again.
  const sentence = sentenceOf({ rightsRequest, name: keptIn === null ? "--state FILE" : rightsRequest.requestId });
  if (sentence !== "") await request.terminal.output.writeLine(sentence);
}

function sentenceOf(request: { rightsRequest: RightsRequest; name: string }): string {
  const { rightsRequest: { state, targets }, name } = request;
  if (state !== "in_progress") return "";
  if (targets.some((target) => target.state === "waiting")) return `Unfinished: run it again, or volenti requests run ${name}.`;
  // Of who is not linked it is said elsewhere what comes first, and nobody has to do the rest by hand.
  if (!targets.some((target) => target.state === "needsHuman" && target.outcome !== "unlinked")) return "";
  return `Left to people: do it there, then volenti requests fulfil ${name} --reason ….`;
}

function stateOf({ state, reason }: RightsRequest): string {
  return reason === null ? state : `${state} (${reason})`;
}

function lawOf({ regime, place: { country } }: RightsRequest): string {
  return regime ?? (country === null ? "not known without the place" : "none known of that place and kind");
}

function dueOf({ dueAt, place: { country } }: RightsRequest): string {
  return dueAt ?? (country === null ? "not known without the place" : "no date in the law");
}

function placeOf({ place: { country, subdivision } }: RightsRequest): string {
  return subdivision ?? country ?? "not known";
}

import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { findMarker, MARKER } from "../../../tools/test-support/hostile/marker.ts";
import { fuzzRuns } from "../../../tools/test-support/hostile/survive.ts";
import { openCanaryWorld, observedEvents, revealingFiles, type CanaryWorld } from "./support/canary-world.ts";
import { runCommand, type CommandAnswer } from "./support/run-command.ts";
import { ndjson, submission } from "./support/submissions.ts";
import { createTestFolder } from "./support/test-folder.ts";

vi.setConfig({ testTimeout: fuzzRuns(120_000), hookTimeout: 120_000 });

/** What no letters can be put into: a telephone number, a birthday, a card. */
const DIGITS = ["199004711", "1987-03-29", "L-4711-0815"];
const INPUTS: ReadonlySet<string> = new Set(["in.ndjson", "patch.json", "list.csv", "taken.json", "taken.csv"]);

const emailOf = (number: number): string => `person${number}.${MARKER.slice(1)}@example.com`;

/** Somebody whose every value is a canary. */
function person(number: number, change: Record<string, unknown> = {}): Record<string, unknown> {
  const [given] = submission(number)["decisions"] as Record<string, unknown>[];
  return submission(number, {
    subject: { identifiers: [{ kind: "email", value: emailOf(number) }, { kind: "phone", value: "+33199004711" }, { kind: "loyaltyId", value: "L-4711-0815" }].slice(0, number === 0 ? 3 : 1), ageBand: "adult" },
    profile: {
      givenName: MARKER,
      familyName: `Famille ${MARKER}`,
      email: emailOf(number),
      phoneNumber: "+33199004711",
      birthdate: "1987-03-29",
      address: { streetAddress: `1 rue ${MARKER}`, locality: MARKER, postalCode: "75001", country: "FR" },
    },
    decisions: [{ ...given, method: "checkbox" }],
    ...change,
  });
}

interface Flow {
  readonly arguments: readonly string[];
  /** What is read from standard input; the person's address, if absent. */
  readonly input?: (number: number) => string;
  /** The command is there to print the person. */
  readonly prints?: true;
}

const MAP = {
  schema: "volenti-import-map-1",
  collectionPoint: "old-crm",
  country: { value: "FR" },
  identifiers: [{ kind: "email", column: "email" }],
  profile: { givenName: { column: "name" }, email: { column: "email" } },
  decisions: [],
};

const FLOWS: Readonly<Record<string, Flow>> = {
  "collect --json": { arguments: ["collect", "-", "--json"], input: (number) => ndjson([person(number), person(number, { submissionId: MARKER }), person(number, { [MARKER]: MARKER }), `{"${MARKER}`, person(number, { profile: { birthdate: MARKER } })]) },
  "collect with a state": { arguments: ["collect", "in.ndjson", "--resume", "state.json"] },
  "collect --dry-run": { arguments: ["collect", "-", "--dry-run"], input: (number) => ndjson([person(number)]) },
  show: { arguments: ["show", "--email", "-"], prints: true },
  "show of nobody": { arguments: ["show", "--email", "-"], input: () => `nobody.${MARKER.slice(1)}@example.com` },
  export: { arguments: ["export", "--email", "-", "--out", "taken.json", "--force"] },
  "export as CSV": { arguments: ["export", "--email", "-", "--out", "taken.csv", "--format", "csv", "--force", "--json"] },
  rectify: { arguments: ["rectify", "--email", "-", "--file", "patch.json", "--json"] },
  restrict: { arguments: ["restrict", "--email", "-"] },
  object: { arguments: ["object", "--email", "-", "--json"] },
  withdraw: { arguments: ["withdraw", "--email", "-"] },
  hold: { arguments: ["hold", "--email", "-", "--json"] },
  release: { arguments: ["release", "--email", "-", "--recipient", "crm"], prints: true },
  import: { arguments: ["import", "list.csv", "--map", "map.json", "--json"] },
  link: { arguments: ["link", "crm"] },
  doctor: { arguments: ["doctor"] },
  provision: { arguments: ["provision", "crm"] },
  retention: { arguments: ["retention", "--list"] },
  contacts: { arguments: ["contacts", "eu", "--list", "--json"] },
  statistics: { arguments: ["statistics", "--destination", "eu"] },
  breach: { arguments: ["breach", "--destination", "eu", "--since", "2020-01-01"] },
  reconsent: { arguments: ["reconsent", "--notice", "signup", "--version", "3", "--list"] },
  requests: { arguments: ["requests", "list", "--all"] },
  audit: { arguments: ["audit", "--email", "-"] },
  verify: { arguments: ["verify", "--destination", "eu"] },
  "verify of a receipt that is none": { arguments: ["verify", "--receipt", "-"], input: () => MARKER },
  erase: { arguments: ["erase", "--email", "-", "--json"] },
  "erase of somebody already erased": { arguments: ["erase", "--email", "-"] },
};

/** Flows enough for a system that is waited for in vain, call by call. */
const WAITING: ReadonlySet<string> = new Set(["collect --json", "show"]);
/** What meets a failure of each system in the usual run; VOLENTI_FUZZ_FACTOR=2 lets every flow meet every failure. */
const USUAL: ReadonlySet<string> = new Set([...WAITING, "doctor", "erase", "collect with a state", "export", "rectify", "object", "import", "link", "verify"]);

function meets(request: { failure: string; name: string }): boolean {
  const { failure, name } = request;
  if (failure === "nothing fails") return true;
  return failure.endsWith("does not answer") ? WAITING.has(name) : fuzzRuns(1) > 1 || USUAL.has(name);
}

const echo = async (request: Request): Promise<string> => `${MARKER} ${emailOf(0)} ${await request.text()} ${request.url}`;
const xml = (text: string): string => text.replaceAll(/[&<>]/g, "");

/** What fails, and how: systems that quote what they were sent in all that they answer. */
const FAILURES: Readonly<Record<string, (world: CanaryWorld, number: number) => unknown>> = {
  "nothing fails": () => null,
  "Salesforce answers 500 with the values": (world) => world.answerInstead({ org: async (request) => Response.json([{ errorCode: "UNKNOWN_EXCEPTION", message: await echo(request), fields: [MARKER] }], { status: 500, statusText: "Oops" }) }),
  "Salesforce refuses the rows, quoting them": (world) =>
    world.answerInstead({ org: async (request) => (request.method === "GET" || request.url.includes("oauth") ? null : Response.json([{ errorCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION", message: await echo(request), fields: [MARKER] }], { status: 400 })) }),
  "Salesforce refuses an address, quoting it": ({ org }, number) => org.faults.refuseKey({ value: emailOf(number), statusCode: "INVALID_EMAIL_ADDRESS", message: `invalid email address: ${emailOf(number)}` }),
  "Salesforce refuses the session": ({ org }) => org.faults.setSessionsRefused(true),
  "Salesforce shows a page": (world) => world.answerInstead({ org: async (request) => new Response(`<html>${await echo(request)}</html>`, { headers: { "content-type": "text/html" } }) }),
  "Salesforce cuts its answers": ({ org }) => org.faults.strike({ fault: { kind: "malformedJson" } }),
  "Salesforce does not answer": ({ org }) => org.faults.strike({ fault: { kind: "stall" } }),
  "Salesforce resets after applying": ({ org }) => org.faults.strike({ fault: { kind: "resetAfterApply" } }),
  "the sign-in quotes": (world) => world.answerInstead({ org: async (request) => (request.url.includes("oauth") ? Response.json({ error: MARKER, error_description: await echo(request) }, { status: 400 }) : null) }),
  "Cegid answers a fault with the values": (world) =>
    world.answerInstead({ till: async (request) => new Response(`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:${MARKER}</faultcode><faultstring>${xml(await echo(request))}</faultstring></s:Fault></s:Body></s:Envelope>`, { status: 500, headers: { "content-type": "text/xml" } }) }),
  "Cegid answers 401": ({ till }) => till.faults.strike({ fault: { kind: "unauthorized" } }),
  "Cegid answers broken XML": ({ till }) => till.faults.strike({ fault: { kind: "malformedXml" } }),
  "Cegid does not answer": ({ till }) => till.faults.strike({ fault: { kind: "stall" } }),
  "the store is not reached": ({ database, folder }) => (database === null ? folder.systems.eu.fail({ kind: "unavailable" }) : database.fail("unavailable")),
  "the store breaks after applying": ({ database }) => database?.fail("dropAfterApply"),
};

let world: CanaryWorld;
const printed: string[] = [];
beforeAll(async () => {
  world = await openCanaryWorld();
  vi.stubEnv("TMPDIR", `${world.folder.path}/tmp`);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await world?.close();
});
beforeEach(() => {
  printed.length = 0;
  // What passes by the command's own streams.
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((chunk) => printed.push(String(chunk)) > 0);
  }
  return () => vi.restoreAllMocks();
});

async function runFlow(request: { world: CanaryWorld; flow: Flow; number: number }): Promise<CommandAnswer> {
  const { folder } = request.world;
  const { flow, number } = request;
  folder.write("in.ndjson", ndjson([person(number)]));
  folder.write("patch.json", JSON.stringify({ familyName: `${MARKER}2`, birthdate: "1987-03-29" }));
  folder.write("list.csv", `email;name\r\n${emailOf(number)};${MARKER}\r\n${MARKER};${MARKER}\r\n`);
  folder.write("map.json", JSON.stringify(MAP));
  return runCommand({ arguments: flow.arguments, folder: folder.path, input: (flow.input ?? emailOf)(number) });
}

/** Where a canary got out; empty where nowhere. */
function leaksOf(request: { answer: CommandAnswer; flow: Flow; path: string }): readonly string[] {
  const { answer, flow, path } = request;
  const shown = { stderr: answer.stderr, process: printed, title: [process.title, ...process.argv], events: observedEvents(), ...(flow.prints === true ? {} : { stdout: answer.stdout }) };
  const spoken = Object.entries(shown).flatMap(([name, value]) => (findMarker(value, DIGITS) === null ? [] : [name]));
  return [...spoken, ...revealingFiles({ path, except: INPUTS, needles: DIGITS })];
}

// One test, for the systems and what they hold outlive each failure; a person a failure.
test("whatever fails, no flow shows a value of anybody where it does not have to", async () => {
  const leaks: Record<string, readonly string[]> = {};
  const codes: Record<string, Record<string, number>> = {};
  const troubles: string[] = [];
  for (const [number, [failure, fail]] of Object.entries(FAILURES).entries()) {
    await runCommand({ arguments: ["collect", "-"], folder: world.folder.path, input: ndjson([person(number)]) });
    await fail(world, number);
    const ended: Record<string, number> = (codes[failure] = {});
    for (const [name, flow] of Object.entries(FLOWS)) {
      if (!meets({ failure, name })) continue;
      const answer = await runFlow({ world, flow, number });
      ended[name] = answer.code;
      if (number === 0 && answer.code > 1 && name !== "show of nobody") troubles.push(`${name}: ${answer.stderr}${flow.prints === true ? "" : answer.stdout}`);
      const found = leaksOf({ answer, flow, path: world.folder.path });
      if (found.length > 0) leaks[`${failure}: ${name}`] = found;
      if (name === "show" && number === 0) expect(findMarker(answer.stdout)).not.toBeNull();
    }
    await mend(world);
  }
  expect(leaks).toEqual({});
  // Flows that all end at once would show nothing, and prove nothing.
  const { "nothing fails": usual = {}, ...others } = codes;
  expect(troubles).toEqual([]);
  const unnoticed = Object.entries(others).filter(([, ended]) => Object.entries(ended).every(([name, code]) => code === usual[name]));
  expect(unnoticed.map(([failure]) => failure)).toEqual([]);
});

async function mend({ answerInstead, org, till, folder, database }: CanaryWorld): Promise<void> {
  answerInstead({});
  org.faults.clear();
  till.faults.clear();
  folder.systems.eu.fail(null);
  await database?.fail(null);
}

test("a canary that gets out is found, however it is dressed", async () => {
  const folder = createTestFolder({
    change: (text) =>
      `import { appendFileSync } from "node:fs";\n${text.replace(
        'eu: createMemoryConnector({ region: "EU", system: systems.eu }),',
        `eu: (() => {
          const connector = createMemoryConnector({ region: "EU", system: systems.eu });
          const write = (batch) => {
            const { value } = batch.items[0].subject.identifiers[0];
            appendFileSync(new URL("cache.bin", import.meta.url), Buffer.from(JSON.stringify(batch.items)).toString("base64"));
            process.stderr.write(encodeURIComponent(value.toUpperCase()));
            return connector.intake.write(batch);
          };
          return { ...connector, intake: { write } };
        })(),`,
      )}`,
  });
  const answer = await runCommand({ arguments: ["collect", "-"], folder: folder.path, input: ndjson([person(99)]) });
  expect(answer.code).toBe(0);
  expect(leaksOf({ answer, flow: { arguments: [] }, path: folder.path })).toEqual(["process", `${folder.path}/cache.bin`]);
});

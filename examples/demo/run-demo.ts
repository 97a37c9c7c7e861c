import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { exportCustomerList } from "./customer-list.ts";
import { readDemoLines, type DemoLine } from "./demo-lines.ts";
import { describeChanges } from "./describe-changes.ts";
import { describeCountries } from "./describe-countries.ts";
import { describePartial, describeRejected } from "./describe-exceptions.ts";
import { describeFolder } from "./describe-folder.ts";
import { describeOrg } from "./describe-org.ts";
import { pickCustomer, type Customer } from "./pick-customer.ts";
import { refuseAtTill } from "./refuse-at-till.ts";
import { runStep } from "./run-step.ts";
import { DEMO_FOLDER, openStandIns, type StandIns } from "./stand-ins.ts";

const INPUT = fileURLToPath(new URL("../../test-fixtures/submissions/demo.ndjson", import.meta.url));
const KEYS = fileURLToPath(new URL("keys.json", DEMO_FOLDER));
const LOCK = fileURLToPath(new URL("volenti.lock.json", import.meta.url));
const CONFIGURATION = "examples/demo/volenti.config.mts";

process.exitCode = await runDemo({ stays: process.argv.includes("--stay") });

async function runDemo(request: { stays: boolean }): Promise<number> {
  // Fresh stores and keys each time, and so a fresh lock, which names keys.
  rmSync(DEMO_FOLDER, { recursive: true, force: true });
  rmSync(LOCK, { force: true });
  const standIns = await openStandIns();
  try {
    const code = await runSteps(standIns);
    if (code === 0 && request.stays) await waitForInterruption(standIns);
    return code;
  } finally {
    await standIns.close();
  }
}

async function runSteps(standIns: StandIns): Promise<number> {
  say("Volenti: customers of twelve countries; an emulated Salesforce, an emulated Cegid Retail for the shops, and regional stores, all on this machine.");
  say(`Each command below runs with --config ${CONFIGURATION}.\n`);
  if ((await provision()) !== 0) return 3;
  const collected = await collect(standIns);
  if (collected === null) return 3;
  const french = pickCustomer({ lines: collected, country: "FR" });
  const german = pickCustomer({ lines: collected, country: "DE" });
  const note = (): Promise<number> => noteAtTill({ cegidRetail: standIns.cegidRetail, email: french.email });
  for (const step of [note, () => show(french), collectChanges, () => verify(french), () => erase(german)]) {
    if ((await step()) !== 0) return 3;
  }
  sayNext(french);
  return 0;
}

async function provision(): Promise<number> {
  heading("1. Adding to the new Salesforce org what it lacks", "volenti provision crm --apply");
  const { code, output } = await runStep({ arguments: ["provision", "crm", "--apply", "--json"], isShown: false });
  if (code !== 0) return code;
  const { steps } = JSON.parse(output) as { steps: readonly { id: string }[] };
  const kinds = Map.groupBy(steps, ({ id }) => id.split(" ")[0] ?? id);
  say(`${steps.length} steps: ${[...kinds].map(([kind, { length }]) => `${kind} ${length}`).join(", ")}.`);
  return code;
}

async function collect({ salesforce, cegidRetail }: StandIns): Promise<readonly DemoLine[] | null> {
  heading("2. Collecting", "volenti collect test-fixtures/submissions/demo.ndjson --json");
  const before = salesforce.calls.total();
  const { code, output } = await runStep({ arguments: ["collect", INPUT, "--json"], isShown: false });
  const lines = readDemoLines({ input: readFileSync(INPUT, "utf8"), output });
  const count = (outcome: string): number => lines.filter(({ result }) => result.outcome === outcome).length;
  const [delivered, partly, rejected] = [count("delivered"), count("partlyDelivered"), count("rejected")];
  const missing = lines.length - delivered - partly - rejected;
  say(`${lines.length} lines: ${delivered} delivered, ${partly} in part, ${rejected} rejected, ${missing} not delivered.\n`);
  say(`${describeCountries(lines)}\n`);
  say(describeOrg({ salesforce, calls: salesforce.calls.total() - before }));
  say(`${describeFolder(cegidRetail)}\n`);
  say(`Taken in part, because of a value that a system does not take (a first name of 200 letters, an e-mail address in Chinese):\n\n${describePartial(lines)}\n`);
  say(`Rejected whole, each with a path and a code and never a value:\n\n${describeRejected(lines)}\n`);
  // 1: some lines were rejected, 3: some were taken in part, both as they should be.
  return code !== 2 && missing === 0 ? lines : null;
}

/** The other systems are not told: what they hold then differs, which is what the next step shows. */
async function noteAtTill(request: { cegidRetail: StandIns["cegidRetail"]; email: string }): Promise<number> {
  heading("3. A no to text messages at the till, which a cashier notes in Cegid Retail", null);
  refuseAtTill(request);
  exportCustomerList(request.cegidRetail);
  say("OptinMobile is DoNotUse now, written past Volenti. Whatever is submitted next finds it, and only a later yes of the customer's replaces it.");
  return 0;
}

async function show({ email }: Customer): Promise<number> {
  heading("4. The same customer, as every system holds them", `echo ${email} | volenti show --email -`);
  return (await runStep({ arguments: ["show", "--email", "-"], input: email, isShown: true })).code;
}

/** What staff changed comes back as submissions, and is collected like everybody's. */
async function collectChanges(): Promise<number> {
  heading("5. The till's no, told to all other systems", "volenti changes stores > changes.ndjson; volenti collect changes.ndjson --json");
  const changes = await runStep({ arguments: ["changes", "stores"], isShown: false });
  if (changes.code !== 0) return changes.code;
  const { code, output } = await runStep({ arguments: ["collect", "-", "--json"], input: changes.output, isShown: false });
  say(describeChanges(readDemoLines({ input: changes.output, output })));
  return code;
}

async function verify({ receipt }: Customer): Promise<number> {
  const title = "6. The customer's receipt, verified offline, with the public keys and nothing else";
  heading(title, "volenti keys --public > keys.json; volenti verify --receipt - --keys keys.json < receipt.txt");
  const { output } = await runStep({ arguments: ["keys", "--public"], isShown: false });
  writeFileSync(KEYS, output);
  say(`${receipt.slice(0, 72)}… (${receipt.length} characters)\n`);
  return (await runStep({ arguments: ["verify", "--receipt", "-", "--keys", KEYS], input: receipt, isShown: true })).code;
}

async function erase({ email }: Customer): Promise<number> {
  heading("7. Another customer asks to be erased: what goes, what stays and why", `echo ${email} | volenti erase --email -`);
  const { code } = await runStep({ arguments: ["erase", "--email", "-"], input: email, isShown: true });
  say("\nCegid Retail lets nobody delete a customer: the record was closed and emptied, every opt-in refused, and that is what it says.");
  say("Where a tenant has the anonymisation service, its rows would read erased.");
  return code;
}

function sayNext({ email }: Customer): void {
  heading("Next", null);
  say("  npm run build                                        makes the volenti command");
  say(`  npx volenti doctor --config ${CONFIGURATION}`);
  say(`  echo ${email} | npx volenti show --email - --config ${CONFIGURATION}`);
  say(`  npx volenti verify --config ${CONFIGURATION}         every decision of every store`);
  say("  npm run demo -- --stay                               the same, and both emulated systems stay for these commands until Ctrl+C");
  say("  mkdir -p .volenti/mine && cd .volenti/mine && npx volenti init     a configuration of your own");
}

/** The emulated systems answer on until a signal, so that commands in another terminal reach them. */
async function waitForInterruption({ addresses: { crm, stores } }: StandIns): Promise<void> {
  say(`\nThe emulated Salesforce stays on ${crm.url}, Cegid Retail on ${stores.url}. Ctrl+C ends them.`);
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
}

function heading(title: string, command: string | null): void {
  say(`\n== ${title} ${"=".repeat(Math.max(0, 90 - title.length))}`);
  say(command === null ? "" : `$ ${command}\n`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

import { rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readDemoLines, type DemoLine } from "./demo-lines.ts";
import { describeCountries, describeRejected } from "./describe-countries.ts";
import { pickCustomer, type Customer } from "./pick-customer.ts";
import { runStep } from "./run-step.ts";

const INPUT = fileURLToPath(new URL("../../test-fixtures/submissions/demo.ndjson", import.meta.url));
const STORES = fileURLToPath(new URL("../../.volenti/demo/", import.meta.url));
const KEYS = fileURLToPath(new URL("../../.volenti/demo/keys.json", import.meta.url));
const LOCK = fileURLToPath(new URL("volenti.lock.json", import.meta.url));
const CONFIGURATION = "examples/demo/volenti.config.mts";

process.exitCode = await runDemo();

async function runDemo(): Promise<number> {
  // Fresh stores and keys each time, and so a fresh lock, which names keys.
  rmSync(STORES, { recursive: true, force: true });
  rmSync(LOCK, { force: true });
  say("Volenti: customers of twelve countries, three regional stores on this machine (EU, Russia, China).");
  say(`Each command below runs with --config ${CONFIGURATION}.\n`);
  const collected = await collect();
  if (collected === null) return 3;
  const french = pickCustomer({ lines: collected, country: "FR" });
  const russian = pickCustomer({ lines: collected, country: "RU" });
  const steps = [() => show(french), () => verify(french), () => erase(russian)];
  for (const step of steps) {
    if ((await step()) !== 0) return 3;
  }
  sayNext(french);
  return 0;
}

async function collect(): Promise<readonly DemoLine[] | null> {
  heading("1. Collecting", "volenti collect test-fixtures/submissions/demo.ndjson --json");
  const { code, output } = await runStep({ arguments: ["collect", INPUT, "--json"], isShown: false });
  const lines = readDemoLines({ file: INPUT, output });
  const count = (outcome: string): number => lines.filter(({ result }) => result.outcome === outcome).length;
  const [delivered, rejected] = [count("delivered"), count("rejected")];
  say(`${lines.length} lines: ${delivered} delivered, ${rejected} rejected, ${lines.length - delivered - rejected} not delivered.\n`);
  say(`${describeCountries(lines)}\n`);
  say(`Rejected whole, each with a path and a code and never a value:\n\n${describeRejected(lines)}\n`);
  // 1: some lines were rejected, as they should be.
  return code === 0 || code === 1 ? lines : null;
}

async function show({ email }: Customer): Promise<number> {
  heading("2. One customer, as every store holds them", `echo ${email} | volenti show --email -`);
  return (await runStep({ arguments: ["show", "--email", "-"], input: email, isShown: true })).code;
}

async function verify({ receipt }: Customer): Promise<number> {
  const title = "3. The customer's receipt, verified offline, with the public keys and nothing else";
  heading(title, "volenti keys --public > keys.json; volenti verify --receipt - --keys keys.json < receipt.txt");
  const { output } = await runStep({ arguments: ["keys", "--public"], isShown: false });
  writeFileSync(KEYS, output);
  say(`${receipt.slice(0, 72)}… (${receipt.length} characters)\n`);
  return (await runStep({ arguments: ["verify", "--receipt", "-", "--keys", KEYS], input: receipt, isShown: true })).code;
}

async function erase({ email }: Customer): Promise<number> {
  heading("4. Another customer asks to be erased: what goes, what stays and why", `echo ${email} | volenti erase --email -`);
  return (await runStep({ arguments: ["erase", "--email", "-"], input: email, isShown: true })).code;
}

function sayNext({ email }: Customer): void {
  heading("Next", null);
  say("  npm run build                                        makes the volenti command");
  say(`  npx volenti doctor --config ${CONFIGURATION}`);
  say(`  echo ${email} | npx volenti show --email - --config ${CONFIGURATION}`);
  say(`  npx volenti verify --config ${CONFIGURATION}         every decision of every store`);
  say("  mkdir -p .volenti/mine && cd .volenti/mine && npx volenti init     a configuration of your own");
}

function heading(title: string, command: string | null): void {
  say(`\n== ${title} ${"=".repeat(Math.max(0, 90 - title.length))}`);
  say(command === null ? "" : `$ ${command}\n`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

import { afterEach, beforeEach, expect, test } from "vitest";
import { openCanaryWorld, type CanaryWorld } from "./support/canary-world.ts";
import { runCommand, type CommandAnswer } from "./support/run-command.ts";
import { emailOf, ndjson, submission } from "./support/submissions.ts";

let world: CanaryWorld;
beforeEach(async () => {
  world = await openCanaryWorld();
});
afterEach(() => world.close());

function run(command: readonly string[], input: string): Promise<CommandAnswer> {
  return runCommand({ arguments: command, folder: world.folder.path, input });
}

/** Two records of one person in every system, in which the second has `names` for the attributes. */
async function mergePair(request: { numbers: readonly [number, number]; names: readonly [string, string] }): Promise<void> {
  const { numbers, names } = request;
  const lines = numbers.map((number, index) => submission(number, { profile: { givenName: names[index], familyName: "Moreau", email: emailOf(number) } }));
  expect((await run(["collect", "-", "--json"], ndjson(lines))).json().map(({ outcome }) => outcome)).toEqual(["delivered", "delivered"]);
  const merged = await run(["merge", "--into-email", "-", "--from-email", "-", "--json"], `${emailOf(numbers[0])}\n${emailOf(numbers[1])}\n`);
  expect(merged.json()).toMatchObject([{ outcome: "merged", ledgers: ["eu"] }]);
}

interface ShownValue {
  readonly value: string;
  readonly destinationIds: readonly string[];
}

async function namesOf(number: number): Promise<readonly ShownValue[]> {
  const [view] = (await run(["show", "--email", "-", "--json"], emailOf(number))).json() as { profile?: { attribute: string; values: ShownValue[] }[] }[];
  return (view?.profile ?? []).filter(({ attribute }) => attribute === "givenName").flatMap(({ values }) => values);
}

test("a correction after a merge reaches every copy in PostgreSQL, Salesforce and Cegid Retail, by whichever name", async () => {
  for (const [numbers, by] of [[[10, 11], 10], [[12, 13], 13]] as const) {
    await mergePair({ numbers, names: ["Inès", "Agnès"] });
    expect((await namesOf(by)).map(({ value }) => value).toSorted()).toEqual(["Agnès", "Inès"]);
    const answer = await run(["rectify", "--email", "-", "--set", "givenName=Marie", "--json"], emailOf(by));
    const rectified = ["eu", "crm", "stores", "desk"].map((system) => ({ system, outcome: "rectified" }));
    expect(answer.json()).toMatchObject([{ request: { state: "fulfilled", targets: rectified } }]);
    expect(answer.code).toBe(0);
    const values = await namesOf(by);
    expect(values.map(({ value }) => value)).toEqual(["Marie"]);
    expect(values.flatMap(({ destinationIds }) => destinationIds).toSorted()).toEqual(["crm", "desk", "eu", "stores"]);
  }
});

test("an erasure after a merge leaves nothing of either in any system", async () => {
  await mergePair({ numbers: [30, 31], names: ["Noor", "Nora"] });
  expect((await run(["erase", "--email", "-", "--json"], emailOf(31))).code).toBe(0);
  for (const number of [30, 31]) expect((await run(["show", "--email", "-", "--json"], emailOf(number))).json()).toMatchObject([{ found: false }]);
  const left = `${world.org.org.dump()}${world.till.dump()}`;
  for (const value of ["Noor", "Nora", emailOf(30), emailOf(31)]) expect(left).not.toContain(value);
});

import { existsSync } from "node:fs";
import { createSalesforceEmulator, listenOnLoopback, type SalesforceEmulator } from "@volenti/emulators";
import { afterEach, expect, test } from "vitest";
import { deployPackage, loginTo } from "../../salesforce/test/support/read-org.ts";
import { runCommand, type CommandAnswer } from "./support/run-command.ts";
import { CANARY, emailOf, ndjson, submission } from "./support/submissions.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

interface Shop {
  readonly folder: TestFolder;
  readonly org: SalesforceEmulator;
  /** Runs a command about the person, named on standard input. */
  ask(call: readonly string[], email?: string): Promise<CommandAnswer>;
  countContacts(): number;
}

/** A ledger, and an org in which an agent made a contact before us that nobody has linked. */
async function openShop(): Promise<Shop> {
  const org = createSalesforceEmulator();
  deployPackage(org);
  const server = await listenOnLoopback({ handle: (request) => org.handle(request) });
  open.push(() => server.close());
  const crm = JSON.stringify(loginTo({ emulator: org, url: server.url }));
  const folder = createTestFolder({
    change: (text) =>
      `import { createSalesforceConnector } from "@volenti/salesforce";\n${text
        .replace("    ru:", `    crm: createSalesforceConnector(${crm}),\n    ru:`)
        .replace('{ countries: ["FR", "DE"], to: ["eu"] }', '{ countries: ["FR"], to: ["eu", "crm"] }, { countries: ["DE"], to: ["eu"] }')}`,
  });
  await runCommand({ arguments: ["provision", "crm", "--apply"], folder: folder.path });
  org.org.insert({ objectName: "Contact", values: { LastName: CANARY, Email: emailOf(1), MailingCountry: "FR" } });
  return {
    folder,
    org,
    ask: (call, email = emailOf(1)) => runCommand({ arguments: [...call, "--email", "-"], folder: folder.path, input: email }),
    countContacts: () => org.org.rows("Contact").length,
  };
}

test("a contact whom nobody has linked is never said to be nobody: each command ends with 1, says what comes first, and gives and erases nothing", async () => {
  const { ask, countContacts, folder } = await openShop();
  for (const call of [["show"], ["export", "--out", "ines.json"], ["erase"], ["object"], ["restrict"], ["release", "--recipient", "destination:crm"]]) {
    const answer = await ask(call);
    expect([call[0], answer.code, answer.stdout]).toEqual([call[0], 1, expect.stringContaining("volenti link crm --apply")]);
    expect(answer.stdout + answer.stderr).not.toContain(CANARY);
    expect(answer.stdout).not.toMatch(/nothing to erase|No destination holds|[Ll]eft to people/);
  }
  expect(existsSync(`${folder.path}/ines.json`)).toBe(false);
  expect((await ask(["show", "--json"])).json()).toMatchObject([
    { found: false, complete: false, destinations: [{ id: "eu", status: "notFound" }, { id: "crm", status: "unlinked", recordIds: [expect.stringMatching(/^003/)] }, {}] },
  ]);
  expect((await ask(["erase", "--json"])).json()).toMatchObject([{ outcome: "incomplete", destinations: [{}, { id: "crm", status: "unlinked" }, {}], request: { state: "in_progress" } }]);
  expect(countContacts()).toBe(1);
});

test("once linked they are shown, and erased", async () => {
  const { ask, countContacts, folder } = await openShop();
  expect((await runCommand({ arguments: ["link", "crm", "--apply"], folder: folder.path })).code).toBe(0);
  const shown = await ask(["show", "--json"]);
  expect([shown.code, shown.json()]).toMatchObject([0, [{ found: true, destinations: [{}, { id: "crm", status: "found" }, {}] }]]);
  const erased = await ask(["erase", "--json"]);
  expect([erased.code, erased.json()]).toMatchObject([0, [{ outcome: "complete" }]]);
  expect(countContacts()).toBe(0);
});

test("a ledger that knows them does not forget them while a contact of theirs waits to be linked; a second record is a conflict", async () => {
  const { ask, countContacts, folder, org } = await openShop();
  await runCommand({ arguments: ["collect", "-"], folder: folder.path, input: ndjson([submission(1, { country: "DE" }), submission(2)]) });
  const erased = await ask(["erase", "--json"]);
  expect([erased.code, erased.json()]).toMatchObject([
    1,
    [{ outcome: "incomplete", destinations: [{ id: "eu", status: "notAttempted", code: "copiesRemain" }, { id: "crm", status: "unlinked" }, { id: "ru", status: "notFound" }] }],
  ]);
  expect((await ask(["show", "--json"])).json()).toMatchObject([{ found: true, complete: false, destinations: [{ status: "found" }, { status: "unlinked" }, {}] }]);
  expect(countContacts()).toBe(2);
  const linked = org.org.rows("Contact").find(({ Email }) => Email === emailOf(2));
  org.org.update({ objectName: "Contact", id: String(linked?.["Id"]), values: { Email: "moved@example.com" } });
  org.org.insert({ objectName: "Contact", values: { LastName: CANARY, Email: emailOf(2) } });
  const several = await ask(["erase", "--json"], emailOf(2));
  expect([several.code, several.json()]).toMatchObject([1, [{ problem: { code: "severalPeople" } }]]);
  expect(countContacts()).toBe(3);
});

import { Writable } from "node:stream";
import { ConnectorError, type ChangeFeedFacetV1, type SystemChangeV1 } from "@volenti/core/adapter";
import { afterEach, expect, test } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

const FEED = Symbol.for("volenti.cliTestFeed");
const holder = globalThis as { [FEED]?: ChangeFeedFacetV1 };
afterEach(() => {
  delete holder[FEED];
});

const AT = Date.UTC(2026, 5, 20, 12, 0, 0, 250);

const CLICK: SystemChangeV1 = {
  cursor: "cursor-1",
  subjectRef: "aaaaaaaaaaaaaaaaaaaaaaaaaa",
  kind: "decision",
  changedAt: AT,
  changeId: "0ZY000000000001AAA:staff-1",
  by: { kind: "staff", ref: "005000000000001AAA" },
  decision: { purpose: "marketing.email", channel: "email", status: "refused" },
  identifiers: [{ kind: "email", value: "Ines@Example.com" }, { kind: "phone", value: "01 99 00 00 01" }],
  country: "FR",
};
const EDIT: SystemChangeV1 = {
  ...CLICK,
  cursor: "cursor-2",
  kind: "profile",
  changeId: "003000000000001AAA:profile:1",
  decision: undefined,
  attributes: { givenName: "Inès", "address.locality": null },
};
const STRANGER: SystemChangeV1 = { ...CLICK, cursor: "cursor-3", changeId: "0ZY000000000002AAA:staff-1", identifiers: [] };

/** A destination `eu` whose feed tells these changes behind a cursor; an error among them is thrown in its place. */
function createFeedFolder(changes: readonly (SystemChangeV1 | ConnectorError)[]): TestFolder {
  holder[FEED] = {
    async *listChanges({ cursor }) {
      const start = cursor === null ? 0 : changes.findIndex((change) => "cursor" in change && change.cursor === cursor) + 1;
      for (const change of changes.slice(start)) {
        if (ConnectorError.isInstance(change)) throw change;
        yield change;
      }
    },
  };
  return createTestFolder({
    change: (text) =>
      text.replace(
        'eu: createMemoryConnector({ region: "EU", system: systems.eu }),',
        'eu: { ...createMemoryConnector({ region: "EU", system: systems.eu }), changeFeed: globalThis[Symbol.for("volenti.cliTestFeed")] },',
      ),
  });
}

test("prints a submission a change, and the cursor on standard error", async () => {
  const folder = createFeedFolder([CLICK, EDIT]);
  const answer = await runCommand({ arguments: ["changes", "eu"], folder: folder.path });
  expect(answer.code).toBe(0);
  const [click, edit, ...others] = answer.json();
  expect(others).toEqual([]);
  expect(click).toMatchObject({
    collectionPoint: "eu",
    occurredAt: "2026-06-20T12:00:00.250Z",
    country: "FR",
    subject: { identifiers: [{ kind: "email", value: "ines@example.com" }] },
    decisions: [{ purpose: "marketing.email", channel: "email", status: "refused", notice: "signup", noticeVersion: "3", locale: "fr-FR", method: "staff" }],
    actor: { kind: "staff", ref: "005000000000001AAA" },
  });
  expect(edit?.["profile"]).toEqual({ givenName: "Inès", address: { locality: null } });
  expect(answer.stderr.trim().split("\n").at(-1)).toBe("cursor cursor-2");
});

test("tells no cursor to go on from where what it printed could not be written", async () => {
  const stdout = new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error("full"), { code: "ENOSPC" })) });
  const answer = await runCommand({ arguments: ["changes", "eu"], folder: createFeedFolder([CLICK, EDIT]).path, stdout });
  expect(answer.code).toBe(3);
  expect(answer.stderr).toContain("ENOSPC");
  expect(answer.stderr).not.toContain("cursor");
});

test("what it prints can be collected, and a change that is told again changes nothing", async () => {
  const folder = createFeedFolder([CLICK]);
  for (const outcome of ["applied", "unchanged"]) {
    const changes = await runCommand({ arguments: ["changes", "eu"], folder: folder.path });
    const collected = await runCommand({ arguments: ["collect", "-", "--json"], folder: folder.path, input: changes.stdout });
    expect(collected.code).toBe(0);
    expect(collected.json()[0]).toMatchObject({ outcome: "delivered", destinations: [{ id: "eu", outcome }] });
  }
});

test("--since goes on behind a cursor", async () => {
  const folder = createFeedFolder([CLICK, EDIT]);
  const answer = await runCommand({ arguments: ["changes", "eu", "--since", "cursor-1"], folder: folder.path });
  expect(answer.json()).toHaveLength(1);
});

test("a change of a person without an identifier is counted and not dropped in silence, and the exit code is 1", async () => {
  const folder = createFeedFolder([CLICK, STRANGER]);
  const answer = await runCommand({ arguments: ["changes", "eu", "--json"], folder: folder.path });
  expect(answer.code).toBe(1);
  const [, stranger, end] = answer.json();
  expect(stranger).toMatchObject({ cursor: "cursor-3", submission: null, problem: "noIdentifier" });
  expect(end).toEqual({ cursor: "cursor-3", changes: 1, problems: { noIdentifier: 1 } });
  expect(answer.stderr).toContain("noIdentifier");
});

test("a feed that breaks off leaves the cursor of what was printed, and exits 3", async () => {
  const folder = createFeedFolder([CLICK, new ConnectorError({ code: "unavailable", connectorId: "memory", operation: "changeFeed.listChanges" }), EDIT]);
  const answer = await runCommand({ arguments: ["changes", "eu"], folder: folder.path });
  expect([answer.code, answer.json().length]).toEqual([3, 1]);
  expect(answer.stderr).toContain("cursor cursor-1");
});

test("people whose country is not known are left out, unless --country says where they live", async () => {
  const folder = createFeedFolder([{ ...CLICK, country: null }]);
  const countryOf = async (call: readonly string[]): Promise<unknown> => (await runCommand({ arguments: ["changes", "eu", ...call], folder: folder.path })).json()[0]?.["country"];
  expect([await countryOf([]), await countryOf(["--country", "DE"])]).toEqual([undefined, "DE"]);
  expect((await runCommand({ arguments: ["changes", "eu", "--country", "Germany"], folder: folder.path })).code).toBe(2);
});

test("a cursor of something else, and a destination without a feed, are exit 2", async () => {
  const refused = new ConnectorError({ code: "invalidInput", connectorId: "memory", operation: "changeFeed.listChanges", fieldNames: ["cursor"] });
  const folder = createFeedFolder([refused]);
  expect((await runCommand({ arguments: ["changes", "eu", "--since", "nonsense"], folder: folder.path })).code).toBe(2);
  expect((await runCommand({ arguments: ["changes", "ru"], folder: folder.path })).code).toBe(2);
});

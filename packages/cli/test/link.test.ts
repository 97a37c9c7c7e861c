import { EventEmitter } from "node:events";
import { ConnectorError, type LinkingFacetV1 } from "@volenti/core/adapter";
import { expect, test } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

interface Customer {
  id: string;
  email: string;
  country?: string;
  ref?: string;
}

/** A folder whose second destination held customers before. */
function createLinkFolder(request: { customers: Customer[]; onLink?: () => void; routes?: string }): TestFolder {
  const { customers, onLink = () => {}, routes = '[{ to: ["eu", "crm"] }]' } = request;
  const folder = createTestFolder({
    change: (text) =>
      text
        .replace("    ru:", '    crm: { ...createMemoryConnector({ region: "EU", ledger: false }), linking: systems.linking },\n    ru:')
        .replace(/routes: .*,/, `routes: ${routes},`),
  });
  const linking: LinkingFacetV1 = {
    async *listCustomers() {
      for (const { id, email, country, ref } of customers) {
        yield { customerId: id, subjectRef: ref ?? null, values: [{ kind: "email", value: email }], country: country ?? null, cursor: id };
      }
    },
    link: async ({ links }) => {
      onLink();
      return links.map(({ customerId, subjectRef }) => {
        const customer = customers.find(({ id }) => id === customerId);
        if (customer !== undefined) customer.ref = subjectRef;
        return { customerId, status: "linked" };
      });
    },
  };
  Object.assign(folder.systems, { linking });
  return folder;
}

const link = (folder: TestFolder, ...options: string[]): ReturnType<typeof runCommand> =>
  runCommand({ arguments: ["link", "crm", ...options], folder: folder.path });

test("reports without changing anything, and says how to go on", async () => {
  const customers: Customer[] = [{ id: "c1", email: "ines@example.com" }];
  const answer = await link(createLinkFolder({ customers }));
  expect(answer.code).toBe(0);
  expect(answer.stdout).toContain("volenti link crm --apply");
  expect(answer.stdout + answer.stderr).not.toContain("ines@example.com");
  expect(customers[0]?.ref).toBeUndefined();
});

test("--apply links, and a second run has nothing to do", async () => {
  const customers: Customer[] = [{ id: "c1", email: "ines@example.com" }];
  const folder = createLinkFolder({ customers });
  const answer = await link(folder, "--apply", "--json");
  expect(answer.code).toBe(0);
  expect(answer.json()).toMatchObject([{ destinationId: "crm", applied: true, outcome: "complete", counts: { customers: 1, linked: 1 } }]);
  expect(customers[0]?.ref).toMatch(/^[a-z2-7]{26}$/);
  expect((await link(folder, "--apply", "--json")).json()).toMatchObject([{ counts: { linked: 0, alreadyLinked: 1 } }]);
});

test("--list names records by their ids and never by a value, and exits 1 where a person has to decide", async () => {
  const customers: Customer[] = [
    { id: "c1", email: "ines@example.com" },
    { id: "c2", email: "Ines@example.com" },
    { id: "c3", email: "none" },
  ];
  const folder = createLinkFolder({ customers });
  const table = await link(folder, "--list");
  expect(table.code).toBe(1);
  expect(table.stdout).toMatch(/c1.*duplicate/);
  expect(table.stdout).toMatch(/c3.*noIdentifier/);
  expect(table.stdout.toLowerCase()).not.toContain("ines@");
  const [answer] = (await link(folder, "--list", "--json")).json();
  expect(answer?.["listed"]).toEqual([
    { customerId: "c3", reason: "noIdentifier" },
    { customerId: "c1", reason: "duplicate" },
    { customerId: "c2", reason: "duplicate" },
  ]);
});

test("exits 3 when the system stops answering, and 2 when a person has to put something right", async () => {
  const failing = (code: "unavailable" | "forbidden"): TestFolder =>
    createLinkFolder({
      customers: [{ id: "c1", email: "ines@example.com" }],
      onLink: () => {
        throw new ConnectorError({ code, connectorId: "test", operation: "linking.link" });
      },
    });
  const answer = await link(failing("unavailable"), "--apply");
  expect([answer.code, answer.stdout]).toEqual([3, expect.stringContaining("Stopped (unavailable)")]);
  expect((await link(failing("forbidden"), "--apply")).code).toBe(2);
});

test("exits 130 after SIGINT, with the step under way finished", async () => {
  const signals = new EventEmitter();
  const customers = Array.from({ length: 300 }, (_, index): Customer => ({ id: `c${index}`, email: `p${index}@example.com` }));
  const folder = createLinkFolder({ customers, onLink: () => void signals.emit("SIGINT") });
  const answer = await runCommand({ arguments: ["link", "crm", "--apply", "--json"], folder: folder.path, signals });
  expect(answer.code).toBe(130);
  expect(answer.json()).toMatchObject([{ outcome: "interrupted", counts: { linked: 200 } }]);
});

test("--country speaks for records that name none", async () => {
  const routes = '[{ countries: ["FR"], to: ["eu", "crm"] }, { to: ["crm"] }]';
  const folder = createLinkFolder({ customers: [{ id: "c1", email: "ines@example.com" }], routes });
  expect((await link(folder, "--json")).json()).toMatchObject([{ reasons: { countryUnknown: 1 } }]);
  expect((await link(folder, "--json", "--country", "fr")).json()).toMatchObject([{ counts: { toBeLinked: 1 } }]);
  expect((await link(folder, "--country", "Nowhere")).code).toBe(2);
});

test("a destination that has no customers of its own is exit 2, and so is one that is not there", async () => {
  const folder = createLinkFolder({ customers: [] });
  expect((await runCommand({ arguments: ["link", "eu"], folder: folder.path })).code).toBe(2);
  expect((await runCommand({ arguments: ["link", "mars"], folder: folder.path })).code).toBe(2);
});

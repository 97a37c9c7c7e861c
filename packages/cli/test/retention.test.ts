import type { ListedPersonV1, PopulationFacetV1 } from "@volenti/core/adapter";
import { expect, test } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

const OLD: ListedPersonV1 = {
  subjectRef: "abcdefghijklmnopqrstuvwxyz",
  country: "FR",
  ageBand: "adult",
  test: false,
  merged: [],
  heldSince: Date.UTC(2020, 0, 1),
  states: [],
  attributes: { email: Date.UTC(2020, 0, 1), givenName: Date.UTC(2020, 0, 1) },
};

/** A folder whose first destination lists these people, and whose loyalty is kept for three years. */
function createListingFolder(people: readonly ListedPersonV1[], change = (text: string): string => text): TestFolder {
  const folder = createTestFolder({
    change: (text) =>
      change(
        text
          .replace('label: { en: "Loyalty" }', 'label: { en: "Loyalty" }, retention: "P3Y"')
          .replace(/eu: createMemoryConnector\((.*)\),/, "eu: { ...createMemoryConnector($1), population: systems.population },"),
      ),
  });
  const population: PopulationFacetV1 = {
    async *listPeople() {
      yield* people;
    },
  };
  Object.assign(folder.systems, { population });
  return folder;
}

const retention = (folder: TestFolder, ...options: string[]): ReturnType<typeof runCommand> =>
  runCommand({ arguments: ["retention", ...options], folder: folder.path });

test("lists counts, changes nothing, and says how to apply it", async () => {
  const answer = await retention(createListingFolder([OLD]));
  expect(answer.stdout).toContain("loyalty");
  expect(answer.stdout).toContain("volenti retention --apply");
  expect(answer.stdout).not.toContain(OLD.subjectRef);
});

test("--list --json prints a line a person and the report last", async () => {
  const lines = (await retention(createListingFolder([OLD]), "--list", "--json")).json();
  expect(lines.map(({ subjectRef, action, outcome }) => [subjectRef, action, outcome])).toEqual([
    [OLD.subjectRef, "erase", "listed"],
    [undefined, undefined, "complete"],
  ]);
});

test("a destination that nobody can list is said to be so, and asks for a human", async () => {
  const folder = createTestFolder({
    change: (text) => text.replace(/createMemoryConnector\((\{.*\})\)/g, "{ ...createMemoryConnector($1), population: undefined, linking: undefined }"),
  });
  const answer = await retention(folder, "--json");
  expect(answer.code).toBe(1);
  expect(answer.json()).toMatchObject([{ destinations: [{ id: "eu", status: "unsupported" }, { id: "ru", status: "unsupported" }] }]);
});

test("a list that breaks off is no empty one", async () => {
  const folder = createListingFolder([]);
  const population: PopulationFacetV1 = {
    listPeople: () => ({
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error("broken off")) }),
    }),
  };
  Object.assign(folder.systems, { population });
  const answer = await retention(folder);
  expect(answer.code).toBe(3);
  expect(answer.stderr + answer.stdout).not.toContain("broken off");
});

test("a destination that cannot be asked leaves the run unfinished, with exit 3", async () => {
  const folder = createListingFolder([OLD]);
  folder.systems.ru.fail({ kind: "unavailable" });
  const answer = await retention(folder, "--json");
  expect(answer.code).toBe(3);
  expect(answer.json()).toMatchObject([{ outcome: "incomplete", destinations: [{ id: "eu" }, { id: "ru", status: "failed", code: "unavailable" }] }]);
});

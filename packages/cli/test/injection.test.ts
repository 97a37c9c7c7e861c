import { readCsv } from "@volenti/node";
import { expect, test } from "vitest";
import { INJECTIONS } from "../../../tools/test-support/hostile/hostile-values.ts";
import { runCommand, type CommandAnswer } from "./support/run-command.ts";
import { emailOf, ndjson, submission } from "./support/submissions.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

/** What moves a terminal's cursor, sets its title or colours, or turns its text around; our own colours are off without a terminal. */
const MOVES_A_TERMINAL = /[^\P{Cc}\n]|[\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;
const STORABLE = INJECTIONS.filter((text) => text.isWellFormed() && !text.includes("\0"));

async function collected(): Promise<TestFolder> {
  const folder = createTestFolder();
  const lines = STORABLE.map((text, index) => submission(index, { profile: { givenName: `a${text}z`, familyName: text.trim() === "" ? "x" : text, email: emailOf(index) } }));
  const answer = await runCommand({ arguments: ["collect", "-", "--json"], folder: folder.path, input: ndjson(lines) });
  expect(answer.json().filter(({ outcome }) => outcome === "delivered").length).toBeGreaterThan(STORABLE.length / 2);
  return folder;
}

function run(folder: TestFolder, options: readonly string[], index: number): Promise<CommandAnswer> {
  return runCommand({ arguments: options, folder: folder.path, input: emailOf(index) });
}

test("no name moves the terminal of whoever looks at it", async () => {
  const folder = await collected();
  let shown = 0;
  for (const [index, text] of STORABLE.entries()) {
    const view = await run(folder, ["show", "--email", "-", "--actor", `agent${text}`, "--reason", text], index);
    expect(view.stdout + view.stderr).not.toMatch(MOVES_A_TERMINAL);
    if (view.code === 0) shown += 1;
    const audit = await run(folder, ["audit", "--email", "-"], index);
    expect(audit.stdout + audit.stderr).not.toMatch(MOVES_A_TERMINAL);
  }
  expect(shown).toBeGreaterThan(0);
});

test("no character that turns text around comes through, isolates included", async () => {
  const folder = createTestFolder();
  const turning = ["\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069", "\u2028", "\u2029"];
  const line = submission(1, { profile: { givenName: `a${turning.join("b")}c`, email: emailOf(1) } });
  expect((await runCommand({ arguments: ["collect", "-"], folder: folder.path, input: ndjson([line]) })).code).toBe(0);
  const view = await run(folder, ["show", "--email", "-"], 1);
  expect(view.stdout).toContain("a\uFFFDb");
  expect(view.stdout + view.stderr).not.toMatch(MOVES_A_TERMINAL);
});

test("no name adds a cell, a row or a formula to a table that is taken along", async () => {
  const folder = await collected();
  const width = async (index: number): Promise<{ columns: number; rows: number; formulas: string[] } | null> => {
    const answer = await run(folder, ["export", "--email", "-", "--out", `${index}.csv`, "--format", "csv", "--json"], index);
    if (answer.json()[0]?.["outcome"] !== "exported") return null;
    const rows: ReadonlyMap<string, string>[] = [];
    for await (const { values } of readCsv({ path: `${folder.path}/${index}.csv`, delimiter: "," })) rows.push(values ?? new Map());
    return { columns: rows[0]?.size ?? 0, rows: rows.length, formulas: rows.flatMap((row) => [...row.values()].filter((cell) => /^[=+\-@\t\r]/.test(cell))) };
  };
  const exported = [];
  for (const index of STORABLE.keys()) exported.push(await width(index));
  const tables = exported.filter((table) => table !== null);
  expect(tables.length).toBeGreaterThan(STORABLE.length / 2);
  expect(new Set(tables.map(({ columns, rows }) => `${columns} ${rows}`)).size).toBe(1);
  expect(tables.flatMap(({ formulas }) => formulas)).toEqual([]);
});

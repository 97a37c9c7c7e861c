import { expect, test } from "vitest";
import { commandPage } from "../rules/command-page.ts";
import { repositoryOf } from "./repository-of.ts";

const PATH = "docs/guides/command-line.md";
const rule = commandPage({
  listCommands: () => [
    { name: "collect", options: ["--dry-run", "--json", "--config"] },
    { name: "show", options: ["--email", "--phone", "--reason", "--json", "--config"] },
  ],
});
const COLLECT = ["## volenti collect FILE|-", "", "`--dry-run` writes nothing. With `--json` a line a line."];
const SHOW = ["## volenti show --KIND VALUE|-", "", "| `--reason TEXT` | why |"];

async function check(...lines: readonly string[]): Promise<string[]> {
  const violations = await rule.check(repositoryOf({ files: { [PATH]: lines.join("\n") } }));
  return violations.map(({ line, message }) => `${line ?? "-"} ${message}`);
}

test("a page that describes every command and option, and no other, is allowed", async () => {
  expect(await check("# The command line", "", ...COLLECT, "", ...SHOW)).toEqual([]);
});

test("a command without a heading is told", async () => {
  expect(await check(...COLLECT)).toEqual(['- no heading "## volenti show"']);
});

test("a heading of a command that the program lacks is told at its line", async () => {
  expect(await check(...COLLECT, ...SHOW, "## volenti forget")).toEqual(["7 the program has no command forget"]);
});

test("an option that nothing is said about is told at its command's heading", async () => {
  expect(await check(...COLLECT, "## volenti show --KIND VALUE|-")).toEqual(["4 show --reason is not described"]);
  expect(await check(...COLLECT, "## volenti show", "`--reason`")).toEqual(["4 show --email is not described", "4 show --phone is not described"]);
});

test.each([
  "`--apply` writes.",
  "```sh\nvolenti collect - --apply\n```",
  "`volenti collect FILE --reason TEXT` is for another command.",
])("an option that its command lacks is told at its line: %s", async (text) => {
  const [violation, ...others] = await check(...COLLECT, ...SHOW, ...text.split("\n"));
  expect(violation).toMatch(/^\d+ --(?:apply|reason) is no option of that command$/);
  expect(others).toEqual([]);
});

test.each([
  ["`volenti forget --all`", "the program has no command forget"],
  ["```sh\necho x | npx volenti show --email - --country FR\n```", "--country is no option of that command"],
  ["see `show`, then `volenti collect FILE --purge` with `--any`", "--purge is no option of that command"],
])("a page of another name that prints %s is told", async (text, message) => {
  const files = { [PATH]: [...COLLECT, ...SHOW].join("\n"), "README.md": text };
  const violations = await rule.check(repositoryOf({ files }));
  expect(violations).toEqual([{ path: "README.md", line: text.includes("\n") ? 2 : 1, message }]);
});

test("a page of another name may print what the program takes, and write about volenti freely", async () => {
  const text = "the volenti adapter\n```sh\nvolenti collect - --dry-run\n```\n`volenti show --email -`, `--strict`";
  expect(await rule.check(repositoryOf({ files: { [PATH]: [...COLLECT, ...SHOW].join("\n"), "README.md": text } }))).toEqual([]);
});

test("another command's option is allowed behind its name, and another program's anywhere", async () => {
  expect(await check(...COLLECT, "`volenti show --reason TEXT`, `show --email -`", ...SHOW, "psql --quiet", "`node x.mjs --strict`")).toEqual([]);
});

test("a repository without the page is told so", async () => {
  expect(await rule.check(repositoryOf({ files: {} }))).toEqual([{ path: PATH, message: "the page of the command line is not there" }]);
});

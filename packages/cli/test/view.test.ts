import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runCommand, type CommandAnswer } from "./support/run-command.ts";
import { emailOf, ndjson, submission } from "./support/submissions.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

async function collected(count = 2): Promise<TestFolder> {
  const folder = createTestFolder();
  const lines = Array.from({ length: count }, (_, index) => submission(index + 1));
  await runCommand({ arguments: ["collect", "-"], folder: folder.path, input: ndjson(lines) });
  return folder;
}

function run(folder: TestFolder, options: readonly string[], input = emailOf(1)): Promise<CommandAnswer> {
  return runCommand({ arguments: options, folder: folder.path, input });
}

describe("show and audit", () => {
  test("show says in words who has access, and audit that somebody looked", async () => {
    const folder = await collected();
    const shown = await run(folder, ["show", "--email", "-", "--actor", "agent-7", "--reason", "ticket 12"]);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain("“News by e-mail” by email may use email, givenName, with consent.");
    const audit = await run(folder, ["audit", "--email", "-", "--json"]);
    expect(audit.code).toBe(0);
    expect(audit.json()[0]).toMatchObject({ kind: "access", operation: "show", actor: "agent-7", reason: "ticket 12" });
    expect(audit.stdout).not.toContain(emailOf(1));
  });

  test("show has a column for remarks only where there is something to remark", async () => {
    const folder = await collected();
    const headsOf = (text: string): string[][] =>
      text.split("\n").filter((line) => /│ (?:attribute|purpose) /.test(line)).map((line) => line.split("│").slice(1, -1).map((cell) => cell.trim()));
    const agreed = (await run(folder, ["show", "--email", "-"])).stdout;
    expect(headsOf(agreed)).toEqual([
      ["attribute", "value", "changed", "held by"],
      ["purpose", "channel", "answer", "decision", "since", "notice", "collected at"],
    ]);
    await run(folder, ["merge", "--into-email", "-", "--from-email", "-"], `${emailOf(1)}\n${emailOf(2)}\n`);
    const conflicting = (await run(folder, ["show", "--email", "-"])).stdout;
    expect(conflicting).toContain("conflict");
    expect(headsOf(conflicting)[0]).toEqual(["attribute", "value", "changed", "held by", "", ""]);
  });

  test("audit takes bounds of time, and refuses what is none", async () => {
    const folder = await collected();
    await run(folder, ["show", "--email", "-"]);
    const before = await run(folder, ["audit", "--until", "2020-01-01", "--json"]);
    expect(before.json().map(({ kind }) => kind)).toEqual(["destination", "destination"]);
    const wrong = await run(folder, ["audit", "--since", "yesterday"]);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).not.toContain("yesterday");
  });
});

describe("export", () => {
  test.each(["json", "csv"])("writes a %s file for its owner alone, and never over another", async (format) => {
    const folder = await collected();
    const options = ["export", "--email", "-", "--out", "person.out", "--format", format, "--json"];
    const answer = await run(folder, options);
    expect(answer.code).toBe(0);
    expect(answer.json()).toMatchObject([{ outcome: "exported", complete: true }]);
    expect(answer.stdout + answer.stderr).not.toContain(emailOf(1));
    expect(readFileSync(`${folder.path}/person.out`, "utf8")).toContain(emailOf(1));
    if (process.platform !== "win32") expect(statSync(`${folder.path}/person.out`).mode & 0o777).toBe(0o600);
    writeFileSync(`${folder.path}/person.out`, "mine");
    expect((await run(folder, options)).code).toBe(2);
    expect(readFileSync(`${folder.path}/person.out`, "utf8")).toBe("mine");
    expect((await run(folder, [...options, "--force"])).code).toBe(0);
    expect(readFileSync(`${folder.path}/person.out`, "utf8")).not.toBe("mine");
  });

  test("writes no file of nobody, nor while a destination is not reached", async () => {
    const folder = await collected();
    const before = readdirSync(folder.path);
    const options = ["export", "--email", "-", "--out", "person.json", "--json"];
    const nobody = await run(folder, options, "nobody@example.com");
    expect([nobody.code, nobody.json()[0]?.["outcome"]]).toEqual([1, "notFound"]);
    folder.systems.ru.fail({ kind: "unavailable" });
    const away = await run(folder, options);
    expect([away.code, away.json()[0]?.["outcome"]]).toEqual([3, "unreachable"]);
    expect(readdirSync(folder.path)).toEqual(before);
    const partial = await run(folder, [...options, "--partial"]);
    expect([partial.code, partial.json()[0]?.["complete"]]).toEqual([3, false]);
  });
});

describe("merge", () => {
  test("reads two lines, and answers what is refused from now on", async () => {
    const folder = await collected();
    const options = ["merge", "--into-email", "-", "--from-email", "-", "--json"];
    const answer = await run(folder, options, `${emailOf(1)}\n${emailOf(2)}\n`);
    expect([answer.code, answer.json()[0]?.["outcome"]]).toEqual([0, "merged"]);
    const [view] = (await run(folder, ["show", "--email", "-", "--json"], emailOf(2))).json();
    expect(view?.["mergedRefs"]).toEqual([answer.json()[0]?.["from"]]);
    const nobody = await run(folder, options, `${emailOf(1)}\nnobody@example.com\n`);
    expect([nobody.code, nobody.json()[0]?.["reason"]]).toEqual([1, "notFound"]);
    expect((await run(folder, ["merge", "--into-email", "-"])).code).toBe(2);
  });
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runCommand } from "./support/run-command.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

const notice = (folder: TestFolder, ...options: string[]): ReturnType<typeof runCommand> => runCommand({ arguments: ["notice", ...options], folder: folder.path });

test("writes a notice as Markdown with its gaps at the end, which are a failure only with --strict", async () => {
  const folder = createTestFolder();
  const answer = await notice(folder, "--locale", "en");
  expect(answer).toMatchObject({ code: 0, stderr: "" });
  expect(answer.stdout).toMatch(/^# How we use your personal data\n/);
  expect(answer.stdout).toContain("Maison Exemple is responsible for your data.");
  expect(answer.stdout).toContain("\\[gap: art13-1-b dataProtectionOfficer: controller.dataProtectionOfficer\\]");
  expect((await notice(folder, "--locale", "en", "--strict")).code).toBe(1);
});

test("names every label that the language lacks, and takes no other language for it", async () => {
  const lines = (await notice(createTestFolder(), "--locale", "fr", "--json")).json();
  const [document] = lines as unknown as [{ gaps: { missing: string }[]; sections: object[] }];
  expect(document.gaps.map(({ missing }) => missing)).toEqual(expect.arrayContaining(["purposes.loyalty.label.fr", "purposes.marketing.email.label.fr"]));
  expect(JSON.stringify(document.sections)).not.toContain("News by e-mail");
});

test("in a language that nobody wrote is a list of gaps", async () => {
  const answer = await notice(createTestFolder(), "--locale", "pl", "--strict");
  expect(answer.code).toBe(1);
  expect(answer.stdout).toContain("art13-2-d complaint: phrases");
  expect(answer.stderr).toContain("de, en, es, fr, it");
});

test("--out writes it, --layer first is short, and nothing is overwritten unasked", async () => {
  const folder = createTestFolder();
  const call = ["--locale", "de", "--layer", "first", "--out", "first.md"];
  expect((await notice(folder, ...call)).code).toBe(0);
  expect(readFileSync(`${folder.path}/first.md`, "utf8")).toContain("Mehr dazu: https://example.com/privacy");
  expect((await notice(folder, ...call)).code).toBe(2);
  expect((await notice(folder, ...call, "--force")).code).toBe(0);
});

test.each([["invalidLocale", ["--locale", "<b>"]], ["unknownCountry", ["--locale", "fr", "--country", "France"]]])("%s is wrong usage", async (code, options) => {
  const answer = await notice(createTestFolder(), ...options);
  expect(answer.code).toBe(2);
  expect(answer.stderr).toContain(code);
});

test("doctor lists what the regimes of the countries that are served find missing, with the law and its source", async () => {
  const answer = await runCommand({ arguments: ["doctor"], folder: createTestFolder().path });
  expect(answer.code).toBe(0);
  expect(answer.stdout).toMatch(/^warning\s+regimes\s+purposes\.marketing\.email: UWG in DE demands of a grant: doubleOptIn \[BGH 10\.02\.2011, I ZR 164\/09; de-double-opt-in\] \(demandNotMade\)$/m);
  expect(answer.stdout).not.toContain("PIPL");
  const json = await runCommand({ arguments: ["doctor", "--json"], folder: createTestFolder().path });
  const [{ checks } = {}] = json.json() as unknown as { checks: object[] }[];
  expect(checks).toContainEqual(
    expect.objectContaining({
      code: "noticeItemMissing",
      finding: expect.objectContaining({ subject: "controller.dataProtectionOfficer", detail: "art13-1-b dataProtectionOfficer", law: "GDPR", row: { id: "gdpr-notice", source: "GDPR art. 13(1)-(2)", checkedAt: "2026-11", certainty: "A" } }),
    }),
  );
});

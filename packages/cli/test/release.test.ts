import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runCommand, type CommandAnswer } from "./support/run-command.ts";
import { CANARY, emailOf, ndjson, submission } from "./support/submissions.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

const RULES = `[
  { id: "partner-email", effect: "release", match: { recipients: ["ad-partner"], attributes: ["email"] } },
  { id: "till-name", effect: "mask", mask: "initial", match: { recipients: ["till"], attributes: ["givenName"] } },
  { id: "till-mail", effect: "release", match: { recipients: ["till:paris"], attributes: ["email"] }, when: [{ consent: "granted", purpose: "marketing.email" }] },
  { id: "no-children", effect: "deny", match: { recipients: ["partner"], ageBands: ["under13", "13-15"] } },
]`;

function openFolder(rules = RULES): TestFolder {
  return createTestFolder({
    change: (text) =>
      text
        .replace("  notices: [", `  release: { rules: ${rules} },\n  notices: [`)
        .replace(`attributes: ["givenName", "familyName", "email"], label`, `attributes: ["givenName", "familyName", "email", "birthdate"], label`)
        .replace(`  ],\n  release`, `    { key: "sale", version: "1", basis: "legitimateInterests", mechanism: "optOut", attributes: ["email", "birthdate"], recipients: ["ad-partner"], label: { en: "Sale" } },\n  ],\n  release`)
        .replace(`purposes: ["loyalty", "marketing.email"]`, `purposes: ["loyalty", "marketing.email", "sale"]`),
  });
}

async function collect(folder: TestFolder, change: Record<string, unknown> = {}): Promise<void> {
  const answer = await runCommand({ arguments: ["collect", "-"], folder: folder.path, input: ndjson([submission(1, change)]) });
  expect(answer.stderr).toBe("");
  expect(answer.code).toBe(0);
}

function ask(folder: TestFolder, options: readonly string[], input = emailOf(1)): Promise<CommandAnswer> {
  return runCommand({ arguments: ["release", ...options, "--json"], folder: folder.path, input });
}

const OPT_OUT = { purpose: "sale", status: "optedOut", notice: "signup", noticeVersion: "3", locale: "fr-FR", method: "checkbox" };

test("releases to a partner what a rule releases, and says of the rest why not", async () => {
  const folder = openFolder();
  await collect(folder);
  const answer = await ask(folder, ["--email", "-", "--recipient", "ad-partner", "--purpose", "sale"]);
  expect(answer.code).toBe(0);
  const [report] = answer.json();
  expect(report).toMatchObject({
    recipient: "partner:ad-partner",
    given: true,
    found: true,
    attributes: [
      { attribute: "birthdate", effect: "deny", value: null, reasons: ["noRuleReleases"] },
      { attribute: "email", effect: "release", value: emailOf(1), purposes: ["sale"], ruleIds: ["partner-email"], policyHash: report?.["policyHash"] },
      { attribute: "givenName", effect: "deny", reasons: ["attributeNotInPurpose"] },
    ],
  });
  const shown = await runCommand({ arguments: ["release", "--email", "-", "--recipient", "ad-partner"], folder: folder.path, input: emailOf(1) });
  expect(shown.stdout).toContain("partner-email");
});

test("a do-not-sell ends what a partner may see, and nothing released is exit 1", async () => {
  const folder = openFolder();
  await collect(folder, { decisions: [OPT_OUT] });
  const answer = await ask(folder, ["--email", "-", "--recipient", "ad-partner"]);
  expect(answer.code).toBe(1);
  expect(answer.json()).toMatchObject([{ given: false, attributes: [{}, { attribute: "email", effect: "deny", reasons: ["refused"] }, {}] }]);
  expect(answer.stdout).not.toContain(CANARY);
});

test("releases nothing while a destination cannot be read", async () => {
  const folder = openFolder();
  await collect(folder);
  folder.systems.ru.fail({ kind: "unavailable" });
  const answer = await ask(folder, ["--email", "-", "--recipient", "ad-partner"]);
  expect(answer.code).toBe(3);
  expect(answer.json()).toMatchObject([{ given: false, complete: false }]);
  expect(answer.stdout + answer.stderr).not.toContain(CANARY);
});

test("a till sees the least of a token, and cannot tell unknown, malformed and refused apart", async () => {
  const folder = openFolder();
  const subject = (token: string): unknown => ({ identifiers: [{ kind: "token", value: token }] });
  const input = ndjson([
    submission(1, { subject: subject("known-token-0001") }),
    submission(2, { subject: subject("other-token-0002"), profile: { familyName: "Moreau" }, decisions: [] }),
  ]);
  expect((await runCommand({ arguments: ["collect", "-"], folder: folder.path, input })).code).toBe(0);
  const scan = (token: string): Promise<CommandAnswer> => ask(folder, ["--token", "-", "--recipient", "till:paris"], token);
  const known = await scan("known-token-0001");
  expect(known.code).toBe(0);
  expect(known.json()).toMatchObject([
    { recipient: "till:paris", found: null, attributes: [{ attribute: "email", effect: "release" }, { attribute: "givenName", effect: "mask", mask: "initial", value: "I." }] },
  ]);
  const unlike = [await scan("unknown-token-03"), await scan("\u0000 not a token"), await scan("other-token-0002")];
  const shapes = unlike.map(({ code, stdout, stderr }) => ({ code, stderr, report: { ...JSON.parse(stdout), readAt: "" } }));
  expect(shapes[0]).toMatchObject({ code: 1, stderr: "", report: { given: false, complete: true } });
  expect(shapes[1]).toEqual(shapes[0]);
  expect(shapes[2]).toEqual(shapes[0]);
  expect(Object.keys(shapes[0]?.report)).toEqual(Object.keys(known.json()[0] ?? {}));
});

test.each([
  [["release", "--email", "-", "--recipient", "nobody"], "unknownRecipient"],
  [["release", "--email", "-", "--recipient", "ad-partner", "--purpose", "nothing"], "unknownPurpose"],
  [["release", "--email", "-", "--recipient", "ad-partner", "--jurisdiction", "Paris"], "unknownJurisdiction"],
  [["policy", "explain", "--recipient", "nobody"], "unknownRecipient"],
  [["policy", "explain"], "recipientRequired"],
  [["policy", "explain", "--recipient", "ad-partner", "--attribute", "nothing"], "unknownAttribute"],
  [["policy", "test"], "fileRequired"],
  [["policy", "test", "absent.json"], "fileUnreadable"],
  [["policy", "diff", "one"], "filesRequired"],
  [["policy", "dance"], "unknownAction"],
])("refuses %j", async (call, code) => {
  const answer = await runCommand({ arguments: call, folder: openFolder().path, input: emailOf(1) });
  expect(answer.code).toBe(2);
  expect(answer.stdout).toBe("");
  expect(answer.stderr).toContain(code);
});

test("a policy that cannot be meant is a configuration error, with its place", async () => {
  const folder = openFolder(`[{ id: "one", effect: "release", match: { attributes: ["emial"] } }]`);
  const answer = await runCommand({ arguments: ["policy", "explain", "--recipient", "eu"], folder: folder.path });
  expect(answer.code).toBe(2);
  expect(answer.stderr).toContain("release.rules[0].match.attributes[0]: unknownAttribute");
});

test("explains rule by rule, without anybody and for a person", async () => {
  const folder = openFolder();
  const call = ["policy", "explain", "--recipient", "ad-partner", "--purpose", "sale", "--attribute", "email", "--json"];
  const unknown = await runCommand({ arguments: call, folder: folder.path });
  expect(unknown.code).toBe(0);
  expect(unknown.json()).toMatchObject([
    {
      explanations: [
        {
          effect: "deny",
          reasons: ["consentNotRead"],
          rulesAlone: { effect: "deny", reasons: ["denialNotRuledOut"] },
          trace: [
            { ruleId: "no-children", outcome: "unknown", by: "person" },
            { ruleId: "partner-email", outcome: "matched", by: null },
            { ruleId: "till-mail", outcome: "notMatched", by: "recipients" },
            { ruleId: "till-name", outcome: "notMatched", by: "recipients" },
          ],
        },
      ],
    },
  ]);
  const adult = await runCommand({ arguments: [...call, "--age-band", "adult", "--consent", "none", "--country", "FR"], folder: folder.path });
  expect(adult.json()).toMatchObject([{ explanations: [{ effect: "release", ruleIds: ["partner-email"] }] }]);
  await collect(folder);
  const person = await runCommand({ arguments: [...call, "--email", "-"], folder: folder.path, input: emailOf(1) });
  expect(person.json()).toMatchObject([{ explanations: [{ effect: "release" }] }]);
  expect(person.stdout).not.toContain(CANARY);
  const table = await runCommand({ arguments: call.slice(0, -1), folder: folder.path });
  expect(table.stdout).toContain("no-children");
});

test("holds the policy against a table of expectations, and prints what fails", async () => {
  const folder = openFolder();
  const row = { recipient: "ad-partner", purpose: "sale", attribute: "email", ageBand: "adult", consent: "none", jurisdiction: "FR" };
  const table = (expectations: readonly unknown[]): string => JSON.stringify({ schema: "volenti-policy-expectations-1", expectations });
  folder.write("good.json", table([{ ...row, expect: "release" }, { ...row, consent: "refused", expect: "deny", reason: "refused" }, { ...row, ageBand: "13-15", expect: "deny", ruleIds: ["no-children"] }]));
  folder.write("bad.json", table([{ ...row, expect: "release" }, { ...row, name: "children", ageBand: "unknown", expect: "release" }]));
  folder.write("wrong.json", table([{ ...row, recipient: "nobody", expect: "release" }, { ...row, expect: "perhaps" }]));
  folder.write("emptied.json", table([]));
  const run = (file: string): Promise<CommandAnswer> => runCommand({ arguments: ["policy", "test", file, "--json"], folder: folder.path });
  const [good, bad, wrong, emptied] = [await run("good.json"), await run("bad.json"), await run("wrong.json"), await run("emptied.json")];
  expect([good.code, bad.code, wrong.code, emptied.code]).toEqual([0, 1, 2, 2]);
  expect(good.json()).toMatchObject([{ passed: 3, failed: 0 }]);
  expect(bad.json()).toMatchObject([{ passed: 1, failed: 1, failures: [{ index: 1, name: "children", actual: { effect: "deny", reasons: ["denialNotRuledOut"] } }] }]);
  expect(wrong.stderr).toContain("expectations[0].recipient: unknownRecipient");
  expect(wrong.stderr).toContain("expectations[1].expect: unknownValue");
  expect(emptied.stderr).toContain("the table of expectations cannot be used: expectations: required");
  expect(wrong.stderr).not.toContain("configuration");
});

test.each([[], ["--json"]])("a failing row's own words move no terminal (%j)", async (...words) => {
  const folder = openFolder();
  const row = { recipient: "ad-partner", purpose: "sale", attribute: "email", ageBand: "adult", consent: "none", jurisdiction: "FR", expect: "deny" };
  const hostile = ["\u009B31m", "\u001B[2J", "\r", "\u202E"].join("expected");
  const table = { schema: "volenti-policy-expectations-1", expectations: [{ ...row, name: hostile, reason: hostile, ruleIds: [hostile] }] };
  folder.write("table.json", JSON.stringify(table));
  const { code, stdout, stderr } = await runCommand({ arguments: ["policy", "test", "table.json", ...words], folder: folder.path });
  expect(code).toBe(1);
  expect(stdout + stderr).toContain("expected");
  expect(stdout + stderr).not.toMatch(/[^\P{Cc}\n]/u);
});

test("says who sees more and who sees less, between configurations and exports", async () => {
  const folder = openFolder();
  const exported = await runCommand({ arguments: ["policy", "export"], folder: folder.path });
  expect(exported.code).toBe(0);
  folder.write("old.json", exported.stdout);
  const same = await runCommand({ arguments: ["policy", "diff", "old.json", "volenti.config.mjs", "--json"], folder: folder.path });
  expect(same.json()).toMatchObject([{ more: 0, less: 0, changes: [] }]);
  const changed = openFolder(RULES.replace(`attributes: ["givenName"] } },`, `attributes: ["givenName"], jurisdictions: ["FR"] } },`).replace(`attributes: ["email"] } },`, `attributes: ["email", "birthdate"] } },`));
  folder.write("new.json", (await runCommand({ arguments: ["policy", "export"], folder: changed.path })).stdout);
  const differs = await runCommand({ arguments: ["policy", "diff", "old.json", "new.json", "--json"], folder: folder.path });
  expect(differs.code).toBe(0);
  const [difference] = differs.json() as unknown as { changes: { recipient: string; sees: string; attribute: string; jurisdictions: string[]; ageBands: string[] }[] }[];
  expect(difference?.changes).toContainEqual(
    expect.objectContaining({ recipient: "partner:ad-partner", sees: "more", attribute: "birthdate", purpose: "sale", before: "deny", after: "release", ageBands: ["16-17", "adult"], consents: expect.arrayContaining(["none, marketing.email granted"]) }),
  );
  const less = difference?.changes.filter(({ sees, attribute }) => sees === "less" && attribute === "givenName") ?? [];
  expect(new Set(less.map(({ recipient }) => recipient))).toEqual(new Set(["till:any-other-store", "till:paris"]));
  expect(less.every(({ jurisdictions }) => !jurisdictions.includes("FR") && jurisdictions.includes("elsewhere"))).toBe(true);
});

test("a destination is given no more than the policy leaves, and the line says so", async () => {
  const folder = openFolder(`[{ id: "no-birthdate", effect: "deny", match: { recipients: ["eu"], attributes: ["birthdate"] } }]`);
  const answer = await runCommand({ arguments: ["collect", "-", "--json"], folder: folder.path, input: ndjson([submission(1)]) });
  expect(answer.json()).toMatchObject([{ outcome: "delivered", withheld: [{ attribute: "birthdate", reason: "releasePolicy", destination: "eu" }] }]);
  const shown = await runCommand({ arguments: ["show", "--email", "-"], folder: folder.path, input: emailOf(1) });
  expect(shown.stdout).not.toContain("1990-02-03");
});

test("the policy and the table of the guide stand together", async () => {
  const guide = readFileSync(new URL("../../../docs/guides/release-policy.md", import.meta.url), "utf8");
  const [, rules = ""] = /ReleaseConfiguration = \{\n {2}rules: (\[[^]*?\n {2}\]),/.exec(guide) ?? [];
  const [, table = ""] = /```json\n([^]*?)```/.exec(guide) ?? [];
  const folder = createTestFolder({
    change: (text) =>
      text
        .replace("  notices: [", `  release: { rules: ${rules.replaceAll('"stores"', '"eu"')} },\n  notices: [`)
        .replace(
          "  ],\n  release",
          `    { key: "sale", version: "1", basis: "legitimateInterests", mechanism: "optOut", attributes: ["email"], recipients: ["ad-partner"], label: { en: "Sale" } },
    { key: "profiling", version: "1", basis: "consent", mechanism: "optIn", attributes: ["birthdate", "address.*"], recipients: ["analytics-partner"], label: { en: "Offers" } },
  ],\n  release`,
        ),
  });
  folder.write("table.json", table);
  const answer = await runCommand({ arguments: ["policy", "test", "table.json", "--json"], folder: folder.path });
  expect(answer.stderr).toBe("");
  expect(answer.json()).toMatchObject([{ passed: 4, failed: 0, failures: [] }]);
});

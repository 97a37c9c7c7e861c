import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runCommand, type CommandAnswer } from "./support/run-command.ts";
import { CANARY, emailOf, ndjson, submission } from "./support/submissions.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

/** The first line that a command prints for programs; the members that these tests go on with are named. */
interface Answer extends Record<string, unknown> {
  request: { requestId: string; dueAt: string };
  holdId: string;
}

async function volenti(folder: TestFolder, call: readonly string[], input = emailOf(1)): Promise<CommandAnswer & { answer: Answer }> {
  const answer = await runCommand({ arguments: [...call, "--json"], folder: folder.path, input });
  const nothing = { request: { requestId: "", dueAt: "" }, holdId: "" };
  return { ...answer, answer: { ...nothing, ...answer.json()[0] } };
}

async function openFolder(options: Parameters<typeof createTestFolder>[0] = {}): Promise<TestFolder> {
  const folder = createTestFolder(options);
  await runCommand({ arguments: ["collect", "-", "--json"], folder: folder.path, input: ndjson([submission(1), submission(2)]) });
  return folder;
}

/** Without ledgers, as a brand that has a CRM alone. */
const WITHOUT_LEDGERS = {
  change: (text: string) => text.replaceAll("system: systems.eu", "system: systems.eu, ledger: false").replaceAll("system: systems.ru", "system: systems.ru, ledger: false"),
};

test("a withdrawal is delivered, kept with its date, and shown", async () => {
  const folder = await openFolder();
  const { code, answer, stdout } = await volenti(folder, ["withdraw", "--email", "-", "--actor", "lea"]);
  expect(code).toBe(0);
  expect(answer).toMatchObject({
    keptIn: "eu",
    problem: null,
    request: { kind: "withdraw", regime: "GDPR", state: "fulfilled", dueAt: expect.stringMatching(/T23:59:59\.999Z$/), targets: [{ system: "eu", outcome: "refused" }, { system: "ru", outcome: "notHeld" }] },
    result: { outcome: "delivered", receipt: expect.any(String) },
  });
  expect(stdout).not.toContain(CANARY);
  const shown = await volenti(folder, ["show", "--email", "-"]);
  expect(shown.answer["consents"]).toContainEqual(expect.objectContaining({ purpose: "marketing.email", channel: "email", answer: "refused" }));
  expect((await volenti(folder, ["requests"])).json()).toEqual([]);
  expect((await volenti(folder, ["requests", "--all"])).json()).toMatchObject([{ kind: "withdraw", state: "fulfilled", overdue: false }]);
});

test("a request is opened, verified, paused, resumed, extended and answered by its id alone", async () => {
  const folder = await openFolder();
  const opened = await volenti(folder, ["requests", "open", "--kind", "access", "--email", "-", "--received-at", "2026-01-31", "--via", "store"]);
  expect(opened.code).toBe(0);
  expect(opened.answer).toMatchObject({ request: { state: "open", receivedAt: "2026-01-31T00:00:00.000Z", dueAt: "2026-03-02T23:59:59.999Z", via: "store" } });
  const id: string = opened.answer.request.requestId;
  expect((await volenti(folder, ["requests"])).json()).toMatchObject([{ requestId: id, overdue: true }]);
  expect((await volenti(folder, ["requests", "run", id])).answer).toMatchObject({ problem: { code: "personRequired" } });
  expect((await volenti(folder, ["requests", "verify", id, "--method", "passport"])).answer).toMatchObject({ request: { state: "in_progress", verification: { method: "passport" } } });
  expect((await volenti(folder, ["requests", "pause", id])).answer).toMatchObject({ problem: { code: "reasonRequired" } });
  expect((await volenti(folder, ["requests", "pause", id, "--reason", "waiting for a copy"])).answer).toMatchObject({ request: { state: "paused" } });
  expect(await volenti(folder, ["requests", "run", id])).toMatchObject({ code: 1, answer: { problem: { code: "paused" } } });
  expect((await volenti(folder, ["requests", "resume", id])).code).toBe(0);
  expect(await volenti(folder, ["requests", "extend", id, "--reason", "many systems"])).toMatchObject({ code: 1, answer: { problem: { code: "deadlinePassed" } } });
  const run = await volenti(folder, ["requests", "run", id]);
  expect(run).toMatchObject({ code: 0, answer: { request: { state: "fulfilled" }, report: { view: { found: true }, purposes: [{ key: "loyalty" }, { key: "marketing.email" }] } } });
  expect((await volenti(folder, ["requests", "show", id])).answer).toMatchObject({ request: { state: "fulfilled", history: [{ state: "open" }, { state: "in_progress" }, { state: "paused" }, { state: "in_progress" }, { state: "fulfilled" }] } });
  expect(JSON.stringify((await volenti(folder, ["requests", "show", id])).answer)).not.toContain(CANARY);
});

test("a day that no month has is no date of receipt, and opens no request", async () => {
  const folder = await openFolder();
  for (const day of ["2026-02-30", "2026-06-31T10:00:00Z", "2026-13-01", "2025-02-29"]) {
    const answer = await runCommand({ arguments: ["requests", "open", "--kind", "access", "--email", "-", "--received-at", day], folder: folder.path, input: emailOf(1) });
    expect(answer).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("invalidInstant") });
  }
  expect((await volenti(folder, ["requests", "open", "--kind", "access", "--email", "-", "--received-at", "2024-02-29T10:00:00+02:00"])).code).toBe(0);
  expect((await volenti(folder, ["requests"])).json()).toHaveLength(1);
});

test("an extension is given before the date, once, and with a reason", async () => {
  const folder = await openFolder();
  const opened = await volenti(folder, ["requests", "open", "--kind", "access", "--email", "-"]);
  const { requestId, dueAt } = opened.answer.request;
  expect((await volenti(folder, ["requests", "extend", requestId])).code).toBe(2);
  const extended = await volenti(folder, ["requests", "extend", requestId, "--reason", "many systems"]);
  expect(extended.code).toBe(0);
  expect(Date.parse(extended.answer.request.dueAt)).toBeGreaterThan(Date.parse(dueAt));
  expect((await volenti(folder, ["requests", "extend", requestId, "--reason", "again"])).answer).toMatchObject({ problem: { code: "alreadyExtended" } });
});

test("a correction takes its values from a file, and refuses a value by the name of its field", async () => {
  const folder = await openFolder();
  folder.write("right.json", JSON.stringify({ givenName: "Zoé", familyName: null }));
  const answer = await volenti(folder, ["rectify", "--email", "-", "--file", "right.json"]);
  expect(answer).toMatchObject({ code: 0, answer: { request: { state: "fulfilled", targets: [{ system: "eu", outcome: "rectified" }, {}] } } });
  const shown = await volenti(folder, ["show", "--email", "-"]);
  expect(shown.answer["profile"]).toContainEqual(expect.objectContaining({ attribute: "givenName", value: "Zoé" }));
  const refused = await volenti(folder, ["rectify", "--email", "-", "--set", `email=${CANARY}`]);
  expect(refused).toMatchObject({ code: 1, answer: { problem: { code: "invalidInput", fields: [{ path: "profile.email" }] } } });
  expect(refused.stdout + refused.stderr).not.toContain(CANARY);
  expect((await volenti(folder, ["rectify", "--email", "-"])).code).toBe(2);
});

test("a restriction keeps what comes later from being used, until it is lifted", async () => {
  const folder = await openFolder();
  expect(await volenti(folder, ["restrict", "--email", "-"])).toMatchObject({ code: 0, answer: { request: { targets: [{ outcome: "restricted" }, { outcome: "notHeld" }] } } });
  const later = { ...submission(1), submissionId: "5f0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f11", occurredAt: "2026-11-02T10:00:00.000Z" };
  const collected = await volenti(folder, ["collect", "-"], ndjson([later]));
  expect(collected.answer["withheld"]).toContainEqual({ attribute: "givenName", reason: "processingRestricted" });
  expect(await volenti(folder, ["restrict", "--email", "-", "--lift"])).toMatchObject({ code: 0, answer: { request: { isLifted: true, targets: [{ outcome: "lifted" }, {}] } } });
});

test("a destination that is down is told, and the same command finishes the same request", async () => {
  const folder = await openFolder();
  folder.systems.ru.fail({ kind: "unavailable" });
  const first = await volenti(folder, ["object", "--email", "-"]);
  expect(first).toMatchObject({ code: 3, answer: { request: { state: "in_progress", targets: [{ outcome: "refused" }, { system: "ru", state: "waiting" }] } } });
  folder.systems.ru.fail(null);
  const second = await volenti(folder, ["object", "--email", "-"]);
  expect(second).toMatchObject({ code: 0, answer: { request: { requestId: first.answer.request.requestId, state: "fulfilled", targets: [{ outcome: "refused" }, { outcome: "notHeld" }] } } });
});

test("somebody unknown is denied, and no line of failure names them", async () => {
  const folder = await openFolder();
  const answer = await volenti(folder, ["withdraw", "--email", "-", "--country", "FR"], `nobody.${CANARY}@example.com`);
  expect(answer).toMatchObject({ code: 1, answer: { request: { state: "denied", reason: "no_match", subjectRefs: {} } } });
  expect(answer.stdout + answer.stderr).not.toContain(CANARY);
});

test("an identity that the brand's own check does not prove changes nothing", async () => {
  const folder = await openFolder({ change: (text) => text.replace("retry:", "rights: { verifyIdentity: async () => ({ verified: false, method: 'login' }) },\n  retry:") });
  const answer = await volenti(folder, ["withdraw", "--email", "-"]);
  expect(answer).toMatchObject({ code: 1, answer: { problem: { code: "unverified" }, request: { state: "in_progress", reason: "need_user_verification", targets: [] } } });
  const id: string = answer.answer.request.requestId;
  expect(await volenti(folder, ["requests", "deny", id, "--reason", "because"])).toMatchObject({ code: 2, answer: { problem: { code: "unknownReason" } } });
  expect(await volenti(folder, ["requests", "deny", id, "--reason", "insuf_verification"])).toMatchObject({ code: 0, answer: { request: { state: "denied" } } });
});

test("without a ledger the request is in the caller's hands, sealed, and goes on from there", async () => {
  const folder = await openFolder(WITHOUT_LEDGERS);
  expect((await volenti(folder, ["requests"])).code).toBe(2);
  expect((await volenti(folder, ["requests", "open", "--kind", "withdraw", "--email", "-", "--country", "FR"])).code).toBe(2);
  const opened = await volenti(folder, ["requests", "open", "--kind", "withdraw", "--email", "-", "--country", "FR", "--state", "request.json"]);
  expect(opened).toMatchObject({ code: 0, answer: { keptIn: null, request: { state: "open" } } });
  const path = `${folder.path}/request.json`;
  const text = readFileSync(path, "utf8");
  expect(text).not.toContain(CANARY);
  const run = await volenti(folder, ["withdraw", "--email", "-", "--state", "request.json"]);
  expect(run).toMatchObject({ code: 0, answer: { request: { requestId: opened.answer.request.requestId, state: "fulfilled" } } });
  expect((await volenti(folder, ["requests", "show", "--state", "request.json"])).answer).toMatchObject({ request: { state: "fulfilled" } });
  writeFileSync(path, readFileSync(path, "utf8").replace('"state": "fulfilled"', '"state": "open"'));
  const tampered = await volenti(folder, ["requests", "show", "--state", "request.json"]);
  expect(tampered.code).toBe(2);
  expect(tampered.stderr).toContain("brokenSeal");
  const other = await openFolder(WITHOUT_LEDGERS);
  writeFileSync(`${other.path}/request.json`, text);
  const foreign = await volenti(other, ["requests", "show", "--state", "request.json"]);
  expect(foreign.stderr).toContain("foreignRequest");
});

test("a hold is set, listed and lifted", async () => {
  const folder = await openFolder();
  expect((await volenti(folder, ["hold", "--email", "-", "--law", "CGI art. 102 B"])).code).toBe(2);
  const set = await volenti(folder, ["hold", "--email", "-", "--law", "CGI art. 102 B", "--reason", "invoice", "--until", "2032-12-31", "--scope", "email,address.*"]);
  expect(set).toMatchObject({ code: 0, answer: { destinations: [{ id: "eu", holds: [{ law: "CGI art. 102 B", scope: ["email", "address.*"], liftedAt: null }] }, { id: "ru", status: "notFound" }] } });
  const lifted = await volenti(folder, ["hold", "--email", "-", "--lift", set.answer.holdId]);
  expect(lifted).toMatchObject({ code: 0, answer: { destinations: [{ holds: [{ liftedAt: expect.any(Number) }] }, {}] } });
  expect(await volenti(folder, ["hold", "--email", "-", "--lift", "5f0f5e0e-6a1e-4a53-9d0b-0f5d3b0c7f11"])).toMatchObject({ code: 1, answer: { problem: "unknownHold" } });
});

test("people read a table with the date, the outcome and what is left to do", async () => {
  const folder = await openFolder();
  const answer = await runCommand({ arguments: ["withdraw", "--email", "-"], folder: folder.path, input: emailOf(1) });
  expect(answer.stdout).toMatch(/due[\s\S]*23:59:59\.999Z/);
  expect(answer.stdout).toContain("fulfilled");
  const list = await runCommand({ arguments: ["requests"], folder: folder.path });
  expect(list.stdout).toContain("No request is open.");
});

test("an erasure is a request too: with its date, and with what was erased where", async () => {
  const folder = await openFolder();
  const opened = await volenti(folder, ["requests", "open", "--kind", "erase", "--email", "-", "--received-at", "2026-11-10"]);
  const erased = await volenti(folder, ["erase", "--email", "-"]);
  expect(erased).toMatchObject({
    code: 0,
    answer: { outcome: "complete", destinations: [{ id: "eu", status: "erased" }, {}], keptIn: "eu", problem: null, request: { requestId: opened.answer.request.requestId, state: "fulfilled", dueAt: "2026-12-10T23:59:59.999Z", targets: [{ system: "eu", outcome: "erased" }, {}] } },
  });
  expect((await volenti(folder, ["requests", "--all"])).json()).toMatchObject([{ kind: "erase", state: "fulfilled" }]);
  expect(await volenti(folder, ["erase", "--email", "-"])).toMatchObject({ code: 0, answer: { outcome: "complete", request: { state: "denied", reason: "no_match" } } });
});

test("an erasure that a hold keeps off is not covered, by its law, and the request says so", async () => {
  const folder = await openFolder();
  await volenti(folder, ["hold", "--email", "-", "--law", "CGI art. 102 B", "--reason", "invoice"]);
  const erased = await volenti(folder, ["erase", "--email", "-"]);
  expect(erased).toMatchObject({ code: 1, answer: { outcome: "held", request: { state: "denied", reason: "claim_not_covered", targets: [{ system: "eu", outcome: "kept", law: "CGI art. 102 B" }, {}] } } });
});

test("an erasure under a hold of some attributes masks the others, and is told with exit code 1", async () => {
  const folder = await openFolder();
  await volenti(folder, ["hold", "--email", "-", "--law", "CGI art. 102 B", "--reason", "invoice", "--scope", "email"]);
  const erased = await volenti(folder, ["erase", "--email", "-"]);
  expect(erased).toMatchObject({ code: 1, answer: { outcome: "held", request: { state: "fulfilled", targets: [{ system: "eu", outcome: "masked", law: "CGI art. 102 B" }, {}] } } });
});

test("nobody is erased who was not proven to ask", async () => {
  const folder = await openFolder({ change: (text) => text.replace("retry:", "rights: { verifyIdentity: async () => ({ verified: false, method: 'login' }) },\n  retry:") });
  expect(await volenti(folder, ["erase", "--email", "-"])).toMatchObject({ code: 1, answer: { problem: { code: "unverified" }, erasure: null } });
  expect((await volenti(folder, ["show", "--email", "-"])).answer).toMatchObject({ found: true });
});

test("what a person takes along goes into a file of its own, and the request is answered", async () => {
  const folder = await openFolder();
  const opened = await volenti(folder, ["requests", "open", "--kind", "portability", "--email", "-"]);
  const id: string = opened.answer.request.requestId;
  const nowhere = await runCommand({ arguments: ["requests", "run", id, "--email", "-"], folder: folder.path, input: emailOf(1) });
  expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining("outRequired") });
  const run = await volenti(folder, ["requests", "run", id, "--email", "-", "--out", "export.json"]);
  expect(run).toMatchObject({ code: 0, answer: { exported: null, request: { state: "fulfilled", targets: [{ outcome: "read" }, { outcome: "notHeld" }] } } });
  expect(run.stdout).not.toContain(CANARY);
  expect(JSON.parse(readFileSync(`${folder.path}/export.json`, "utf8"))).toMatchObject({ profile: expect.arrayContaining([expect.objectContaining({ attribute: "email", value: emailOf(1) })]) });
});

test.each(["portability", "access"])("what could not be written into the file of an answer to %s leaves the request open", async (kind) => {
  const folder = await openFolder();
  const opened = await volenti(folder, ["requests", "open", "--kind", kind, "--email", "-"]);
  const id: string = opened.answer.request.requestId;
  const nowhere = await runCommand({ arguments: ["requests", "run", id, "--email", "-", "--out", "no-folder/answer.json"], folder: folder.path, input: emailOf(1) });
  expect(nowhere).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("outputUnwritable") });
  expect(await volenti(folder, ["requests", "run", id, "--out", "answer.json"])).toMatchObject({ code: 0, answer: { request: { state: "fulfilled" }, report: null, exported: null } });
  expect(readFileSync(`${folder.path}/answer.json`, "utf8")).toContain(emailOf(1));
});

test("an access is on the ledger's log with the one who answered, and names no value", async () => {
  const folder = await openFolder();
  const opened = await volenti(folder, ["requests", "open", "--kind", "access", "--email", "-"]);
  await volenti(folder, ["requests", "run", opened.answer.request.requestId, "--email", "-", "--actor", "lea"]);
  const audit = await volenti(folder, ["audit"], "");
  expect(audit.json()).toContainEqual(expect.objectContaining({ kind: "access", actor: "lea", reason: `request ${opened.answer.request.requestId}` }));
  expect(audit.stdout).not.toContain(CANARY);
});

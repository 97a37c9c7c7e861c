import { EventEmitter } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runCommand, type CommandAnswer } from "./support/run-command.ts";
import { createEmptyFolder } from "./support/test-folder.ts";

interface Address {
  url: string;
  clientId: string;
  clientSecret: string;
  username: string;
}

/** Runs the emulator until `use` is done with it, then ends it with a signal. */
async function emulate(request: {
  options?: string[];
  folder?: string;
  signal?: "SIGINT" | "SIGTERM";
  use?: (address: Address) => Promise<void>;
}): Promise<CommandAnswer> {
  const { options = [], folder = createEmptyFolder(), signal = "SIGINT", use = () => Promise.resolve() } = request;
  const signals = new EventEmitter();
  let used: Promise<void> = Promise.resolve();
  const answer = await runCommand({
    arguments: ["emulate", "salesforce", "--json", ...options],
    folder,
    signals,
    onOutput: (text) => {
      used = use(JSON.parse(text) as Address).finally(() => signals.emit(signal));
    },
  });
  await used;
  return answer;
}

function token({ url, clientId, clientSecret }: Address): Promise<Response> {
  return fetch(`${url}/services/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret }),
  });
}

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

function writeSource(folder: string, field: string): void {
  const path = `${folder}/force-app/main/default`;
  mkdirSync(`${path}/objects/Individual/fields`, { recursive: true });
  mkdirSync(`${path}/permissionsets`, { recursive: true });
  writeFileSync(`${path}/objects/Individual/fields/Key__c.field-meta.xml`, `<CustomField ${NAMESPACE}><fullName>Key__c</fullName><label>Key</label>${field}</CustomField>`);
  writeFileSync(
    `${path}/permissionsets/Keys.permissionset-meta.xml`,
    `<PermissionSet ${NAMESPACE}><label>Keys</label><fieldPermissions><editable>true</editable><field>Individual.Key__c</field><readable>true</readable></fieldPermissions></PermissionSet>`,
  );
}

test("an emulated org is reached with the credentials that were printed, until a signal", async () => {
  let address: Address | undefined;
  const answer = await emulate({
    use: async (printed) => {
      address = printed;
      const response = await token(printed);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ instance_url: printed.url, token_type: "Bearer" });
    },
  });
  expect(answer.code).toBe(130);
  expect(answer.json()).toEqual([address]);
  expect(answer.stderr).toBe("");
  await expect(fetch(address!.url)).rejects.toThrow();
});

test("an emulated Y2 is reached with the credentials that were printed, until a signal", async () => {
  const signals = new EventEmitter();
  let isLetIn: Promise<boolean> = Promise.resolve(false);
  const answer = await runCommand({
    arguments: ["emulate", "cegid-retail", "--json"],
    folder: createEmptyFolder(),
    signals,
    onOutput: (text) => {
      const { url, folderId, username, password } = JSON.parse(text) as { url: string; folderId: string; username: string; password: string };
      const authorization = `Basic ${Buffer.from(`${folderId}\\${username}:${password}`).toString("base64")}`;
      isLetIn = fetch(`${url}/CustomerWcfService.svc?singleWsdl`, { headers: { authorization } })
        .then(({ ok }) => ok)
        .finally(() => signals.emit("SIGINT"));
    },
  });
  expect([answer.code, await isLetIn, answer.stderr]).toEqual([130, true, ""]);
  expect(answer.json()).toMatchObject([{ url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/Y2$/), timeZone: "Europe/Paris" }]);
});

test("for people it prints how to put the emulated Y2 into a configuration", async () => {
  const signals = new EventEmitter();
  const { stdout } = await runCommand({
    arguments: ["emulate", "cegid-retail"],
    folder: createEmptyFolder(),
    signals,
    onOutput: () => void signals.emit("SIGINT"),
  });
  expect(stdout).toMatch(/baseUrl: "http:\/\/127\.0\.0\.1:\d+\/Y2"/);
  expect(stdout).toContain("createCegidRetailConnector({");
});

test("a termination ends with 143", async () => {
  expect((await emulate({ signal: "SIGTERM" })).code).toBe(143);
});

test("for people it prints how to put the org into a configuration", async () => {
  const signals = new EventEmitter();
  const { code, stdout } = await runCommand({
    arguments: ["emulate", "salesforce"],
    folder: createEmptyFolder(),
    signals,
    onOutput: () => void signals.emit("SIGINT"),
  });
  expect(code).toBe(130);
  expect(stdout).toMatch(/loginUrl: "http:\/\/127\.0\.0\.1:\d+"/);
  expect(stdout).toContain("allowInsecureHttp: true");
});

test("a port that is taken is told, with 2", async () => {
  await emulate({
    use: async ({ url }) => {
      const again = await runCommand({ arguments: ["emulate", "salesforce", "--port", new URL(url).port], folder: createEmptyFolder() });
      expect([again.code, again.stderr]).toEqual([2, expect.stringContaining("portNotFree")]);
    },
  });
});

test("an org may start with a source folder, seen by the integration user", async () => {
  const folder = createEmptyFolder();
  writeSource(folder, "<type>Text</type><length>80</length><externalId>true</externalId>");
  const answer = await emulate({
    folder,
    options: ["--source", "force-app"],
    use: async (address) => {
      const { access_token: session } = (await (await token(address)).json()) as { access_token: string };
      const described = await fetch(`${address.url}/services/data/v62.0/sobjects/Individual/describe`, { headers: { authorization: `Bearer ${session}` } });
      const { fields } = (await described.json()) as { fields: { name: string; externalId: boolean }[] };
      expect(fields.find(({ name }) => name === "Key__c")).toMatchObject({ externalId: true });
    },
  });
  expect(answer.code).toBe(130);
});

test.each([
  ["that the org refuses", "<type>Text</type>", "Must specify 'length' for a CustomField of type Text"],
  ["that is not there", null, "sourceUnreadable"],
])("a source folder %s is told, with 2", async (_what, field, message) => {
  const folder = createEmptyFolder();
  if (field !== null) writeSource(folder, field);
  const { code, stdout, stderr } = await runCommand({ arguments: ["emulate", "salesforce", "--source", "force-app"], folder });
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
});

test.each([
  [["emulate", "cegid-retail", "--source", "force-app"], "only an emulated Salesforce org takes a source folder"],
  [["emulate", "person@example.com"], "there is no emulator of that system"],
  [["emulate", "salesforce", "--port", "http"], "an option's value is not one of those it takes"],
  [["emulate"], "an argument is missing"],
])("%j is refused with 2", async (args, message) => {
  const { code, stdout, stderr } = await runCommand({ arguments: args, folder: createEmptyFolder() });
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain("person@example.com");
});

import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigurationError } from "@volenti/core";
import { loadConfiguration, type FileKeyring } from "@volenti/node";
import { describe, expect, it } from "vitest";
import { makeFolder } from "./support/make-folder.ts";
import { runNode } from "./support/run-node.ts";

const keyringSource = new URL("../src/keyring/file-keyring.ts", import.meta.url).href;

function notice(members: string): string {
  return `{ id: "signup", version: "3", locale: "fr-FR", purposes: [], firstLayer: "F", policyUrl: "https://example.com/p", ${members} }`;
}

async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await makeFolder();
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

async function problemsOf(files: Readonly<Record<string, string | Uint8Array>>, file?: string): Promise<unknown> {
  const error: unknown = await loadConfiguration({ directory: await folderWith(files), file }).catch((reason: unknown) => reason);
  if (!ConfigurationError.isInstance(error)) throw new Error("not a configuration error", { cause: error });
  return error.problems;
}

describe("loadConfiguration", () => {
  it("runs a typed configuration by Node's own type stripping, from any folder", async () => {
    const directory = await folderWith({
      "volenti.config.mts": `
        interface Named { id: string }
        const controller: Named = { id: "maison-exemple" } satisfies Named;
        export default { controller, notices: [${notice('file: "./signup.md"')}] } as const;`,
      "signup.md": "Texte",
    });
    const script = new URL("./support/print-configuration.ts", import.meta.url);
    const printed: unknown = JSON.parse(await runNode({ script, scriptArguments: [directory] }));
    expect(printed).toMatchObject({
      directory,
      file: join(directory, "volenti.config.mts"),
      controller: { id: "maison-exemple" },
      notices: [{ id: "signup", text: "Texte" }],
    });
  });

  it("says the line of a configuration that does not parse or fails, and quotes nothing of it", async () => {
    const script = new URL("./support/print-configuration.ts", import.meta.url);
    const directory = await folderWith({
      "syntax.mts": 'const a = 1;\nconst secret = "hunter2" "x";\nexport default {};\n',
      "fails.mts": 'const secret: string = "hunter2";\n\nthrow new RangeError(`bad ${secret}`);\n',
      "imports.mts": 'import x from "hunter2-package";\nexport default x;\n',
    });
    const print = async (file: string): Promise<unknown> => {
      const printed = await runNode({ script, scriptArguments: [directory, file] });
      expect(printed).not.toContain("hunter2");
      return JSON.parse(printed);
    };
    expect(await print("syntax.mts")).toMatchObject({
      problems: [{ path: "syntax.mts:2", code: "configurationInvalid" }, { code: "ERR_INVALID_TYPESCRIPT_SYNTAX" }],
    });
    expect(await print("fails.mts")).toMatchObject({
      problems: [{ path: "fails.mts:3:7", code: "configurationInvalid" }, { code: "RangeError" }],
    });
    expect(await print("imports.mts")).toMatchObject({
      problems: [{ code: "configurationInvalid" }, { code: "ERR_MODULE_NOT_FOUND" }],
    });
  });

  it("looks for the usual names in their order", async () => {
    const directory = await folderWith({
      "volenti.config.js": 'export default { from: "js" };',
      "volenti.config.ts": 'export default { from: "ts" };',
    });
    expect((await loadConfiguration({ directory })).configuration).toMatchObject({ from: "ts" });
    await writeFile(join(directory, "volenti.config.mjs"), 'export default { from: "mjs" };');
    expect((await loadConfiguration({ directory })).configuration).toMatchObject({ from: "mjs" });
  });

  it("takes the file that is named, and counts relative paths from that file's folder", async () => {
    const directory = await folderWith({});
    await mkdir(join(directory, "inner"));
    await writeFile(join(directory, "inner", "other.mjs"), `export default { notices: [${notice('file: "n.md"')}] };`);
    await writeFile(join(directory, "inner", "n.md"), "inner text");
    const loaded = await loadConfiguration({ directory, file: "inner/other.mjs" });
    expect(loaded).toMatchObject({ directory: join(directory, "inner"), configuration: { notices: [{ text: "inner text" }] } });
    expect(loaded.configuration.notices[0]).not.toHaveProperty("file");
  });

  it("puts the keyring's relative folder beside the configuration", async () => {
    const directory = await folderWith({
      "volenti.config.mjs": `import { fileKeyring } from ${JSON.stringify(keyringSource)};\nexport default { keys: fileKeyring("./keys") };`,
    });
    const { configuration } = await loadConfiguration({ directory });
    expect(existsSync(join(directory, "keys"))).toBe(false);
    (configuration.keys as FileKeyring).describe();
    expect(existsSync(join(directory, "keys", "signing-1.json"))).toBe(true);
  });

  it("tells a destination that asks for it the folder too", async () => {
    const directory = await folderWith({
      "volenti.config.mjs": `
        const told = [];
        export default { told, destinations: { ru: { [Symbol.for("volenti.resolveFrom")]: (folder) => told.push(folder) }, crm: {} } };`,
    });
    expect((await loadConfiguration({ directory })).configuration).toMatchObject({ told: [directory] });
  });

  it("runs the file anew each time", async () => {
    const directory = await folderWith({ "volenti.config.mjs": "export default { one: {} };" });
    const [first, second] = [await loadConfiguration({ directory }), await loadConfiguration({ directory })];
    expect(first.configuration).not.toBe(second.configuration);
  });

  it("gives a notice the same text whatever a checkout did to its line ends", async () => {
    const directory = await folderWith({
      "volenti.config.mjs": `export default { notices: [${notice('file: "a.md"')}, ${notice('file: "b.md"')}] };`,
      "a.md": "\uFEFFun\r\ndeux\r\n",
      "b.md": "un\ndeux\n",
    });
    const { notices } = (await loadConfiguration({ directory })).configuration;
    expect(notices.map(({ text }) => text)).toEqual(["un\ndeux\n", "un\ndeux\n"]);
  });

  it("says that there is no configuration", async () => {
    expect(await problemsOf({})).toEqual([{ path: "volenti.config.mts", code: "configurationNotFound" }]);
    expect(await problemsOf({}, "mine.mts")).toEqual([{ path: "file", code: "configurationNotFound" }]);
  });

  it("says that a file exports no configuration", async () => {
    for (const text of ["export const x = 1;", "export default 7;", "export default [];", "export default null;"]) {
      expect(await problemsOf({ "volenti.config.mjs": text })).toEqual([
        { path: "volenti.config.mjs default", code: "configurationInvalid" },
      ]);
    }
  });

  it("lists every notice file that cannot be read, with what is wrong", async () => {
    const files = ['file: "none.md"', 'text: "given"', 'file: "binary.md"', 'file: "."'].map(notice).join(", ");
    expect(
      await problemsOf({ "volenti.config.mjs": `export default { notices: [${files}] };`, "binary.md": Uint8Array.of(0xff, 0xfe) }),
    ).toEqual([
      { path: "notices[0].file", code: "noticeFileMissing" },
      { path: "notices[2].file", code: "noticeFileNotUtf8" },
      { path: "notices[3].file", code: "noticeFileUnreadable" },
    ]);
  });

  it("passes on the problems that a connector finds in its options", async () => {
    const core = new URL("../../core/src/error/configuration-error.ts", import.meta.url).href;
    const text = `import { ConfigurationError } from ${JSON.stringify(core)};\nthrow new ConfigurationError([{ path: "crm.baseUrl", code: "required" }]);`;
    expect(await problemsOf({ "volenti.config.mjs": text })).toEqual([{ path: "crm.baseUrl", code: "required" }]);
  });
});

import { mkdirSync, writeFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { MARKER } from "../../../tools/test-support/hostile/marker.ts";
import { fuzzRuns } from "../../../tools/test-support/hostile/survive.ts";
import { faultsOf } from "./support/faults-of.ts";
import { listCommands } from "./support/list-commands.ts";
import { runCommand } from "./support/run-command.ts";
import { ndjson, submission } from "./support/submissions.ts";
import { createTestFolder, type TestFolder } from "./support/test-folder.ts";

vi.setConfig({ testTimeout: fuzzRuns(180_000) });

const PERSON = ["--email", "person1@example.com"];
const PAIR = ["--into-email", "person1@example.com", "--from-email", "person2@example.com"];

/** A call of each command that goes on to its options; `null` for one that waits for an end, or has none. */
const CALLS: Readonly<Record<string, readonly string[] | null>> = {
  init: ["init"],
  doctor: ["doctor"],
  provision: ["provision", "eu"],
  link: ["link", "eu"],
  reassert: ["reassert", "eu"],
  collect: ["collect", "in.ndjson"],
  import: ["import", "list.csv", "--map", "map.json"],
  changes: ["changes", "eu"],
  lock: ["lock"],
  keys: ["keys"],
  checkpoint: ["checkpoint", "eu"],
  receipt: ["receipt", "receipt.txt", "--format", "kantara"],
  verify: ["verify"],
  erase: ["erase", ...PERSON],
  requests: ["requests", "open", "--kind", "access", ...PERSON],
  rectify: ["rectify", ...PERSON],
  restrict: ["restrict", ...PERSON],
  object: ["object", ...PERSON],
  withdraw: ["withdraw", ...PERSON],
  optout: ["optout", ...PERSON],
  limit: ["limit", ...PERSON],
  hold: ["hold", ...PERSON],
  retention: ["retention"],
  breach: ["breach", "--destination", "eu", "--since", "2026-01-01"],
  records: ["records"],
  statistics: ["statistics"],
  contacts: ["contacts", "eu"],
  reconsent: ["reconsent", "--notice", "signup", "--version", "3"],
  notice: ["notice", "--locale", "en"],
  show: ["show", ...PERSON],
  export: ["export", ...PERSON, "--out", "out.json"],
  merge: ["merge", ...PAIR],
  audit: ["audit"],
  release: ["release", ...PERSON, "--recipient", "eu"],
  policy: ["policy", "explain", "--recipient", "eu"],
  emulate: null,
};

/** What somebody types, or finds in a folder, where a value is asked for. */
const ODD: Readonly<Record<string, string>> = {
  "a person's value": `${MARKER}@example.com`,
  nothing: "",
  "standard input, which is empty": "-",
  "a folder": "folder",
  "a file of bytes": "bytes.bin",
  "a place under a file": `bytes.bin/${MARKER}`,
  "half a letter and a bell": "\uD800\u0007\u001B[2J",
  "far too much": MARKER.repeat(5000),
};

function openFolder(): TestFolder {
  const folder = createTestFolder();
  mkdirSync(`${folder.path}/folder`);
  writeFileSync(`${folder.path}/bytes.bin`, Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28, 0x0a, 0x1b, 0x5b, 0x32, 0x4a, 0xed, 0xa0, 0x80]));
  folder.write("in.ndjson", ndjson([submission(1)]));
  folder.write("list.csv", "email\nperson1@example.com\n");
  folder.write("map.json", JSON.stringify({ schema: "volenti-import-map-1", collectionPoint: "old", country: { value: "FR" }, identifiers: [{ kind: "email", column: "email" }], profile: {}, decisions: [] }));
  folder.write("receipt.txt", "none");
  return folder;
}

test("every command has a call here", () => {
  expect(Object.keys(CALLS).toSorted()).toEqual(listCommands().map((command) => command.name()).toSorted());
});

const FORMATS = [[], ["--json"]];
/** Who answers a request is on its record, and told with it. */
const REPEATED: ReadonlySet<string> = new Set(["--actor"]);

/** Every call with the odd text in the place of one option's or argument's value. */
function callsWith(odd: string): readonly (readonly [name: string, call: readonly string[]])[] {
  return listCommands().flatMap((command) => {
    const call = CALLS[command.name()] ?? null;
    if (call === null) return [];
    const options = command.options.flatMap(({ long, required }) => (required && typeof long === "string" && !REPEATED.has(long) ? [long] : []));
    return [
      ...options.map((option) => [`${command.name()} ${option}`, [...without(call, option), option, odd]] as const),
      ...command.registeredArguments.map((argument, index) => [`${command.name()} ${argument.name()}`, call.toSpliced(index + 1, 1, odd)] as const),
    ];
  });
}

/** A call without an option and its value. */
function without(call: readonly string[], option: string): readonly string[] {
  const place = call.indexOf(option);
  return place < 0 ? call : call.toSpliced(place, 2);
}

test.each(Object.entries(ODD))("%s in the place of any value ends by a code, and is not repeated", async (_what, odd) => {
  const faults: Record<string, readonly string[]> = {};
  for (const [index, [name, call]] of callsWith(odd).entries()) {
    // Each in one of its two formats; VOLENTI_FUZZ_FACTOR=2 tries both.
    for (const format of fuzzRuns(1) > 1 ? FORMATS : FORMATS.slice(index % 2, (index % 2) + 1)) {
      // What one call writes under that name is not another's to find.
      const folder = openFolder();
      const answer = await runCommand({ arguments: [...call, ...format], folder: folder.path });
      const found = faultsOf({ answer, isJson: format.length > 0 });
      if (found.length > 0) faults[[name, ...format].join(" ")] = found;
    }
  }
  expect(faults).toEqual({});
});

// Writes hostile.ndjson and hostile-expectations.json. The same on every run: `node test-fixtures/submissions/make-hostile-submissions.ts`.
import { toChangedText, type HostileCase } from "./generator/hostile-case.ts";
import { HOSTILE_MEANING_CASES } from "./generator/hostile-meaning-cases.ts";
import { HOSTILE_SHAPE_CASES } from "./generator/hostile-shape-cases.ts";
import { HOSTILE_TEXT_CASES } from "./generator/hostile-text-cases.ts";
import { writeGeneratedFiles } from "./generator/write-generated-files.ts";

const NOTHING: HostileCase = {
  name: "nothingInside",
  text: JSON.stringify({ ...(JSON.parse(toChangedText({ at: "profile", to: {} })) as object), decisions: [] }),
  path: "",
  expectedCode: "nothingToCollect",
};

/** Each line under a submission id of its own, so that no line is another's replay. */
function toLine(request: { text: string; line: number }): string {
  const id = `00000000-0000-4000-8000-${String(request.line).padStart(12, "0")}`;
  return request.text.replaceAll("00000000-0000-4000-8000-000000000001", id);
}

const cases = [...HOSTILE_TEXT_CASES, ...HOSTILE_SHAPE_CASES, ...HOSTILE_MEANING_CASES, NOTHING];
const lines = cases.map(({ text }, index) => `${toLine({ text, line: index + 1 })}\n`);
const rows = cases.map(({ name, path, expectedCode }, index) => JSON.stringify({ line: index + 1, name, path, expectedCode }));

await writeGeneratedFiles([
  { url: new URL("hostile.ndjson", import.meta.url), text: lines.join("") },
  { url: new URL("hostile-expectations.json", import.meta.url), text: `[\n  ${rows.join(",\n  ")}\n]\n` },
]);

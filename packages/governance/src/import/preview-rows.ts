import type { SubmissionPreview, Volenti } from "@volenti/core";
import { planImportRow, type ImportRequest } from "./import-rows.ts";

/** Any UUID: a preview is of nobody, and its id goes nowhere. */
const NO_ID = "00000000-0000-8000-8000-000000000000";

/** What would become of each row, as for people not yet known. Contacts nobody, writes nothing, asks no key. */
export async function* previewRows(request: {
  volenti: Volenti;
  request: Pick<ImportRequest, "map" | "rows">;
}): AsyncGenerator<SubmissionPreview, void, undefined> {
  const { volenti } = request;
  const { map, rows } = request.request;
  const importedAt = volenti.clock.now();
  for await (const { line, values } of rows) {
    const { whole, problems, remarks } = planImportRow({ values, map, volenti, importedAt });
    const preview = await volenti.preview({ submissionId: NO_ID, ...whole });
    const isRejected = problems.length > 0 || preview.outcome === "rejected";
    const outcome = isRejected ? "rejected" : "wouldDeliver";
    const told = problems.length > 0 ? problems : preview.problems;
    yield { ...preview, line, submissionId: null, outcome, problems: [...told, ...remarks] };
  }
}

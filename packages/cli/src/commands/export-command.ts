import { resolve } from "node:path";
import { createGovernance, writePortabilityCsv, type ExportReport, type PortabilityExport } from "@volenti/governance";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { withVolenti } from "../open-volenti.ts";
import { readPerson, type PersonOptions } from "../person/person-options.ts";
import { tellUnlinked } from "../person/tell-unlinked.ts";
import { ensureFree, writePrivateFile } from "../person/private-file.ts";
import { readViewer, type ViewerOptions } from "../person/viewer-options.ts";

export type ExportOptions = PersonOptions &
  ViewerOptions & { out: string; format?: "json" | "csv"; partial?: boolean; force?: boolean; locale?: string };

/** `volenti export --KIND VALUE|- --out FILE`: what a person gave, as a file that only its owner may read. */
export function exportCommand(request: { context: CommandContext; options: ExportOptions }): Promise<ExitCode> {
  const { context, options } = request;
  const { terminal, folder } = context;
  const file = { path: resolve(folder, options.out), mayReplace: options.force === true };
  return withVolenti({ context }, async ({ volenti }) => {
    const viewer = readViewer({ options, volenti });
    await ensureFree(file);
    const identifier = await readPerson({ options, terminal, volenti });
    const report = await createGovernance(volenti, viewer).export({ identifier, partial: options.partial, locale: options.locale });
    const { document } = report;
    if (document !== null) await writePrivateFile({ ...file, text: toText({ document, format: options.format ?? "json" }) });
    await writeReport({ context, report });
    return toExitCode(report);
  });
}

function toText(request: { document: PortabilityExport; format: "json" | "csv" }): string {
  const { document, format } = request;
  return format === "csv" ? writePortabilityCsv(document) : `${JSON.stringify(document, null, 2)}\n`;
}

const SENTENCES: Readonly<Record<ExportReport["outcome"], string>> = {
  exported: "Exported.",
  notFound: "No destination holds this person: no file was written.",
  conflict: "Several people match in some destination: nothing was released.",
  unlinked: "Some destination holds somebody of that identifier who is not linked: nothing was released.",
  unreachable: "Some destination could not be read: nothing was released. --partial releases the rest.",
  unverified: "It is not known that the person is asking (rights.verifyIdentity): nothing was read. Staff who saw a proof of identity open a request: volenti requests open --kind portability.",
};

async function writeReport(request: { context: CommandContext; report: ExportReport }): Promise<void> {
  const { context: { terminal, json }, report } = request;
  const { document, ...rest } = report;
  const summary = {
    ...rest,
    complete: document?.complete ?? false,
    attributes: document?.profile.length ?? 0,
    consents: document?.consents.length ?? 0,
    decisions: document?.decisions.length ?? 0,
  };
  if (json) {
    await terminal.output.writeLine(JSON.stringify(summary));
    return;
  }
  await terminal.output.writeLine(SENTENCES[report.outcome]);
  for (const { id, status, code } of report.destinations) await terminal.output.writeLine(`- ${id}: ${status}${code === null ? "" : ` (${code})`}`);
  await tellUnlinked({ terminal, destinationIds: report.destinations.filter(({ status }) => status === "unlinked").map(({ id }) => id) });
  if (report.outcome === "exported" && report.accessLog === "none") await terminal.output.writeLine("No ledger keeps an access log of this person.");
}

function toExitCode({ outcome, destinations }: ExportReport): ExitCode {
  if (destinations.some(({ status }) => status === "unreachable") && outcome !== "conflict") return EXIT_CODE.undelivered;
  return outcome === "exported" ? EXIT_CODE.delivered : EXIT_CODE.rejected;
}

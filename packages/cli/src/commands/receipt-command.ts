import { createGovernance, type ReceiptExportRequest } from "@volenti/governance";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { findDestination } from "../find-destination.ts";
import { withVolenti } from "../open-volenti.ts";
import { readReceipt } from "../verify/read-receipt.ts";

export interface ReceiptOptions {
  readonly format: ReceiptExportRequest["format"];
  readonly destination?: string;
}

/** `volenti receipt FILE|- --format kantara|dpv`: what a receipt proves, in the formats of others; nothing of one that does not hold. */
export async function receiptCommand(request: { context: CommandContext; options: ReceiptOptions; file: string }): Promise<ExitCode> {
  const { context, options, file } = request;
  const receipt = await readReceipt({ context, file });
  return withVolenti({ context }, async ({ volenti }) => {
    const { format, destination: destinationId } = options;
    if (destinationId !== undefined) findDestination({ volenti, id: destinationId });
    const { report, documents } = await createGovernance(volenti).exportReceipt({ receipt, format, destinationId });
    for (const { code, decisionId } of report.findings) context.terminal.tell(`not exported: ${code}${decisionId === undefined ? "" : ` (${decisionId})`}`);
    if (report.valid && documents.length === 0) context.terminal.tell("the receipt grants nothing, and this format knows grants alone");
    for (const document of documents) await context.terminal.output.writeLine(JSON.stringify(document, null, context.json ? 0 : 2));
    return documents.length === 0 ? EXIT_CODE.rejected : EXIT_CODE.delivered;
  });
}

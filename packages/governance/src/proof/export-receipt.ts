import type { Volenti } from "@volenti/core";
import type { ReceiptReport } from "../verify/verification-report.ts";
import { verifyReceiptText } from "../verify/verify-receipt-text.ts";
import { findRecords } from "./find-records.ts";
import { toDpvRecords } from "./to-dpv-records.ts";
import { toKantaraReceipts } from "./to-kantara-receipts.ts";

/** Which receipt is exported, and in which format. */
export interface ReceiptExportRequest {
  /** The opaque text, as `collect` returned it. */
  readonly receipt: string;
  /** `kantara`: Consent Receipt 1.1 of what was granted. `dpv`: JSON-LD by W3C DPV 2.3, laid out as ISO/IEC TS 27560 records. */
  readonly format: "kantara" | "dpv";
  /** Where the records are read. Default: the first destination that keeps every decision. */
  readonly destinationId?: string | undefined;
}

/** A receipt in a format of the outside world. */
export interface ReceiptExport {
  readonly report: ReceiptReport;
  /** Empty where the receipt does not hold, or (Kantara) grants nothing. One a notice and instant; DPV is one in all. */
  readonly documents: readonly object[];
}

/** Exports what a receipt proves; nothing of one that does not hold. */
export async function exportReceipt(request: { volenti: Volenti; request: ReceiptExportRequest }): Promise<ReceiptExport> {
  const { volenti } = request;
  const { receipt, format, destinationId } = request.request;
  const report = await verifyReceiptText({ volenti, receipt: { receipt } });
  if (!report.valid) return { report, documents: [] };
  const records = await findRecords({ volenti, decisions: report.decisions, destinationId });
  const about = { records, submissionId: report.submissionId ?? "", controller: volenti.controller, catalogue: volenti.catalogue };
  if (format === "dpv") return { report, documents: [toDpvRecords(about)] };
  return { report, documents: toKantaraReceipts({ ...about, attributes: volenti.attributes }) };
}

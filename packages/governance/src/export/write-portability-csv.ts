import { stringify } from "csv-stringify/sync";
import type { PortabilityExport } from "./portability-export.ts";

const COLUMNS = [
  "section", "name", "value", "shown", "changedAt", "sources", "channel", "status", "since", "validUntil", "purposeVersion",
  "noticeId", "noticeVersion", "noticeLocale", "decisionId", "hash",
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

/**
 * An export as one table (RFC 4180, UTF-8, CRLF): `profile`, `consent` and `decision` rows, told apart by `section`. A cell
 * that a spreadsheet would take for a formula begins with an apostrophe.
 */
export function writePortabilityCsv(document: PortabilityExport): string {
  const rows: readonly Row[] = [
    ...document.profile.map(({ attribute, value, shown, changedAt, sources }) => ({
      section: "profile",
      name: attribute,
      value: typeof value === "string" ? value : JSON.stringify(value),
      shown: String(shown),
      changedAt,
      sources: sources.join(" "),
    })),
    ...document.consents.map(({ purpose, channel, answer, decision }) => ({
      section: "consent",
      name: purpose,
      value: answer,
      channel,
      status: decision?.status ?? "",
      since: decision?.effectiveAt ?? "",
      validUntil: decision?.validUntil ?? "",
      purposeVersion: decision?.purposeVersion ?? "",
      noticeId: decision?.notice?.id ?? "",
      noticeVersion: decision?.notice?.version ?? "",
      noticeLocale: decision?.notice?.locale ?? "",
      decisionId: decision?.decisionId ?? "",
    })),
    ...document.decisions.map(({ decisionId, canonical, hash, recordedAt, sources }) => ({
      section: "decision",
      name: decisionId,
      value: canonical,
      changedAt: recordedAt,
      sources: sources.join(" "),
      decisionId,
      hash,
    })),
  ];
  return stringify([...rows], { header: true, columns: [...COLUMNS], record_delimiter: "windows", escape_formulas: true });
}

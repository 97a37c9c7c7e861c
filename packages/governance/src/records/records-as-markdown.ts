import { escapeMarkdown } from "./escape-markdown.ts";
import type { DestinationRecord, DestinationSafeguard, ProcessingRecords, PurposeRecord, RecordGap } from "./processing-records.ts";

const SAFEGUARDS: Readonly<Record<DestinationSafeguard, string>> = {
  everyDecisionKept: "keeps every decision",
  staleWritesRefused: "refuses what is older itself",
  erasureSupported: "erases on request",
  holdsKept: "keeps holds",
  accessesLogged: "keeps the access log",
  peopleListed: "lists whom it holds",
};

const GAPS: Readonly<Record<RecordGap["code"], string>> = {
  noRetention: "has no retention: no end by time",
  noRecipientCountry: "where this recipient is, and under which safeguard data goes there, is not said",
  noTransferMechanism: "lies outside the controller's region and declares no transfer mechanism",
  noSensitivity: "is an attribute of the brand's own of which no sensitivity is declared",
  noAttributes: "names no attribute that exists",
  noNotice: "no notice informs about it",
  noDataProtectionOfficer: "representative, joint controllers and data protection officer are not in the configuration (article 30(1)(a))",
  noSubjectCategories: "categories of data subjects beyond customers and prospects are not in the configuration (article 30(1)(c))",
  noSecurityMeasures: "technical and organisational measures beyond what connectors state are not in the configuration (article 30(1)(g))",
};

/** The records as a document; every text of the configuration is escaped. */
export function recordsAsMarkdown(records: ProcessingRecords): string {
  const { controller, purposes, destinations, gaps, madeAt } = records;
  const sections = [
    ["# Records of processing activities", `Made from the configuration on ${new Date(madeAt).toISOString().slice(0, 10)} (GDPR article 30(1)). Not legal advice.`],
    ["## Controller (a)", table({ head: ["name", "country", "contact", "privacy policy"], rows: [[controller.name, controller.country, controller.contact, controller.privacyPolicyUrl]] })],
    ["## Purposes (b), data (c), recipients (d)", ...purposes.map(purposeSection)],
    ["## Where data lies (d), transfers (e), safeguards (g)", destinationTable(destinations)],
    ["## Retention schedule (f)", retentionTable(purposes)],
    ["## What the configuration does not say", gaps.map(({ code, subject }) => `- ${subject === null ? "" : `${escapeMarkdown(subject)}: `}${GAPS[code]}`).join("\n")],
  ];
  return `${sections.map((section) => section.join("\n\n")).join("\n\n")}\n`;
}

function purposeSection(purpose: PurposeRecord): string {
  const labels = Object.entries(purpose.label).map(([locale, label]) => `${label} (${locale})`);
  const rows: [string, string][] = [
    ["version", purpose.version],
    ["meaning", labels.join("; ")],
    ["legal basis", purpose.basis],
    ["mechanism", purpose.mechanism],
    ["data subjects", "customers and prospects"],
    ["data", purpose.attributes.map(({ attribute, category, sensitivity }) => `${attribute} (${category}, ${sensitivity})`).join("; ")],
    ["channels", purpose.channels.join(", ") || "none"],
    ["recipients", purpose.recipients.join(", ") || "none"],
    ["notices", purpose.notices.join(", ") || "none"],
  ];
  return [`### ${escapeMarkdown(purpose.key)}`, table({ head: ["what", "says"], rows })].join("\n\n");
}

function destinationTable(destinations: readonly DestinationRecord[]): string {
  return table({
    head: ["destination", "system", "region", "transfer mechanism", "what the connector states"],
    rows: destinations.map(({ id, system, region, transferMechanism, safeguards }) => [
      id,
      system,
      region,
      transferMechanism ?? "none declared",
      safeguards.map((safeguard) => SAFEGUARDS[safeguard]).join("; "),
    ]),
  });
}

function retentionTable(purposes: readonly PurposeRecord[]): string {
  return table({
    head: ["purpose", "place", "kept for", "consent holds for"],
    rows: purposes.flatMap(({ key, retention, retentionIn, validity }) =>
      [[Object.keys(retentionIn).length === 0 ? "everywhere" : "everywhere else", retention ?? "no end by time"], ...Object.entries(retentionIn)].map(([place = "", duration = ""]) => [key, place, duration, validity ?? "its version"]),
    ),
  });
}

function table(request: { head: readonly string[]; rows: readonly (readonly string[])[] }): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(" | ")} |`;
  return [line(request.head), `|${request.head.map(() => " --- |").join("")}`, ...request.rows.map(line)].join("\n");
}

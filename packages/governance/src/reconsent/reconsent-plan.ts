import { ConnectorError, readRegimes, type GoverningRegimeRow, type Volenti } from "@volenti/core";
import type { CataloguedNotice, CataloguedPurpose } from "@volenti/core";
import { regimeRules } from "@volenti/jurisdictions";
import type { ReconsentReport, ReconsentRequest } from "./reconsent-report.ts";

/** What people are judged by. */
export interface ReconsentPlan extends Pick<ReconsentReport, "notice" | "notInNotice"> {
  /** The current version of each purpose that is asked about. */
  readonly purposes: readonly CataloguedPurpose[];
  /** The rows that forbid to ask again, as the configuration reads them, else as `@volenti/jurisdictions` has them. */
  readonly noReask: readonly GoverningRegimeRow[];
  readonly regions: Readonly<Record<string, readonly string[]>>;
}

/** Throws a `ConnectorError` `invalidInput` that names `notice` or `purpose` where the catalogue has no such one, or neither is given. */
export function planReconsent(request: { volenti: Volenti; request: ReconsentRequest }): ReconsentPlan {
  const { volenti, request: { notice, purpose } } = request;
  if (notice === undefined && purpose === undefined) throw invalid("notice");
  const { purposes, notices } = volenti.catalogue;
  const texts = notice === undefined ? [] : notices.filter(({ id, version }) => id === notice.id && version === notice.version);
  if (notice !== undefined && texts.length === 0) throw invalid("notice");
  const names = [...new Set(texts.flatMap((text) => text.purposes))];
  const keys = notice === undefined ? null : new Set(names.map((name) => name.split("@")[0] ?? ""));
  const current = purposes.filter((candidate) => candidate.current && (keys === null || keys.has(candidate.key)) && (purpose === undefined || candidate.key === purpose));
  if (current.length === 0) throw invalid("purpose");
  const regimes = volenti.regimes ?? { rules: regimeRules };
  return {
    notice: notice === undefined ? null : { ...notice, locales: texts.map(({ locale }) => locale) },
    purposes: current,
    notInNotice: notice === undefined ? [] : current.flatMap(({ key, version }) => (isNamed({ key, version, texts, purposes }) ? [] : [key])),
    noReask: readRegimes(regimes).filter(({ row }) => row.rule.about === "noReask"),
    regions: regimes.rules.regions,
  };
}

/** Whether every text of the notice names this version: a bare key means the first that the configuration lists. */
function isNamed(request: { key: string; version: string; texts: readonly CataloguedNotice[]; purposes: readonly CataloguedPurpose[] }): boolean {
  const { key, version, texts, purposes } = request;
  const first = purposes.find((candidate) => candidate.key === key)?.version;
  return texts.every((text) => text.purposes.includes(`${key}@${version}`) || (first === version && text.purposes.includes(key)));
}

function invalid(fieldName: string): ConnectorError {
  return new ConnectorError({ code: "invalidInput", connectorId: "governance", operation: "reconsent", fieldNames: [fieldName] });
}

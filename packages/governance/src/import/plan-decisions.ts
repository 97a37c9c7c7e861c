import type { Catalogue, Problem, Volenti } from "@volenti/core";
import { endsPermission, type CataloguedNotice, type ConsentStatus } from "@volenti/core/adapter";
import type { ImportDecision, ImportMap } from "./import-map-schema.ts";
import { readDate, readField, readText, type ImportFields } from "./read-field.ts";

/** A decision of a row, as a submission says it. */
export interface PlannedDecision {
  readonly refuses: boolean;
  /** Epoch milliseconds; null: the list does not say, which only a refusal survives. */
  readonly at: number | null;
  readonly actor: string;
  readonly decision: {
    readonly purpose: string;
    readonly channel?: string;
    readonly recipients?: readonly string[];
    readonly status: ConsentStatus;
    readonly notice: string;
    readonly noticeVersion: string;
    readonly locale: string;
    readonly method: string;
    readonly confirmation?: { readonly state: "confirmed"; readonly sentAt: string; readonly confirmedAt: string; readonly via?: string };
  };
}

interface RowDecisions {
  readonly decisions: readonly PlannedDecision[];
  readonly problems: readonly Problem[];
  readonly remarks: readonly Problem[];
}

const ACTORS: ReadonlySet<string> = new Set(["subject", "guardian", "agent", "staff", "signal", "system"]);
const METHOD_OF_REFUSALS = "import";

/**
 * What a row decides. A refusal always counts, whatever it lacks; anything else counts only with who, when, how, and under
 * which notice that the catalogue knows, and is otherwise not recorded, so that nothing stands.
 */
export function planDecisions(request: {
  fields: ImportFields;
  map: ImportMap;
  volenti: Pick<Volenti, "catalogue">;
  importedAt: number;
}): RowDecisions {
  const decisions: PlannedDecision[] = [];
  const problems: Problem[] = [];
  const remarks: Problem[] = [];
  for (const [index, mapped] of request.map.decisions.entries()) {
    const path = `decisions[${index}]`;
    const status = readStatus({ mapped, fields: request.fields });
    if (status === "unknownWord") problems.push({ path: `${path}.status`, code: status });
    else if (status !== null) {
      const proof = readProof({ ...request, mapped });
      if (endsPermission(status)) {
        const refusal = planRefusal({ mapped, status, proof, catalogue: request.volenti.catalogue });
        if (refusal === null) problems.push({ path: `${path}.purpose`, code: "noNotice" });
        else decisions.push(refusal);
      } else if (isComplete(proof)) decisions.push(planProved({ mapped, status, proof }));
      else remarks.push(...proof.missing.map((member) => ({ path: `${path}.proof.${member}`, code: "grantWithoutProof" })));
    }
  }
  return { decisions, problems, remarks };
}

function readStatus(request: { mapped: ImportDecision; fields: ImportFields }): ConsentStatus | null | "unknownWord" {
  const { column, values } = request.mapped.status;
  const word = readField({ column, fields: request.fields });
  if (Object.hasOwn(values, word)) return values[word] ?? null;
  return word === "" ? null : "unknownWord";
}

interface Proof {
  readonly actor: string | null;
  readonly at: number | null;
  readonly notice: CataloguedNotice | null;
  readonly method: string | null;
  /** Names of the proof's members that the row lacks, or that say nothing we know. */
  readonly missing: readonly string[];
}

type CompleteProof = Proof & { readonly actor: string; readonly at: number; readonly notice: CataloguedNotice; readonly method: string };

function isComplete(proof: Proof): proof is CompleteProof {
  return proof.missing.length === 0;
}

function readProof(request: {
  fields: ImportFields;
  mapped: ImportDecision;
  volenti: Pick<Volenti, "catalogue">;
  importedAt: number;
}): Proof {
  const { fields, mapped, volenti, importedAt } = request;
  const textOf = (member: "actor" | "notice" | "noticeVersion" | "locale" | "method"): string | null => {
    const read = readText({ source: mapped.proof[member], fields });
    return read === "unknownWord" ? null : read.text;
  };
  const date = readDate({ source: mapped.proof.givenAt, fields });
  // What lies ahead proves nothing.
  const at = typeof date === "number" && date <= importedAt ? date : null;
  const named = textOf("actor");
  const actor = named !== null && ACTORS.has(named) ? named : null;
  const [id, version, locale] = [textOf("notice"), textOf("noticeVersion"), textOf("locale")];
  const notice = volenti.catalogue.notices.find((candidate) => candidate.id === id && candidate.version === version && candidate.locale === locale);
  const known = notice !== undefined && isAbout({ notice, purpose: mapped.purpose }) ? notice : null;
  const method = textOf("method");
  const lacks = { actor: actor === null, givenAt: at === null, notice: known === null, method: method === null };
  const missing = Object.entries(lacks).flatMap(([member, isMissing]) => (isMissing ? [member] : []));
  return { actor, at, notice: known, method, missing };
}

function isAbout(request: { notice: CataloguedNotice; purpose: string }): boolean {
  const { notice, purpose } = request;
  return notice.purposes.some((name) => name === purpose || name.startsWith(`${purpose}@`));
}

/** Null where no notice of the catalogue is about the purpose: a record of it could not be made. */
function planRefusal(request: {
  mapped: ImportDecision;
  status: ConsentStatus;
  proof: Proof;
  catalogue: Catalogue;
}): PlannedDecision | null {
  const { mapped, status, proof, catalogue } = request;
  const notice = proof.notice ?? catalogue.notices.findLast((candidate) => isAbout({ notice: candidate, purpose: mapped.purpose }));
  if (notice === undefined) return null;
  const { at, actor } = proof;
  const method = proof.method ?? METHOD_OF_REFUSALS;
  return { refuses: true, at, actor: actor ?? "subject", decision: { ...keyOf(mapped), status, ...noticeOf(notice), method } };
}

function planProved(request: { mapped: ImportDecision; status: ConsentStatus; proof: CompleteProof }): PlannedDecision {
  const { mapped, status, proof } = request;
  const { at, actor, notice, method } = proof;
  const givenAt = new Date(at).toISOString();
  const via = mapped.channel === undefined ? {} : { via: mapped.channel };
  const confirmation = status === "confirmed" ? { confirmation: { state: "confirmed", sentAt: givenAt, confirmedAt: givenAt, ...via } as const } : {};
  return { refuses: false, at, actor, decision: { ...keyOf(mapped), status, ...noticeOf(notice), method, ...confirmation } };
}

function keyOf({ purpose, channel, recipients }: ImportDecision): Pick<PlannedDecision["decision"], "purpose" | "channel" | "recipients"> {
  return { purpose, ...(channel === undefined ? {} : { channel }), ...(recipients === undefined ? {} : { recipients }) };
}

function noticeOf({ id, version, locale }: CataloguedNotice): Pick<PlannedDecision["decision"], "notice" | "noticeVersion" | "locale"> {
  return { notice: id, noticeVersion: version, locale };
}

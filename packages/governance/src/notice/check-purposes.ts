import { concernsChannel, concernsPurpose, readPurpose, strictest, type CataloguedPurpose, type PurposeDemand, type Volenti } from "@volenti/core";
import { matchesAnyAttribute } from "@volenti/core/adapter";
import type { ServedRow } from "./served-rows.ts";
import type { RegimeFinding } from "./regime-finding.ts";

/** What nobody can tell of a purpose, whatever the law. */
export function checkPurposes(request: { volenti: Volenti; purposes: readonly CataloguedPurpose[] }): readonly RegimeFinding[] {
  const { volenti, purposes } = request;
  const { sensitivePurposes } = volenti.rights;
  const undeclared = [...volenti.attributes].filter(([, { sensitivity }]) => sensitivity === "undeclared").map(([name]) => name);
  return purposes.flatMap((purpose) => {
    const subject = `purposes.${purpose.key}`;
    const isUnknown = readPurpose({ purpose, sensitivePurposes }).kind === null;
    const open = sensitivePurposes.includes(purpose.key) ? [] : undeclared.filter((attribute) => matchesAnyAttribute({ patterns: purpose.attributes, attribute }));
    return [
      ...(isUnknown ? [{ code: "purposeKindUnknown", subject: `${subject}.kind`, detail: "", ...NOBODY } as const] : []),
      ...(open.length > 0 ? [{ code: "sensitivityUndeclared", subject, detail: open.join(", "), ...NOBODY } as const] : []),
    ];
  });
}

const NOBODY = { law: null, places: [], row: null } as const;

/** Compares a purpose with one row. What asks for a kind is left alone where the kind is unknown: that is a finding of its own. */
export function checkPurposeRow(request: { volenti: Volenti; purpose: CataloguedPurpose; row: ServedRow }): readonly RegimeFinding[] {
  const { volenti, purpose, row: served } = request;
  const { row } = served;
  const reading = readPurpose({ purpose, sensitivePurposes: volenti.rights.sensitivePurposes });
  const isAsked = concernsPurpose({ row, reading }) && (reading.kind !== null || !asksForKind(request));
  const isMeant = purpose.channels.length === 0 ? concernsChannel({ row, channel: undefined }) : purpose.channels.some((channel) => concernsChannel({ row, channel }));
  if (!isAsked || !isMeant) return [];
  const found = { subject: `purposes.${purpose.key}`, law: row.law, places: served.served, row } as const;
  if (row.rule.about === "mechanism" && isWeaker({ purpose, wanted: row.rule.mechanism })) return [{ ...found, code: "mechanismTooWeak", detail: row.rule.mechanism }];
  if (row.rule.about === "basis" && row.rule.unknownBases.includes(purpose.basis)) return [{ ...found, code: "basisUnknown", detail: purpose.basis }];
  // Demands of a regime that the configuration names hold by themselves.
  if (row.rule.about !== "demand" || volenti.regimes !== null || purpose.mechanism !== "optIn") return [];
  const lacking = lackingIn({ wanted: row.rule.demand, purpose, people: served.people });
  return lacking.length === 0 ? [] : [{ ...found, code: "demandNotMade", detail: lacking.join(", ") }];
}

function asksForKind({ purpose, row: { row } }: { purpose: CataloguedPurpose; row: ServedRow }): boolean {
  return !concernsPurpose({ row, reading: { kind: "legalCompliance", aspects: purpose.recipients.length > 0 ? ["disclosure"] : [] } });
}

const STRENGTH = { noticeOnly: 0, optOut: 1, optIn: 2 } as const;

function isWeaker(request: { purpose: CataloguedPurpose; wanted: "optIn" | "optOut" }): boolean {
  return STRENGTH[request.purpose.mechanism] < STRENGTH[request.wanted];
}

/** What a purpose's own demands lack for people of some country that is served; whether notices stand alone is told of the notices. */
function lackingIn(request: { wanted: PurposeDemand; purpose: CataloguedPurpose; people: readonly (readonly string[])[] }): readonly string[] {
  const { wanted, purpose: { demands }, people } = request;
  const lacks = people.flatMap((places) => {
    const own = strictest(["*", ...places].flatMap((place) => demands[place] ?? []));
    const flags = (["explicit", "separate", "doubleOptIn"] as const).filter((flag) => wanted[flag] === true && own[flag] !== true);
    const isYounger = (wanted.guardianBelow ?? 0) > (own.guardianBelow ?? 0);
    return [...flags, ...(isYounger ? [`guardianBelow ${String(wanted.guardianBelow)}`] : [])];
  });
  return [...new Set(lacks)];
}

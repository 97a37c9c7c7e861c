import type { JsonValue } from "@volenti/core/adapter";
import {
  CONSENT_OBJECT,
  DECISION_FIELDS,
  DECISION_OBJECT,
  KEY_FIELD,
  REF_FIELD,
  type RULE_MARKERS,
  STATE_FIELDS,
  SUBJECT_REF_FIELD,
  TEST_FIELD,
} from "../schema/names.ts";
import type { Settings } from "../settings.ts";

/** One upsert of the probe, and what the org has to say to it. */
export interface ProbeStep {
  readonly objectName: string;
  readonly keyField: string;
  readonly key: string;
  readonly fields: { readonly [field: string]: JsonValue };
  readonly expects: "written" | keyof typeof RULE_MARKERS;
  /** What is proven by it: `ContactPointTypeConsent.VolentiStaleWrite`. */
  readonly proves: string;
}

/** The names under which a probe lies in the org for a moment. */
export interface ProbeNames {
  readonly ref: string;
  readonly stateKey: string;
  readonly decisionId: string;
}

const ENDS_PERMISSION = 2 ** 48;
/** Of the size of real instants and of real stamps, and one or two apart: a rule that rounds does not pass. */
const EARLY = 1_700_000_000_001;
const LATE = 1_700_000_000_003;
const EARLY_STAMP = 3_500_000_000_000_001;
const LATE_STAMP = 3_500_000_000_000_003;

/** In order: a newer decision over an older one, then everything that must not pass. */
export function probeSteps(request: { settings: Settings; names: ProbeNames }): readonly ProbeStep[] {
  const { settings, names } = request;
  return [...consentSteps(names), ...(settings.decisionLog ? decisionSteps(names) : []), ...profileSteps(request)];
}

const STALE_WRITE = `${CONSENT_OBJECT}.VolentiStaleWrite`;
export const IMMUTABLE = `${DECISION_OBJECT}.VolentiImmutable`;

function consentSteps(names: ProbeNames): ProbeStep[] {
  const { ref, stateKey } = names;
  const person: ProbeStep = {
    objectName: "Individual",
    keyField: REF_FIELD,
    key: ref,
    fields: { LastName: "Volenti probe", [TEST_FIELD]: true },
    expects: "written",
    proves: STALE_WRITE,
  };
  const consent = (decision: { id: string; at: number; isGrant: boolean; expects: ProbeStep["expects"] }): ProbeStep => ({
    objectName: CONSENT_OBJECT,
    keyField: KEY_FIELD,
    key: stateKey,
    fields: {
      Name: "Volenti probe",
      Party: { [REF_FIELD]: ref },
      ContactPointType: "Email",
      PrivacyConsentStatus: decision.isGrant ? "OptIn" : "OptOut",
      [SUBJECT_REF_FIELD]: ref,
      [TEST_FIELD]: true,
      [STATE_FIELDS.purpose]: "volenti.probe",
      [STATE_FIELDS.channel]: "email",
      [STATE_FIELDS.status]: decision.isGrant ? "given" : "refused",
      [STATE_FIELDS.decisionId]: decision.id,
      [STATE_FIELDS.effectiveAt]: decision.at,
      [STATE_FIELDS.tieBreak]: decision.isGrant ? 0 : ENDS_PERMISSION,
    },
    expects: decision.expects,
    proves: STALE_WRITE,
  });
  return [
    person,
    consent({ id: "probe-grant", at: EARLY, isGrant: true, expects: "written" }),
    consent({ id: "probe-refusal", at: LATE, isGrant: false, expects: "written" }),
    consent({ id: "probe-older", at: LATE - 1, isGrant: true, expects: "superseded" }),
    consent({ id: "probe-tied", at: LATE, isGrant: true, expects: "superseded" }),
    consent({ id: "probe-refusal", at: LATE, isGrant: false, expects: "written" }),
  ];
}

function decisionSteps({ ref, decisionId }: ProbeNames): ProbeStep[] {
  const row = (request: { status: string; expects: ProbeStep["expects"] }): ProbeStep => ({
    objectName: DECISION_OBJECT,
    keyField: DECISION_FIELDS.decisionId,
    key: decisionId,
    fields: {
      [SUBJECT_REF_FIELD]: ref,
      [TEST_FIELD]: true,
      [DECISION_FIELDS.purpose]: "volenti.probe",
      [DECISION_FIELDS.status]: request.status,
      [DECISION_FIELDS.occurredAt]: "2026-01-01T00:00:00.250Z",
    },
    expects: request.expects,
    proves: IMMUTABLE,
  });
  return [row({ status: "given", expects: "written" }), row({ status: "given", expects: "written" }), row({ status: "refused", expects: "immutable" })];
}

function profileSteps(request: { settings: Settings; names: ProbeNames }): ProbeStep[] {
  const { settings, names } = request;
  const { objectName, recordTypeId, constants, fields } = settings.profile;
  const [attribute] = fields.values();
  const [flag] = settings.optOutFlags.values();
  const row = (step: { fields: ProbeStep["fields"]; expects: ProbeStep["expects"]; rule: string }): ProbeStep => ({
    objectName,
    keyField: REF_FIELD,
    key: names.ref,
    fields: step.fields,
    expects: step.expects,
    proves: `${objectName}.${step.rule}`,
  });
  const stamps = [
    ...(attribute === undefined ? [] : [{ field: attribute.stampField, rule: "VolentiStaleProfile" }]),
    ...(flag === undefined ? [] : [{ field: flag.stampField, rule: "VolentiStaleOptOut" }]),
  ];
  const base = { ...constants, ...(recordTypeId === null ? {} : { RecordTypeId: recordTypeId }), LastName: "Volenti probe", [TEST_FIELD]: true };
  return stamps.flatMap(({ field, rule }) => [
    row({ fields: { ...base, [field]: LATE_STAMP }, expects: "written", rule }),
    row({ fields: { [field]: EARLY_STAMP }, expects: "superseded", rule }),
  ]);
}

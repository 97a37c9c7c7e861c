import { ConnectorError, toHexadecimal, type ConnectionFindingV1, type ConnectionReportV1 } from "@volenti/core/adapter";
import { readFaults } from "../error/fault.ts";
import { ruleMarkerOf } from "../error/rule-marker-of.ts";
import { sendComposite, type SubrequestAnswer } from "../intake/send-composite.ts";
import { fieldName, soql } from "../query/soql.ts";
import { CONSENT_OBJECT, DECISION_FIELDS, DECISION_OBJECT, KEY_FIELD, REF_FIELD, STATE_FIELDS } from "../schema/names.ts";
import type { SalesforceRow, SalesforceSession } from "../transport/salesforce-session.ts";
import { errorFinding, info, nameAll, warning } from "./finding.ts";
import { distrustRules } from "./guard-of.ts";
import { IMMUTABLE, probeSteps, type ProbeNames, type ProbeStep } from "./probe-steps.ts";

const OPERATION = "selfTest";

/**
 * Proves that the org itself refuses what is older: writes a test person of random names, lets them be overtaken, and
 * removes them again. Three calls and four deletions. Rejects only when the org cannot be asked.
 */
export async function proveGuards(session: SalesforceSession): Promise<ConnectionReportV1> {
  const { crypto } = session.context(OPERATION);
  const random = (): string => toHexadecimal(crypto.randomBytes(20));
  const names: ProbeNames = { ref: `probe-${random()}`, stateKey: `probe-${random()}`, decisionId: `probe-${random()}` };
  try {
    const steps = probeSteps({ settings: session.settings, names });
    const answers = await writeSteps({ session, steps });
    const staff = await proveStaffEdits({ session, names });
    const left = await removeProbe({ session, names });
    return { findings: [...judge({ session, steps, answers }), ...staff, ...left] };
  } catch (error) {
    await removeProbe({ session, names }).catch(() => []);
    throw error;
  }
}

async function writeSteps(request: { session: SalesforceSession; steps: readonly ProbeStep[] }): Promise<readonly SubrequestAnswer[]> {
  const { session, steps } = request;
  const subrequests = steps.map(({ objectName, keyField, key, fields }, index) => ({
    method: "PATCH" as const,
    path: ["sobjects", objectName, keyField, key],
    body: fields,
    referenceId: `step${index}`,
  }));
  return sendComposite({ session, operation: OPERATION, isUrgent: false, subrequests, changes: true });
}

/** A rule is proven where every step of it went as it has to. */
function judge(request: { session: SalesforceSession; steps: readonly ProbeStep[]; answers: readonly SubrequestAnswer[] }): ConnectionFindingV1[] {
  const { session, steps, answers } = request;
  const rules = [...new Set(steps.map(({ proves }) => proves))];
  const failures = rules.map((rule) => ({
    rule,
    problem: steps.flatMap((step, index) => (step.proves === rule ? problemOf({ step, answer: answers[index] }) : []))[0],
  }));
  const proven = failures.filter(({ problem }) => problem === undefined).map(({ rule }) => rule);
  if (failures.some(({ rule, problem }) => problem !== undefined && rule !== IMMUTABLE)) distrustRules(session);
  return [
    ...failures.flatMap(({ rule, problem }) => (problem === undefined ? [] : [tellUnproven({ session, rule, problem })])),
    ...(proven.length === 0 ? [] : [info("guardProven", `The org itself refuses what is older or changed; a probe proved ${nameAll(proven)}.`)]),
  ];
}

function problemOf(request: { step: ProbeStep; answer: SubrequestAnswer | undefined }): string[] {
  const { step, answer } = request;
  const isWritten = answer !== undefined && answer.status < 300;
  if (step.expects === "written") return isWritten ? [] : [`could not be tried, because the probe was refused (${codeOf(answer)})`];
  if (isWritten) return ["did not refuse what it has to refuse"];
  const errors = Array.isArray(answer?.body) ? answer.body : [];
  return ruleMarkerOf(errors) === step.expects ? [] : [`could not be told, because something else refused the probe (${codeOf(answer)})`];
}

/** Salesforce's own code, never its message. */
function codeOf(answer: SubrequestAnswer | undefined): string {
  return readFaults(answer?.body ?? [])[0]?.code ?? "NO_ANSWER";
}

function tellUnproven(request: { session: SalesforceSession; rule: string; problem: string }): ConnectionFindingV1 {
  const { session, rule, problem } = request;
  const deploy = "Deploy force-app, or run `volenti provision` with --apply, and see that the rule is active";
  if (rule === IMMUTABLE) return errorFinding("guardUnproven", `The validation rule ${rule} ${problem}: recorded decisions could be changed. ${deploy}.`);
  const isReading = session.settings.staleWriteGuard === "readThenWrite";
  const tell = isReading ? warning : errorFinding;
  const way = isReading ? "Every write reads first, which holds for one process alone" : 'or set staleWriteGuard: "readThenWrite", which holds for one process alone';
  return tell("guardUnproven", `The validation rule ${rule} ${problem}. ${deploy}; ${way}.`);
}

/** As an agent would: the status alone changes, and the flow has to make a decision of it. */
async function proveStaffEdits(request: { session: SalesforceSession; names: ProbeNames }): Promise<ConnectionFindingV1[]> {
  const { session, names } = request;
  const query = soql`SELECT ${fieldName(STATE_FIELDS.decisionId)} FROM ContactPointTypeConsent WHERE ${fieldName(KEY_FIELD)} = ${names.stateKey}`;
  const answers = await sendComposite({
    session,
    operation: OPERATION,
    isUrgent: false,
    changes: true,
    subrequests: [
      { method: "PATCH", path: ["sobjects", CONSENT_OBJECT, KEY_FIELD, names.stateKey], body: { PrivacyConsentStatus: "OptIn" }, referenceId: "edit" },
      { method: "GET", path: ["query"], query: { q: query.text }, referenceId: "look" },
    ],
  });
  const { records } = (answers[1]?.body ?? {}) as { records?: readonly SalesforceRow[] };
  const decisionId = records?.[0]?.[STATE_FIELDS.decisionId];
  if (typeof decisionId === "string" && decisionId.startsWith("staff-")) {
    return [info("staffEditsProven", "What people change in Salesforce is dated by the flow; a probe proved it.")];
  }
  return [
    warning(
      "staffEditsUnproven",
      "A consent that a person changes in Salesforce is not dated, and something older could undo it: Setup → Flows → VolentiConsentStaffEdits → Activate.",
    ),
  ];
}

/** Children before parents; what cannot be removed is named, so that somebody can. */
async function removeProbe(request: { session: SalesforceSession; names: ProbeNames }): Promise<ConnectionFindingV1[]> {
  const { session, names } = request;
  const { settings } = session;
  const rows = [
    [CONSENT_OBJECT, KEY_FIELD, names.stateKey],
    ...(settings.decisionLog ? [[DECISION_OBJECT, DECISION_FIELDS.decisionId, names.decisionId]] : []),
    [settings.profile.objectName, REF_FIELD, names.ref],
    ["Individual", REF_FIELD, names.ref],
  ];
  const left: string[] = [];
  for (const path of rows) {
    try {
      await session.call({ operation: OPERATION, method: "DELETE", path: ["sobjects", ...path], changes: true, accepts: [404] });
    } catch (error) {
      if (!ConnectorError.isInstance(error)) throw error;
      left.push(path.join("/"));
    }
  }
  return left.length === 0 ? [] : [warning("probeLeft", `The probe could not be removed whole; delete by hand, or erase test data: ${nameAll(left)}.`)];
}

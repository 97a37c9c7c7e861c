import type { ConnectionFindingV1 } from "@volenti/core/adapter";
import type { FieldDescription } from "../provisioning/describe-object.ts";
import { unseenFields } from "../provisioning/find-missing-components.ts";
import type { OrgInspection } from "../provisioning/inspect-org.ts";
import { DECISION_OBJECT, PERMISSION_SET } from "../schema/names.ts";
import type { OrgField } from "../schema/org-model.ts";
import { errorFinding, nameAll, warning } from "./finding.ts";

const HOW_TO_PROVISION = "Run `volenti provision` with --apply, or deploy force-app; then assign the permission set";

/** What Volenti adds, compared with what the user whom we sign in as can see of it. */
export function checkAdditions(request: { inspection: OrgInspection; decisionLog: boolean }): readonly ConnectionFindingV1[] {
  const { inspection, decisionLog } = request;
  const objects = inspection.model.objects.filter(({ name }) => decisionLog || name !== DECISION_OBJECT);
  const unseenObjects = objects.filter(({ name }) => inspection.descriptions.get(name) === null).map(({ name }) => name);
  const pairs = objects.flatMap(({ name, fields }) => {
    const described = inspection.descriptions.get(name);
    return described === null || described === undefined
      ? []
      : fields.map((field) => ({ fullName: `${name}.${field.name}`, field, found: described.fields.get(field.name) }));
  });
  return [
    ...tellUnseen({ names: [...unseenObjects, ...pairs.flatMap(({ fullName, found }) => (found === undefined ? [fullName] : []))], inspection }),
    ...tellReadOnly([
      ...objects.map(({ name }) => name).filter((name) => isReadOnly(inspection.descriptions.get(name))),
      ...pairs.flatMap(({ fullName, found }) => (isReadOnly(found) ? [fullName] : [])),
    ]),
    ...pairs.flatMap(({ fullName, field, found }) => (found === undefined ? [] : compareField({ fullName, field, found }))),
    ...tellAutomation(inspection),
  ];
}

/** Describes leave out what is hidden as if it did not exist; the revision of the permission set tells the two apart. */
function tellUnseen(request: { names: readonly string[]; inspection: OrgInspection }): ConnectionFindingV1[] {
  const { names, inspection } = request;
  if (names.length === 0) return [];
  if (inspection.automation.revision === "current") {
    return [
      errorFinding(
        "notProvisioned",
        `Hidden from the user that Volenti signs in as: ${nameAll(names)}. Setup → Permission Sets → ${PERMISSION_SET} → Manage Assignments → add that user.`,
      ),
    ];
  }
  return [errorFinding("notProvisioned", `Missing, or hidden by field-level security: ${nameAll(names)}. ${HOW_TO_PROVISION} ${PERMISSION_SET} to the user that Volenti signs in as.`)];
}

function isReadOnly(found: { readonly isCreateable: boolean; readonly isUpdateable: boolean } | null | undefined): boolean {
  return found !== undefined && found !== null && !(found.isCreateable && found.isUpdateable);
}

function tellReadOnly(names: readonly string[]): ConnectionFindingV1[] {
  if (names.length === 0) return [];
  return [errorFinding("notEditable", `Read-only for the user that Volenti signs in as: ${nameAll(names)}. Assign the permission set ${PERMISSION_SET} to it.`)];
}

function compareField(request: { fullName: string; field: OrgField; found: FieldDescription }): ConnectionFindingV1[] {
  const { fullName, field, found } = request;
  const { type } = field;
  const [object = ""] = fullName.split(".");
  const where = `Setup → Object Manager → ${object} → Fields & Relationships → ${field.label} → Edit`;
  const wanted = type.kind === "text" || type.kind === "longText" ? type.length : 0;
  return [
    ...(found.length < wanted ? [errorFinding("fieldTooShort", `${fullName} holds ${found.length} characters and needs ${wanted}: ${where} → Length.`)] : []),
    ...(type.kind === "number" && (found.precision < 18 || found.scale !== 0)
      ? [errorFinding("fieldTooShort", `${fullName} has to be a Number of 18 digits with no decimals: ${where}.`)]
      : []),
    ...(type.kind === "text" && type.isUnique && !found.isUnique
      ? [errorFinding("notUnique", `${fullName} allows the same value twice, so that a customer or a decision may be doubled: ${where} → tick Unique.`)]
      : []),
    ...(type.kind === "text" && type.isExternalId && !found.isExternalId
      ? [errorFinding("notExternalId", `${fullName} is no external id, and rows cannot be found by it: ${where} → tick External ID.`)]
      : []),
  ];
}

/** Only where the org was asked and answered; `volenti doctor` proves the rest with a probe. */
function tellAutomation({ model, descriptions, automation, missing }: OrgInspection): ConnectionFindingV1[] {
  // Where the fields are missing the rules are too, and one remedy serves both.
  if (unseenFields({ model, descriptions }).length > 0) return [];
  const rules = missing.filter(({ type, fullName }) => type === "ValidationRule" && automation.activeRules?.has(fullName) === false);
  const flows = missing.filter(({ type, fullName }) => type === "Flow" && automation.activeFlows?.has(fullName) === false);
  return [
    ...rules.map(({ fullName }) => {
      const [object = "", rule = ""] = fullName.split(".");
      return errorFinding(
        "ruleInactive",
        `The validation rule ${fullName} is missing or switched off, and what it has to refuse gets through: Setup → Object Manager → ${object} → Validation Rules → ${rule} → tick Active, or run \`volenti provision\` with --apply.`,
      );
    }),
    ...flows.map(({ fullName }) =>
      warning(
        "flowInactive",
        `The flow ${fullName} is missing or not active: what people change in Salesforce is not dated, and may be overwritten. Setup → Flows → ${fullName} → Activate.`,
      ),
    ),
    ...(automation.revision === "other"
      ? [warning("additionsOutdated", "The org has another revision of Volenti's fields and rules than these settings need. Run `volenti provision` with --apply.")]
      : []),
  ];
}

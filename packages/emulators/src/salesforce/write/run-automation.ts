import type { Access } from "../access/access.ts";
import { evaluateFormula } from "../formula/evaluate-formula.ts";
import { FormulaError } from "../formula/formula-error.ts";
import type { FormulaRow } from "../formula/formula-row.ts";
import { runBeforeSave } from "../flow/run-before-save.ts";
import { findField } from "../schema/find-object.ts";
import type { ObjectSchema } from "../schema/org-schema.ts";
import { checkValue } from "./check-value.ts";
import { parseValue } from "./parse-value.ts";
import type { Changes } from "./read-changes.ts";
import { rowError, type RowError } from "./row-error.ts";

interface AutomationRequest {
  readonly object: ObjectSchema;
  readonly access: Access;
  readonly row: FormulaRow;
  readonly now: number;
}

/** What active before-save flows assign, one flow after the other. `apply` makes each visible to the next. */
export function runFlows(request: AutomationRequest & { apply: (assigned: Changes) => void }): RowError | null {
  const { object, row, now, apply } = request;
  for (const flow of object.beforeSaveFlows.values()) {
    if (!flow.isActive) continue;
    try {
      const assigned = runBeforeSave({ flow, row, now });
      const { changes, error } = toChanges({ ...request, assigned });
      if (error !== null) return error;
      apply(changes);
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      return rowError({
        statusCode: "CANNOT_EXECUTE_FLOW_TRIGGER",
        message: `We can't save this record because the “${flow.name}” process failed. ${error.message}`,
      });
    }
  }
  return null;
}

function toChanges(request: AutomationRequest & { assigned: Readonly<Record<string, unknown>> }): { changes: Changes; error: RowError | null } {
  const { object, access, assigned } = request;
  const changes: Changes = {};
  for (const [name, value] of Object.entries(assigned)) {
    const field = findField({ object, name });
    if (field === undefined) return { changes, error: rowError({ statusCode: "CANNOT_EXECUTE_FLOW_TRIGGER", message: `No such field ${name}` }) };
    const parsed = field.type === "boolean" && value === null ? false : parseValue({ field, value, acceptsTexts: true });
    const checked = checkValue({ field, value: parsed, apiVersion: access.apiVersion });
    if (checked.error !== null) return { changes, error: checked.error };
    changes[field.name] = checked.value;
  }
  return { changes, error: null };
}

/** Every active validation rule whose condition holds. A formula that cannot be evaluated refuses the row. */
export function runValidationRules(request: AutomationRequest): readonly RowError[] {
  const { object, row, now } = request;
  const errors: RowError[] = [];
  for (const rule of object.validationRules.values()) {
    if (!rule.isActive) continue;
    const fields = rule.errorDisplayField === null ? [] : [rule.errorDisplayField];
    try {
      const isBroken = evaluateFormula({ source: rule.errorConditionFormula, row, now }) === true;
      if (isBroken) errors.push(rowError({ statusCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION", message: rule.errorMessage, fields }));
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      errors.push(rowError({
        statusCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
        message: `The formula in the "${rule.fullName}" validation rule is invalid due to the following: ${error.message}`,
        fields,
      }));
    }
  }
  return errors;
}

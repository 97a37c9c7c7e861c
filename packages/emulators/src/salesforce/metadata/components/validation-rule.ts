import { checkFormulaSource } from "../../formula/check-formula-source.ts";
import { createFieldTypes } from "../../formula/find-schema-field.ts";
import { FormulaError } from "../../formula/formula-error.ts";
import { findField } from "../../schema/find-object.ts";
import type { ValidationRule } from "../../schema/org-schema.ts";
import { ownNameOf, parentOf } from "../component.ts";
import { boolean, optional, recordOf, required, string } from "../read-metadata.ts";
import { changeOf, checkLength, checkName, refuse, requireObject, type ComponentDeployer } from "./deploy-request.ts";

const MOST_CHARACTERS = 3900;

/** The members of `ValidationRule` that the Metadata API's WSDL lists. */
export const readValidationRule = recordOf({
  type: "ValidationRule",
  members: {
    active: required(boolean),
    description: optional(string),
    errorConditionFormula: required(string),
    errorDisplayField: optional(string),
    errorMessage: required(string),
    fullName: optional(string),
    shouldEvaluateOnUndelete: optional(boolean),
  },
});

export const deployValidationRule: ComponentDeployer = ({ component, stage }) => {
  const object = requireObject({ stage, name: parentOf(component) });
  const fullName = ownNameOf(component);
  checkName({ name: fullName, what: "Validation Rule" });
  const { active, errorConditionFormula, errorMessage, errorDisplayField, description } = readValidationRule({
    element: component.element,
    owner: "ValidationRule",
  });
  if (errorMessage === "") refuse("Required fields are missing: [ErrorMessage]");
  checkLength({ text: errorMessage, most: 255, what: "Error Message" });
  checkLength({ text: description, most: 1000, what: "Description" });
  checkCondition({ source: errorConditionFormula, fieldType: createFieldTypes({ schema: stage.schema, object }) });
  const displayField = errorDisplayField === undefined ? null : findField({ object, name: errorDisplayField });
  if (displayField === undefined) refuse(`Invalid field name for errorDisplayField: ${errorDisplayField ?? ""}`);
  const rule: ValidationRule = { fullName, isActive: active, errorConditionFormula, errorMessage, errorDisplayField: displayField?.name ?? null, description: description ?? null };
  const before = object.validationRules.get(fullName);
  object.validationRules.set(fullName, rule);
  return changeOf({ before, after: rule });
};

function checkCondition({ source, fieldType }: { source: string; fieldType: ReturnType<typeof createFieldTypes> }): void {
  if (source.length > MOST_CHARACTERS) {
    refuse(`Formula is too long (${source.length.toLocaleString("en-US")} characters). Maximum length is 3,900 characters.`);
  }
  try {
    checkFormulaSource({ source, notation: "bare", fieldType, expected: "boolean" });
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    refuse(error.message);
  }
}

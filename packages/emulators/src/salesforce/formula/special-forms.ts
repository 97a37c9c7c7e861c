import { BLANK_FORMS } from "./blank-forms.ts";
import { CHANGE_FORMS } from "./change-forms.ts";
import { LOGICAL_FORMS } from "./logical-forms.ts";
import { PICKLIST_FORMS } from "./picklist-forms.ts";
import type { SpecialForm } from "./special-form.ts";

const FORMS: ReadonlyMap<string, SpecialForm> = new Map(
  [LOGICAL_FORMS, BLANK_FORMS, CHANGE_FORMS, PICKLIST_FORMS].flatMap((table) => Object.entries(table)),
);

/** By name in capitals. */
export function findSpecialForm(name: string): SpecialForm | undefined {
  return FORMS.get(name);
}

import { COUNTRY_FIELD, RULE_MARKERS, REF_FIELD, TEST_FIELD } from "./names.ts";
import { checkboxField, keyField, textField } from "./field-types.ts";
import type { OrgField, OrgObject, OrgRule } from "./org-model.ts";

/** The ref by which a person is known in every system, and the mark of a test: on Individual, Contact and Account. */
export const PERSON_FIELDS: readonly OrgField[] = [
  keyField({
    name: REF_FIELD,
    label: "Volenti Reference",
    help: "The customer's pseudonym in Volenti. Written by the integration; do not edit: consents would lose their owner.",
  }),
  checkboxField({
    name: TEST_FIELD,
    label: "Volenti Test",
    help: "A test customer, removed with everything that belongs to it when test data is erased.",
  }),
];

/** Who was real once is not taken for a test: erasing the tests would erase the person. */
export const REAL_PERSON_RULE: OrgRule = {
  name: "VolentiRealPerson",
  description: "A real customer is never turned into a test customer, which erasing the tests would remove.",
  formula: `AND(NOT(ISNEW()), ${TEST_FIELD}, NOT(PRIORVALUE(${TEST_FIELD})))`,
  message: `${RULE_MARKERS.realPerson}: a real customer cannot be marked as a test.`,
};

export const individualObject: OrgObject = {
  name: "Individual",
  definition: null,
  fields: [
    ...PERSON_FIELDS,
    textField({
      name: COUNTRY_FIELD,
      label: "Volenti Country",
      help: "Where the customer's last submission was made, as two letters. What is changed here is sent on by this country's rules.",
      length: 2,
    }),
  ],
  rules: [REAL_PERSON_RULE],
};

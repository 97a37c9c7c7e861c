import type { OrgField } from "./org-model.ts";

type Words = Pick<OrgField, "name" | "label" | "help">;

/** A text that names its row: looked up and upserted by, and never twice. */
export function keyField(words: Words): OrgField {
  return { ...words, type: { kind: "text", length: 64, isExternalId: true, isUnique: true } };
}

/** A text that rows are found by, and many share. */
export function lookedUpField(words: Words): OrgField {
  return { ...words, type: { kind: "text", length: 64, isExternalId: true, isUnique: false } };
}

export function textField(request: Words & { length: number }): OrgField {
  const { length, ...words } = request;
  return { ...words, type: { kind: "text", length, isExternalId: false, isUnique: false } };
}

export function numberField(words: Words): OrgField {
  return { ...words, type: { kind: "number" } };
}

export function dateTimeField(words: Words): OrgField {
  return { ...words, type: { kind: "dateTime" } };
}

export function checkboxField(words: Words): OrgField {
  return { ...words, type: { kind: "checkbox" } };
}

export function longTextField(request: Words & { length: number }): OrgField {
  const { length, ...words } = request;
  return { ...words, type: { kind: "longText", length } };
}

import type { CustomObjectDefinition, OrgField, OrgObject, OrgRule } from "../org-model.ts";
import type { MetadataComponent } from "./component.ts";
import { element, type XmlElement } from "./xml-element.ts";

/** An object of ours, the fields and the rules: each a component of its own. */
export function objectComponents(object: OrgObject): MetadataComponent[] {
  const { name, definition } = object;
  return [
    ...(definition === null ? [] : [toObject({ name, definition })]),
    ...object.fields.map((field) => toField({ object: name, field })),
    ...object.rules.map((rule) => toRule({ object: name, rule })),
  ];
}

function toObject({ name, definition }: { name: string; definition: CustomObjectDefinition }): MetadataComponent {
  return {
    type: "CustomObject",
    fullName: name,
    title: `Object ${name} (${definition.label})`,
    content: [
      element("deploymentStatus", "Deployed"),
      element("description", definition.description),
      element("enableActivities", false),
      element("enableBulkApi", true),
      element("enableFeeds", false),
      element("enableHistory", false),
      element("enableReports", true),
      element("enableSearch", true),
      element("enableSharing", true),
      element("enableStreamingApi", true),
      element("externalSharingModel", "Private"),
      element("label", definition.label),
      element("nameField", [
        element("displayFormat", definition.numberFormat),
        element("label", definition.numberLabel),
        element("type", "AutoNumber"),
      ]),
      element("pluralLabel", definition.pluralLabel),
      element("searchLayouts", []),
      element("sharingModel", "Private"),
      element("visibility", "Public"),
    ],
  };
}

function toField({ object, field }: { object: string; field: OrgField }): MetadataComponent {
  const { name, label, help } = field;
  return {
    type: "CustomField",
    fullName: `${object}.${name}`,
    title: `Field ${object}.${name} (${label})`,
    content: [element("description", help), element("inlineHelpText", help), element("label", label), ...typeElements(field)],
  };
}

function typeElements({ type }: OrgField): XmlElement[] {
  switch (type.kind) {
    case "text":
      return [
        ...(type.isUnique ? [element("caseSensitive", false)] : []),
        element("externalId", type.isExternalId),
        element("length", type.length),
        element("required", false),
        element("type", "Text"),
        element("unique", type.isUnique),
      ];
    case "number":
      return [
        element("externalId", false),
        element("precision", 18),
        element("required", false),
        element("scale", 0),
        element("type", "Number"),
        element("unique", false),
      ];
    case "checkbox":
      return [element("defaultValue", false), element("externalId", false), element("type", "Checkbox")];
    case "dateTime":
      return [element("externalId", false), element("required", false), element("type", "DateTime")];
    case "longText":
      return [element("externalId", false), element("length", type.length), element("type", "LongTextArea"), element("visibleLines", 3)];
  }
}

function toRule({ object, rule }: { object: string; rule: OrgRule }): MetadataComponent {
  return {
    type: "ValidationRule",
    fullName: `${object}.${rule.name}`,
    title: `Validation rule ${object}.${rule.name}`,
    content: [
      element("active", true),
      element("description", rule.description),
      element("errorConditionFormula", rule.formula),
      element("errorMessage", rule.message),
    ],
  };
}

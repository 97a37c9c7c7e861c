import { DECISION_OBJECT } from "../names.ts";
import type { DecisionList, DecisionPages } from "../org-model.ts";
import type { MetadataComponent } from "./component.ts";
import { element, type XmlElement } from "./xml-element.ts";

/** How an auditor reads the log: a layout without anything to edit, two lists and a tab. */
export function decisionPageComponents(pages: DecisionPages): MetadataComponent[] {
  return [
    {
      type: "Layout",
      fullName: `${DECISION_OBJECT}-${pages.layoutName}`,
      title: `Page layout ${pages.layoutName}`,
      content: [
        section({ label: "Information", columns: [["Name"], ["OwnerId"]] }),
        ...pages.sections.map(({ label, fields }) => section({ label, columns: halves(fields) })),
        section({ label: "System Information", columns: [["CreatedById"], ["LastModifiedById"]] }),
      ],
    },
    ...pages.lists.map((list) => toList(list)),
    {
      type: "CustomTab",
      fullName: pages.tab,
      title: `Tab ${pages.tab}`,
      content: [element("customObject", true), element("motif", "Custom18: Form")],
    },
  ];
}

function halves(fields: readonly string[]): [readonly string[], readonly string[]] {
  const middle = Math.ceil(fields.length / 2);
  return [fields.slice(0, middle), fields.slice(middle)];
}

function section(request: { label: string; columns: readonly (readonly string[])[] }): XmlElement {
  return element("layoutSections", [
    element("customLabel", true),
    element("detailHeading", true),
    element("editHeading", true),
    element("label", request.label),
    ...request.columns.map((fields) =>
      element(
        "layoutColumns",
        fields.map((field) => element("layoutItems", [element("behavior", field === "OwnerId" ? "Edit" : "Readonly"), element("field", field)])),
      ),
    ),
    element("style", "TwoColumnsTopToBottom"),
  ]);
}

function toList(list: DecisionList): MetadataComponent {
  return {
    type: "ListView",
    fullName: `${DECISION_OBJECT}.${list.name}`,
    title: `List view ${list.label}`,
    content: [
      ...["NAME", ...list.columns].map((column) => element("columns", column)),
      element("filterScope", "Everything"),
      ...(list.filter === null
        ? []
        : [
            element("filters", [
              element("field", list.filter.field),
              element("operation", "equals"),
              element("value", list.filter.values),
            ]),
          ]),
      element("label", list.label),
    ],
  };
}

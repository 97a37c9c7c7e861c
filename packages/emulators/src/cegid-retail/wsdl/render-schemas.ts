import { DATA_CLASSES, type DataClass } from "../contract/data-classes.ts";
import { ARRAYS_NAMESPACE, FAULT_NAMESPACE, RETAIL_NAMESPACE, SERIALIZATION_NAMESPACE } from "../contract/namespaces.ts";
import { CUSTOMER_OPERATIONS, type Operation } from "../contract/operations.ts";
import { ENUMERATIONS, isValueType, shapeOf, type Shape } from "../contract/shape.ts";

const PREFIXES: Readonly<Record<string, string>> = { [RETAIL_NAMESPACE]: "r", [FAULT_NAMESPACE]: "f", [ARRAYS_NAMESPACE]: "arrays", [SERIALIZATION_NAMESPACE]: "ser" };
const SIMPLE_NAMES = { string: "xs:string", boolean: "xs:boolean", int: "xs:int", decimal: "xs:decimal", dateTime: "xs:dateTime", guid: "ser:guid" } as const;
const IMPORTS = Object.keys(PREFIXES);

/** The schemas of every namespace, from the contract: wrappers, classes with their bases, arrays and enumerations. */
export function renderSchemas(): string {
  const retail = [
    ...CUSTOMER_OPERATIONS.flatMap(renderWrappers),
    ...renderClasses(RETAIL_NAMESPACE),
    ...listArrays().map(renderArray),
    ...Object.entries(ENUMERATIONS).map(renderEnumeration),
  ];
  const fault = [...renderClasses(FAULT_NAMESPACE), ...["BusinessFaultDetail", "CbpExceptionDetail"].map((name) => `<xs:element name="${name}" nillable="true" type="f:${name}"/>`)];
  const guid = `<xs:simpleType name="guid"><xs:restriction base="xs:string"><xs:pattern value="[\\da-fA-F]{8}-[\\da-fA-F]{4}-[\\da-fA-F]{4}-[\\da-fA-F]{4}-[\\da-fA-F]{12}"/></xs:restriction></xs:simpleType>`;
  return [
    renderSchema({ namespace: RETAIL_NAMESPACE, content: retail.join("") }),
    renderSchema({ namespace: FAULT_NAMESPACE, content: fault.join("") }),
    renderSchema({ namespace: ARRAYS_NAMESPACE, content: renderArray("ArrayOfstring") }),
    renderSchema({ namespace: SERIALIZATION_NAMESPACE, content: guid }),
  ].join("");
}

function renderSchema(request: { namespace: string; content: string }): string {
  const { namespace, content } = request;
  const imports = IMPORTS.filter((other) => other !== namespace).map((other) => `<xs:import namespace="${other}"/>`);
  const prefixes = Object.entries(PREFIXES).map(([uri, prefix]) => ` xmlns:${prefix}="${uri}"`);
  return `<xs:schema elementFormDefault="qualified" targetNamespace="${namespace}"${prefixes.join("")}>${imports.join("")}${content}</xs:schema>`;
}

function renderWrappers({ name, operands, result }: Operation): readonly string[] {
  return [
    `<xs:element name="${name}"><xs:complexType>${renderSequence(operands)}</xs:complexType></xs:element>`,
    `<xs:element name="${name}Response"><xs:complexType>${renderSequence([[`${name}Result`, result]])}</xs:complexType></xs:element>`,
  ];
}

function renderClasses(namespace: string): readonly string[] {
  return Object.entries(DATA_CLASSES)
    .filter(([, dataClass]) => dataClass.namespace === namespace)
    .map(([name, dataClass]) => `<xs:complexType name="${name}">${renderContent(dataClass)}</xs:complexType>`);
}

function renderContent(dataClass: DataClass): string {
  const sequence = renderSequence(dataClass.members);
  if (dataClass.extends === null) return sequence;
  const base = `${PREFIXES[dataClass.namespace] ?? ""}:${dataClass.extends}`;
  return `<xs:complexContent mixed="false"><xs:extension base="${base}">${sequence}</xs:extension></xs:complexContent>`;
}

function renderSequence(members: DataClass["members"]): string {
  const elements = members.map(([name, type]) => {
    const shape = shapeOf(type);
    return `<xs:element minOccurs="0" name="${name}"${isValueType(shape) ? "" : ' nillable="true"'} type="${typeOf(shape)}"/>`;
  });
  return `<xs:sequence>${elements.join("")}</xs:sequence>`;
}

function listArrays(): readonly string[] {
  const types = [...Object.values(DATA_CLASSES).flatMap(({ members }) => members.map(([, type]) => type)), ...CUSTOMER_OPERATIONS.map(({ result }) => result)];
  return [...new Set(types)].filter((type) => type.startsWith("ArrayOf") && type !== "ArrayOfstring");
}

function renderArray(name: string): string {
  const shape = shapeOf(name);
  if (shape.kind !== "array") return "";
  return `<xs:complexType name="${name}"><xs:sequence><xs:element minOccurs="0" maxOccurs="unbounded" name="${shape.itemName}" nillable="true" type="${typeOf(shape.item)}"/></xs:sequence></xs:complexType>`;
}

function renderEnumeration([name, literals]: readonly [string, readonly string[]]): string {
  const values = literals.map((literal) => `<xs:enumeration value="${literal}"/>`);
  return `<xs:simpleType name="${name}"><xs:restriction base="xs:string">${values.join("")}</xs:restriction></xs:simpleType>`;
}

function typeOf(shape: Shape): string {
  switch (shape.kind) {
    case "simple":
      return SIMPLE_NAMES[shape.type];
    case "record":
      return `${PREFIXES[DATA_CLASSES[shape.className]?.namespace ?? ""] ?? ""}:${shape.className}`;
    case "array":
      return shape.name === "ArrayOfstring" ? "arrays:ArrayOfstring" : `r:${shape.name}`;
    case "enumeration":
      return `r:${shape.name}`;
  }
}

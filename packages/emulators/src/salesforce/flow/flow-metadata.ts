import { boolean, double, ignored, integer, many, oneOf, optional, recordOf, required, string, unsupported } from "../metadata/read-metadata.ts";

const OPERATORS = [
  "None", "EqualTo", "NotEqualTo", "GreaterThan", "LessThan", "GreaterThanOrEqualTo", "LessThanOrEqualTo", "StartsWith",
  "EndsWith", "Contains", "IsNull", "IsChanged", "WasSet", "WasSelected", "WasVisited", "In", "NotIn", "IsBlank", "IsEmpty",
] as const;
const DATA_TYPES = ["Currency", "Date", "Number", "String", "Boolean", "SObject", "DateTime", "Picklist", "Multipicklist", "Apex", "Time"] as const;

const readValue = recordOf({
  type: "FlowElementReferenceOrValue",
  members: {
    apexValue: unsupported,
    booleanValue: optional(boolean),
    dateTimeValue: optional(string),
    dateValue: optional(string),
    elementReference: optional(string),
    formulaDataType: unsupported,
    formulaExpression: unsupported,
    numberValue: optional(double),
    setupReference: unsupported,
    sobjectValue: unsupported,
    stringValue: optional(string),
    transformValueReference: unsupported,
  },
});
export type FlowValueMetadata = ReturnType<typeof readValue>;

const readConnector = recordOf({
  type: "FlowConnector",
  members: { connectionSource: ignored, isGoTo: ignored, processMetadataValues: ignored, targetReference: required(string) },
});

/** What every element of a flow has. */
const NODE = {
  description: ignored,
  label: optional(string),
  locationX: required(integer),
  locationY: required(integer),
  name: required(string),
  processMetadataValues: ignored,
} as const;
const RESOURCE = { description: ignored, name: required(string), processMetadataValues: ignored } as const;

const readFilter = recordOf({
  type: "FlowRecordFilter",
  members: { field: required(string), operator: required(oneOf({ type: "FlowRecordFilterOperator", values: OPERATORS })), processMetadataValues: ignored, value: optional(readValue) },
});

const readStart = recordOf({
  type: "FlowStart",
  members: {
    capabilityTypes: unsupported,
    connector: optional(readConnector),
    description: ignored,
    doesRequireRecordChangedToMeetCriteria: optional(boolean),
    entryType: ignored,
    filterFormula: optional(string),
    filterLogic: optional(string),
    filters: many(readFilter),
    flowRunAsUser: unsupported,
    label: ignored,
    locationX: required(integer),
    locationY: required(integer),
    name: ignored,
    object: optional(string),
    processMetadataValues: ignored,
    recordTriggerType: optional(oneOf({ type: "RecordTriggerType", values: ["Create", "Update", "CreateAndUpdate", "Delete", "None"] })),
    schedule: unsupported,
    scheduledPaths: unsupported,
    triggerType: optional(oneOf({
      type: "FlowTriggerType",
      values: ["Scheduled", "RecordAfterSave", "RecordBeforeSave", "RecordBeforeDelete", "PlatformEvent", "None", "DataCloudDataChange", "Segment", "Activation", "Capability", "EventDrivenJourney", "AutomationEvent"],
    })),
  },
});

const readCondition = recordOf({
  type: "FlowCondition",
  members: {
    conditionType: ignored,
    leftValueReference: required(string),
    operator: required(oneOf({ type: "FlowComparisonOperator", values: OPERATORS })),
    processMetadataValues: ignored,
    rightValue: optional(readValue),
  },
});
export type FlowConditionMetadata = ReturnType<typeof readCondition>;

const readRule = recordOf({
  type: "FlowRule",
  members: {
    ...RESOURCE,
    conditionLogic: required(string),
    conditions: many(readCondition),
    connector: optional(readConnector),
    doesRequireRecordChangedToMeetCriteria: optional(boolean),
    label: required(string),
  },
});

const readDecision = recordOf({
  type: "FlowDecision",
  members: { ...NODE, defaultConnector: optional(readConnector), defaultConnectorLabel: ignored, rules: many(readRule) },
});

const readAssignmentItem = recordOf({
  type: "FlowAssignmentItem",
  members: {
    assignToReference: required(string),
    operator: required(oneOf({
      type: "FlowAssignmentOperator",
      values: ["Assign", "Add", "Subtract", "AddItem", "AddAtStart", "AssignCount", "RemoveAfterFirst", "RemoveAll", "RemoveBeforeFirst", "RemoveFirst", "RemovePosition", "RemoveUncommon", "None"],
    })),
    processMetadataValues: ignored,
    value: optional(readValue),
  },
});

const readAssignment = recordOf({ type: "FlowAssignment", members: { ...NODE, assignmentItems: many(readAssignmentItem), connector: optional(readConnector) } });

const readInputAssignment = recordOf({
  type: "FlowInputFieldAssignment",
  members: { field: required(string), processMetadataValues: ignored, value: optional(readValue) },
});

const readRecordUpdate = recordOf({
  type: "FlowRecordUpdate",
  members: {
    ...NODE,
    connector: optional(readConnector),
    faultConnector: unsupported,
    filterLogic: optional(string),
    filters: many(readFilter),
    inputAssignments: many(readInputAssignment),
    inputReference: optional(string),
    object: optional(string),
  },
});

const readFormula = recordOf({
  type: "FlowFormula",
  members: { ...RESOURCE, dataType: optional(oneOf({ type: "FlowDataType", values: DATA_TYPES })), expression: required(string), scale: optional(integer) },
});

const readConstant = recordOf({
  type: "FlowConstant",
  members: { ...RESOURCE, dataType: required(oneOf({ type: "FlowDataType", values: DATA_TYPES })), value: optional(readValue) },
});

const readVariable = recordOf({
  type: "FlowVariable",
  members: {
    ...RESOURCE,
    apexClass: unsupported,
    dataType: required(oneOf({ type: "FlowDataType", values: DATA_TYPES })),
    isCollection: optional(boolean),
    isInput: ignored,
    isOutput: ignored,
    objectType: optional(string),
    scale: optional(integer),
    value: optional(readValue),
  },
});

/** The `<Flow>` element of the Metadata API. */
export const readFlowMetadata = recordOf({
  type: "Flow",
  members: {
    actionCalls: unsupported,
    apexPluginCalls: unsupported,
    apiVersion: optional(double),
    areMetricsLoggedToDataCloud: ignored,
    assignments: many(readAssignment),
    choices: unsupported,
    collectionProcessors: unsupported,
    constants: many(readConstant),
    customErrors: unsupported,
    decisions: many(readDecision),
    description: optional(string),
    dynamicChoiceSets: unsupported,
    environments: ignored,
    formulas: many(readFormula),
    interviewLabel: ignored,
    isAdditionalPermissionRequiredToRun: ignored,
    isOverridable: ignored,
    isTemplate: ignored,
    label: required(string),
    loops: unsupported,
    migratedFromWorkflowRuleName: ignored,
    processMetadataValues: ignored,
    processType: required(string),
    recordCreates: unsupported,
    recordDeletes: unsupported,
    recordLookups: unsupported,
    recordRollbacks: unsupported,
    recordUpdates: many(readRecordUpdate),
    runInMode: ignored,
    screens: unsupported,
    start: optional(readStart),
    startElementReference: unsupported,
    status: optional(oneOf({ type: "FlowVersionStatus", values: ["Active", "Draft", "Obsolete", "InvalidDraft"] })),
    steps: unsupported,
    subflows: unsupported,
    textTemplates: unsupported,
    timeZoneSidKey: ignored,
    transforms: unsupported,
    triggerOrder: optional(integer),
    variables: many(readVariable),
    waits: unsupported,
  },
});
export type FlowMetadata = ReturnType<typeof readFlowMetadata>;

import { readFlowMetadata, type FlowMetadata } from "../flow/flow-metadata.ts";
import { componentKey } from "../schema/deployed-component.ts";
import type { BeforeSaveFlow, ObjectSchema, OrgSchema } from "../schema/org-schema.ts";
import type { StoredRow } from "../store/stored-row.ts";
import { durableIdOf, entityIdOf } from "./entity-ids.ts";
import { metadataOf } from "./metadata-of.ts";
import type { RowsRequest } from "./tooling-rows.ts";
import type { ToolingIds } from "./tooling-ids.ts";

interface PlacedFlow {
  readonly flow: BeforeSaveFlow;
  readonly object: ObjectSchema;
  readonly metadata: FlowMetadata | null;
  readonly version: number;
}

export function flowRows({ schema, ids }: RowsRequest): readonly StoredRow[] {
  return listFlows(schema).map((placed) => ({
    Id: definitionId({ ids, placed }),
    DeveloperName: placed.flow.name,
    MasterLabel: placed.metadata?.label ?? placed.flow.name,
    Description: placed.metadata?.description ?? null,
    ActiveVersionId: activeVersionId({ ids, placed }),
    LatestVersionId: versionId({ ids, placed }),
    FullName: placed.flow.name,
  }));
}

/** The latest version of each flow; earlier ones are not kept. */
export function flowVersionRows({ schema, ids }: RowsRequest): readonly StoredRow[] {
  return listFlows(schema).map((placed) => ({
    Id: versionId({ ids, placed }),
    DefinitionId: definitionId({ ids, placed }),
    MasterLabel: placed.metadata?.label ?? placed.flow.name,
    Description: placed.metadata?.description ?? null,
    ProcessType: placed.metadata?.processType ?? "AutoLaunchedFlow",
    Status: placed.flow.isActive ? "Active" : (placed.metadata?.status ?? "Draft"),
    VersionNumber: placed.version,
    ApiVersion: placed.metadata?.apiVersion ?? null,
    FullName: `${placed.flow.name}-${placed.version}`,
    Metadata: metadataOf({ schema, type: "Flow", fullName: placed.flow.name }),
  }));
}

export function flowViewRows({ schema, ids }: RowsRequest): readonly StoredRow[] {
  return listFlows(schema).map((placed) => {
    const { object, flow, metadata } = placed;
    return {
      Id: ids.of({ keyPrefix: "3ve", name: flow.name }),
      DurableId: definitionId({ ids, placed }),
      ApiName: flow.name,
      Label: metadata?.label ?? flow.name,
      Description: metadata?.description ?? null,
      ProcessType: metadata?.processType ?? "AutoLaunchedFlow",
      TriggerType: "RecordBeforeSave",
      RecordTriggerType: metadata?.start?.recordTriggerType ?? null,
      TriggerObjectOrEventId: durableIdOf({ ids, object }),
      $TriggerObjectOrEvent: entityIdOf({ ids, object }),
      TriggerObjectOrEventLabel: object.label,
      IsActive: flow.isActive,
      IsTemplate: false,
      ActiveVersionId: activeVersionId({ ids, placed }),
      LatestVersionId: versionId({ ids, placed }),
      VersionNumber: placed.version,
    };
  });
}

function listFlows(schema: OrgSchema): readonly PlacedFlow[] {
  return [...schema.objects.values()].flatMap((object) =>
    [...object.beforeSaveFlows.values()].map((flow) => {
      const element = schema.components.get(componentKey({ type: "Flow", fullName: flow.name }))?.element;
      return { flow, object, metadata: element === undefined ? null : readFlowMetadata({ element, owner: "Flow" }), version: flow.version ?? 1 };
    }),
  );
}

function definitionId({ ids, placed }: { ids: ToolingIds; placed: PlacedFlow }): string {
  return ids.of({ keyPrefix: "300", name: placed.flow.name });
}

function versionId({ ids, placed }: { ids: ToolingIds; placed: PlacedFlow }): string {
  return ids.of({ keyPrefix: "301", name: `${placed.flow.name}-${placed.version}` });
}

function activeVersionId(request: { ids: ToolingIds; placed: PlacedFlow }): string | null {
  return request.placed.flow.isActive ? versionId(request) : null;
}

import { orgModel } from "../schema/build-org-model.ts";
import type { OrgModel } from "../schema/org-model.ts";
import type { MetadataComponent } from "../schema/xml/component.ts";
import { listComponents, revisionOf } from "../schema/xml/list-components.ts";
import type { SalesforceSession } from "../transport/salesforce-session.ts";
import { describeObjects, type ObjectDescription } from "./describe-object.ts";
import { findMissingComponents } from "./find-missing-components.ts";
import { inspectAutomation, type AutomationState } from "./inspect-automation.ts";
import { NOTICE_OBJECTS } from "./plan-notices.ts";

/** The org beside what it should have. */
export interface OrgInspection {
  readonly model: OrgModel;
  readonly descriptions: ReadonlyMap<string, ObjectDescription | null>;
  readonly automation: AutomationState;
  readonly missing: readonly MetadataComponent[];
}

/** Asks the org about everything that is added to it; changes nothing. */
export async function inspectOrg(request: { session: SalesforceSession; operation: string }): Promise<OrgInspection> {
  const { session, operation } = request;
  const model = orgModel({ settings: session.settings });
  const objectNames = [...model.objects.map(({ name }) => name), ...NOTICE_OBJECTS];
  const [descriptions, automation] = await Promise.all([
    describeObjects({ session, objectNames, operation }),
    inspectAutomation({ session, revision: revisionOf(model), operation }),
  ]);
  const missing = findMissingComponents({ model, components: listComponents(model), descriptions, automation });
  return { model, descriptions, automation, missing };
}

import type { OrgModel } from "../schema/org-model.ts";
import type { MetadataComponent } from "../schema/xml/component.ts";
import type { ObjectDescription } from "./describe-object.ts";
import type { AutomationState } from "./inspect-automation.ts";

interface Inspected {
  readonly model: OrgModel;
  readonly components: readonly MetadataComponent[];
  readonly descriptions: ReadonlyMap<string, ObjectDescription | null>;
  readonly automation: AutomationState;
}

/**
 * What has to be deployed. A field that is not to be seen is missing, or hidden from this user: where the deployed
 * revision is this one it is hidden, and the permission set is what lacks; else it is deployed, which does no harm to
 * one that is there.
 */
export function findMissingComponents(inspected: Inspected): readonly MetadataComponent[] {
  const { components, automation } = inspected;
  const isDeployed = automation.revision === "current";
  const unseen = new Set(unseenFields(inspected));
  const isUnseen = ({ fullName }: MetadataComponent): boolean => unseen.has(fullName) || inspected.descriptions.get(objectOf(fullName)) === null;
  return components.filter((component) => {
    switch (component.type) {
      case "CustomField":
        return !isDeployed && isUnseen(component);
      case "CustomObject":
      case "Layout":
      case "ListView":
      case "CustomTab":
        return !isDeployed && isUnseen(component);
      case "ValidationRule":
        return isAutomationMissing({ fullName: component.fullName, active: automation.activeRules, automation, hasUnseen: unseen.size > 0 });
      case "Flow":
        return isAutomationMissing({ fullName: component.fullName, active: automation.activeFlows, automation, hasUnseen: unseen.size > 0 });
      case "PermissionSet":
        return automation.permissionSet === "absent" || automation.revision === "other" || unseen.size > 0;
    }
  });
}

/** Full names of fields of ours that this user does not see, or sees and may not write. */
export function unseenFields(inspected: Pick<Inspected, "model" | "descriptions">): readonly string[] {
  const { model, descriptions } = inspected;
  return model.objects.flatMap(({ name: object, fields }) => {
    const described = descriptions.get(object);
    return fields.flatMap(({ name }) => {
      const field = described?.fields.get(name);
      return field?.isCreateable === true && field.isUpdateable ? [] : [`${object}.${name}`];
    });
  });
}

function isAutomationMissing(request: {
  fullName: string;
  active: ReadonlySet<string> | null;
  automation: AutomationState;
  hasUnseen: boolean;
}): boolean {
  const { fullName, active, automation, hasUnseen } = request;
  if (automation.revision === "other" || (active !== null && !active.has(fullName))) return true;
  // Rules and flows are made of the fields: where some lack, what stands is of an earlier state. Where none does and nobody
  // tells, it is taken to be there: deployed together. `doctor` proves it.
  return automation.revision === "unknown" && hasUnseen;
}

/** Of `Contact.VolentiRef__c`, `VolentiDecision__c-Consent Decision Layout` and `VolentiDecision__c`. */
function objectOf(fullName: string): string {
  return fullName.split(/[.-]/)[0] ?? fullName;
}

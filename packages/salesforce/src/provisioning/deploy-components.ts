import { ConnectorError } from "@volenti/core/adapter";
import type { OrgModel, OrgPermissionSet } from "../schema/org-model.ts";
import type { MetadataComponent } from "../schema/xml/component.ts";
import { revisionOf } from "../schema/xml/list-components.ts";
import { toMetadataPackage } from "../schema/xml/metadata-package.ts";
import { permissionSetComponent } from "../schema/xml/permission-set-component.ts";
import { CONNECTOR_ID, type DeploymentReport, type SalesforceSession } from "../transport/salesforce-session.ts";

const OPERATION = "provisioning.apply";

/**
 * Deploys components together: all of them, or none. A permission set that names a standard field or object which this
 * org does not have is refused whole; it then goes out with what we bring ourselves, and `doctor` says what is hidden.
 */
export async function deployComponents(request: {
  session: SalesforceSession;
  model: OrgModel;
  components: readonly MetadataComponent[];
}): Promise<void> {
  const { session, model, components } = request;
  if (components.length === 0) return;
  const report = await deploy({ session, components });
  if (report.status === "Succeeded") return;
  const reduced = components.map((component) => (component.type === "PermissionSet" ? reducedPermissionSet(model) : component));
  const isPermissionsAlone = report.failures.length > 0 && report.failures.every(({ type }) => type === "PermissionSet");
  const second = isPermissionsAlone ? await deploy({ session, components: reduced }) : report;
  if (second.status !== "Succeeded") throw refusal(second);
}

function deploy(request: { session: SalesforceSession; components: readonly MetadataComponent[] }): Promise<DeploymentReport> {
  return request.session.deploy({ zip: toMetadataPackage(request.components), operation: OPERATION });
}

/** Our own fields, and the objects that nothing works without. */
function reducedPermissionSet(model: OrgModel): MetadataComponent {
  const own = new Set(model.objects.flatMap(({ name, fields }) => fields.map((field) => `${name}.${field.name}`)));
  const needed = new Set([...model.objects.map(({ name }) => name), "Contact", "Account"]);
  const permissionSet: OrgPermissionSet = {
    ...model.permissionSet,
    fields: model.permissionSet.fields.filter((field) => own.has(field)),
    readFields: [],
    objects: model.permissionSet.objects.filter(({ object }) => needed.has(object)),
  };
  return permissionSetComponent({ permissionSet, revision: revisionOf(model) });
}

/** Names what was refused; why is told in Setup → Deployment Status, in words that may quote anything. */
function refusal(report: DeploymentReport): ConnectorError {
  const names = report.failures.map(({ component }) => component).filter((name) => /^[A-Za-z][A-Za-z0-9_. -]{0,120}$/.test(name));
  return new ConnectorError({
    code: "rejectedByProvider",
    connectorId: CONNECTOR_ID,
    operation: OPERATION,
    providerCode: "DEPLOYMENT_FAILED",
    ...(names.length === 0 ? {} : { fieldNames: [...new Set(names)] }),
  });
}

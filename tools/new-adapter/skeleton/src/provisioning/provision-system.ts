import type { ProvisioningFacetV1 } from "@volenti/core/adapter";
import type { TemplateSession } from "../transport/template-session.ts";

/** Says what the system lacks, and adds it when asked. */
export function createProvisioner(session: TemplateSession): ProvisioningFacetV1 {
  return {
    plan: () => session.call({ operation: "provisioning.plan" }),
    apply: () => session.call({ operation: "provisioning.apply" }),
  };
}

import type { Catalogue, ProvisioningFacetV1, ProvisioningStepV1 } from "@volenti/core/adapter";
import type { MemoryRecords } from "../transport/memory-records.ts";
import type { MemorySession } from "../transport/memory-session.ts";

/** Tells the system which purposes and notices there are; it works without, as any system here has to. */
export function createProvisioner(session: MemorySession): ProvisioningFacetV1 {
  return {
    plan: () =>
      session.call({
        operation: "provisioning.plan",
        changes: false,
        about: null,
        work: async ({ records }) =>
          listMissing({ records, catalogue: session.context("provisioning.plan").catalogue }),
      }),
    apply: () =>
      session.call({
        operation: "provisioning.apply",
        changes: true,
        about: null,
        work: async ({ records }) => {
          const steps = listMissing({ records, catalogue: session.context("provisioning.apply").catalogue });
          for (const { id } of steps) records.catalogue.add(id);
          return steps;
        },
      }),
  };
}

function listMissing(request: { records: MemoryRecords; catalogue: Catalogue }): ProvisioningStepV1[] {
  const { records, catalogue } = request;
  const steps = [
    ...catalogue.purposes.map(({ key, version }) => ({
      id: `purpose ${key}@${version}`,
      title: `Add version ${version} of the purpose ${key}`,
    })),
    ...catalogue.notices.map(({ id, version, locale }) => ({
      id: `notice ${id}@${version}@${locale}`,
      title: `Add version ${version} of the notice ${id} in ${locale}`,
    })),
  ];
  return steps.filter(({ id }) => !records.catalogue.has(id));
}

import type { OrgSchema } from "../schema/org-schema.ts";
import type { PermissionSetStore } from "../store/permission-sets.ts";
import { collectComponents } from "./collect-components.ts";
import { deployComponents } from "./deploy-components.ts";
import { SourceFolderError } from "./source-folder-error.ts";

/**
 * Deploys an SFDX source folder at once, all or nothing. `files` are texts by path, with the folders of the types in
 * the path; `package.xml` and files that are no metadata are passed over. Throws a `SourceFolderError` with every problem.
 */
export function applySourceFolder(request: {
  schema: OrgSchema;
  permissionSets: PermissionSetStore;
  files: ReadonlyMap<string, string>;
}): void {
  const { schema, permissionSets, files } = request;
  const metadata = new Map([...files].map(([path, text]): [string, string] => [path.replaceAll("\\", "/"), text]).filter(([path]) => path.endsWith("-meta.xml")));
  const messages = deployComponents({
    schema,
    permissionSets,
    collected: collectComponents(metadata),
    options: { checkOnly: false, rollbackOnError: true },
  });
  const failures = messages.filter(({ problem }) => problem !== null);
  if (failures.length > 0) throw new SourceFolderError(failures.map(({ path, fullName, problem }) => `${path} (${fullName}): ${problem}`));
}

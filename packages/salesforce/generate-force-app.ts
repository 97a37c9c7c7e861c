import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { standardOrgModel } from "./src/schema/build-org-model.ts";
import { listComponents } from "./src/schema/xml/list-components.ts";
import { toSourceFolder } from "./src/schema/xml/source-folder.ts";

/** Writes the folder that an administrator deploys, from the model that `provision` and `doctor` read: `node generate-force-app.ts`. */
const root = fileURLToPath(new URL("./force-app/main/default", import.meta.url));

rmSync(root, { recursive: true, force: true });
for (const [path, text] of toSourceFolder(listComponents(standardOrgModel("Contact")))) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

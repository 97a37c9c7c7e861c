import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openRepository } from "./repository.ts";
import { readThirdParties, THIRD_PARTY_PAGE, writeThirdPartyPage } from "./third-party-page.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const thirdParties = readThirdParties(openRepository(root));
writeFileSync(join(root, THIRD_PARTY_PAGE), writeThirdPartyPage(thirdParties));
process.stdout.write(`${THIRD_PARTY_PAGE}: ${thirdParties.length} libraries\n`);

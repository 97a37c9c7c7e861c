import { writeFile } from "node:fs/promises";
import { importMapJsonSchema } from "./src/import/import-map-schema.ts";

// Made by every build and not committed: the schema that ships cannot differ from the one that parses.
const file = new URL("./import-map.schema.json", import.meta.url);
await writeFile(file, `${JSON.stringify(importMapJsonSchema(), null, 2)}\n`);

import { writeFile } from "node:fs/promises";
import { submissionJsonSchema } from "./src/model/submission-schema.ts";

// Made by every build and not committed: the schema that ships cannot differ from the one that parses.
const file = new URL("./submission.schema.json", import.meta.url);
await writeFile(file, `${JSON.stringify(submissionJsonSchema(), null, 2)}\n`);

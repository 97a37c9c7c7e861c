/** Run as a process of its own: uses the keyring of the folder in its first argument, and prints what it holds. */
import { fileKeyring } from "@volenti/node";

const [, , directory = ""] = process.argv;
process.stdout.write(JSON.stringify(fileKeyring(directory).describe()));

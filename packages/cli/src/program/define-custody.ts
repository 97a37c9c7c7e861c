import { Option } from "commander";
import type { KeyKind } from "@volenti/core/adapter";
import { KEY_KINDS, keysCommand } from "../commands/keys-command.ts";
import { lockCommand } from "../commands/lock-command.ts";
import { verifyCommand, type VerifyOptions } from "../commands/verify-command.ts";
import type { DefineCommand } from "./command-definer.ts";

/** What stays fixed and provable: catalogue, keys, evidence. */
export function defineCustody(define: DefineCommand): void {
  define({
    name: "lock",
    description: "write volenti.lock.json: digests of purposes and notices by version",
    run: ({ context }) => lockCommand({ context }),
  });
  define<{ public?: boolean; rotate?: KeyKind }>({
    name: "keys",
    description: "list the keyring, publish its public keys, rotate",
    prepare: (command) =>
      command
        .option("--public", "print the public keys as a JWK set")
        .addOption(new Option("--rotate <kind>", "make a new key of this kind; the old one stays readable").choices(KEY_KINDS)),
    run: ({ context, options }) => keysCommand({ context, isPublic: options.public === true, rotate: options.rotate }),
  });
  define<VerifyOptions>({
    name: "verify",
    description: "check signatures, proofs and chains; a receipt alone, offline",
    prepare: (command) =>
      command
        .addOption(new Option("--receipt <file>", "a receipt, or a line of collect --json; - reads standard input").conflicts("destination"))
        .option("--destination <id>", "everything that one destination holds; default: all of them")
        .option("--keys <file>", "a JWK set, as volenti keys --public prints it; default: the keyring's"),
    run: ({ context, options }) => verifyCommand({ context, options }),
  });
}

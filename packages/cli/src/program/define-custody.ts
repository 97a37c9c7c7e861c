import { Option } from "commander";
import { checkpointCommand, type CheckpointOptions } from "../commands/checkpoint-command.ts";
import { KEY_KINDS, keysCommand, type KeysOptions } from "../commands/keys-command.ts";
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
  define<KeysOptions>({
    name: "keys",
    description: "list the keyring, publish its public keys, rotate, revoke",
    prepare: (command) =>
      command
        .option("--public", "print the public keys as a JWK set")
        .addOption(new Option("--rotate <kind>", "make a new key of this kind; the old one stays readable").choices(KEY_KINDS))
        .option("--revoke <key>", "say for good that a signing key was revoked; a new one takes over")
        .option("--at <instant>", "since when, with --revoke")
        .addOption(new Option("--reason <reason>", "why, with --revoke; default: compromised").choices(["superseded", "compromised"])),
    run: ({ context, options }) => keysCommand({ context, options }),
  });
  define<CheckpointOptions>({
    name: "checkpoint [destination]",
    description: "sign a tree over everything that a ledger has recorded, and publish it to the anchors",
    prepare: (command) =>
      command
        .addOption(new Option("--prove <decision>", "prove that a decision is under the last checkpoint; sign nothing").conflicts("consistency"))
        .option("--consistency <size>", "prove that the last checkpoint extends the first SIZE decisions; sign nothing"),
    run: ({ context, options, argument }) => checkpointCommand({ context, options, destination: argument }),
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

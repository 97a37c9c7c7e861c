import { Option } from "commander";
import { KEY_KINDS, keysCommand, type KeysOptions } from "../commands/keys-command.ts";
import { lockCommand } from "../commands/lock-command.ts";
import type { DefineCommand } from "./command-definer.ts";

/** What stays fixed: catalogue and keys. */
export function defineCustody(define: DefineCommand): void {
  define({
    name: "lock",
    description: "write volenti.lock.json: digests of purposes and notices by version",
    run: ({ context }) => lockCommand({ context }),
  });
  define<KeysOptions>({
    name: "keys",
    description: "list the keyring, publish its public keys, rotate, revoke, wrap data keys under the newest",
    prepare: (command) =>
      command
        .option("--public", "print the public keys as a JWK set")
        .addOption(new Option("--rotate <kind>", "make a new key of this kind; the old one stays readable").choices(KEY_KINDS))
        .option("--revoke <key>", "say for good that a signing key was revoked; a new one takes over")
        .option("--at <instant>", "since when, with --revoke")
        .addOption(new Option("--reason <reason>", "why, with --revoke; default: compromised").choices(["superseded", "compromised"]))
        .addOption(new Option("--rewrap", "which key-encryption keys wrap how many data keys of the stores").conflicts(["public"]))
        .option("--apply", "wrap those of earlier keys under the newest, with --rewrap"),
    run: ({ context, options }) => keysCommand({ context, options }),
  });
}

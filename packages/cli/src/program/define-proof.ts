import { Option } from "commander";
import { checkpointCommand, type CheckpointOptions } from "../commands/checkpoint-command.ts";
import { receiptCommand, type ReceiptOptions } from "../commands/receipt-command.ts";
import { verifyCommand, type VerifyOptions } from "../commands/verify-command.ts";
import type { DefineCommand } from "./command-definer.ts";

/** What proves a decision, years later. */
export function defineProof(define: DefineCommand): void {
  define<CheckpointOptions>({
    name: "checkpoint [destination]",
    description: "sign a tree over everything that a ledger has recorded, and publish it to the anchors",
    prepare: (command) =>
      command
        .addOption(new Option("--prove <decision>", "prove that a decision is under the last checkpoint; sign nothing").conflicts("consistency"))
        .option("--consistency <size>", "prove that the last checkpoint extends the first SIZE decisions; sign nothing"),
    run: ({ context, options, argument }) => checkpointCommand({ context, options, destination: argument }),
  });
  define<ReceiptOptions>({
    name: "receipt <file>",
    description: "export what a receipt proves: Kantara Consent Receipt 1.1, or DPV JSON-LD after ISO/IEC TS 27560",
    prepare: (command) =>
      command
        .addOption(new Option("--format <format>", "the format").choices(["kantara", "dpv"]).makeOptionMandatory())
        .option("--destination <id>", "where the records are read; default: the first that keeps every decision"),
    run: ({ context, options, argument }) => receiptCommand({ context, options, file: argument }),
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

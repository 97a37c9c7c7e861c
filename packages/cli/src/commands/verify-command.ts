import { resolve } from "node:path";
import { verifyReceipt, type PublicKey, type Volenti } from "@volenti/core";
import { createGovernance, type DestinationReport, type ReceiptReport } from "@volenti/governance";
import { nodeCrypto } from "@volenti/node";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { findDestination } from "../find-destination.ts";
import { parseJwkSet } from "../jwk-set.ts";
import { withVolenti } from "../open-volenti.ts";
import { UsageError } from "../usage-error.ts";
import { readReceipt, readText } from "../verify/read-receipt.ts";
import { writeDestinationReport, writeReceiptReport } from "../verify/write-verification.ts";

export interface VerifyOptions {
  readonly receipt?: string;
  readonly destination?: string;
  readonly keys?: string;
}

/**
 * `volenti verify`: one receipt, or what destinations hold. A receipt asks nothing of any store; with `--keys` it needs
 * no configuration either.
 */
export async function verifyCommand(request: { context: CommandContext; options: VerifyOptions }): Promise<ExitCode> {
  const { context, options } = request;
  const publicKeys = options.keys === undefined ? undefined : await readKeys({ context, file: options.keys });
  if (options.receipt === undefined) {
    return withVolenti({ context }, ({ volenti }) => verifyDestinations({ context, volenti, publicKeys, id: options.destination }));
  }
  const receipt = await readReceipt({ context, file: options.receipt });
  const report =
    publicKeys === undefined
      ? await withVolenti({ context }, ({ volenti }) => createGovernance(volenti).verify({ receipt }))
      : await verifyAlone({ receipt, publicKeys });
  if (context.json) await context.terminal.output.writeLine(JSON.stringify(report));
  else await writeReceiptReport({ terminal: context.terminal, report });
  return report.valid ? EXIT_CODE.delivered : EXIT_CODE.rejected;
}

async function verifyAlone(request: { receipt: string; publicKeys: readonly PublicKey[] }): Promise<ReceiptReport> {
  const { valid, submissionId, decisions, problems } = await verifyReceipt({ ...request, crypto: nodeCrypto });
  return {
    valid,
    submissionId,
    decisions: decisions.map(({ decisionId, hash, statement, keyId }) => ({
      decisionId,
      hash,
      sealedAt: statement.sealedAt,
      keyId,
    })),
    findings: problems,
  };
}

async function verifyDestinations(request: {
  context: CommandContext;
  volenti: Volenti;
  publicKeys: readonly PublicKey[] | undefined;
  id: string | undefined;
}): Promise<ExitCode> {
  const { context, volenti, publicKeys, id } = request;
  const governance = createGovernance(volenti);
  const reports: DestinationReport[] = [];
  for (const destinationId of toVerify({ volenti, id })) {
    reports.push(await governance.verify({ destinationId, publicKeys }));
  }
  if (context.json) await context.terminal.output.writeLine(JSON.stringify({ destinations: reports }));
  else for (const report of reports) await writeDestinationReport({ terminal: context.terminal, report });
  return reports.every(({ valid }) => valid) ? EXIT_CODE.delivered : EXIT_CODE.rejected;
}

/** The destination that is named, else every one that keeps its history. */
function toVerify(request: { volenti: Volenti; id: string | undefined }): readonly string[] {
  const { volenti, id } = request;
  if (id === undefined) {
    return [...volenti.destinations].filter(([, { consentHistory }]) => consentHistory !== undefined).map(([key]) => key);
  }
  if (findDestination({ volenti, id }).consentHistory === undefined) {
    throw new UsageError({ code: "unsupported", sentence: "this destination keeps the latest decision only: there is no history to verify" });
  }
  return [id];
}

async function readKeys(request: { context: CommandContext; file: string }): Promise<readonly PublicKey[]> {
  const { context, file } = request;
  const keys = parseJwkSet(await readText({ path: resolve(context.folder, file), option: "--keys" }));
  if (keys === null) throw new UsageError({ code: "invalidKeys", sentence: "the file of --keys is no JWK set" });
  return keys;
}

import { resolve } from "node:path";
import { ConnectorError, verifyReceipt, type PublicKey, type Volenti } from "@volenti/core";
import { createGovernance, type DestinationReport, type ReceiptReport } from "@volenti/governance";
import { nodeCrypto } from "@volenti/node";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { findDestination } from "../find-destination.ts";
import { parseJwkSet } from "../jwk-set.ts";
import { withVolenti } from "../open-volenti.ts";
import { isMisconfiguration } from "../report-failure.ts";
import { UsageError } from "../usage-error.ts";
import { readReceipt, readText } from "../verify/read-receipt.ts";
import type { DestinationAnswer } from "../verify/destination-answer.ts";
import { writeDestinationAnswer, writeReceiptReport } from "../verify/write-verification.ts";

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
  if (publicKeys !== undefined) return tellReceipt({ context, report: await verifyAlone({ receipt, publicKeys }) });
  return withVolenti({ context }, async ({ volenti }) =>
    tellReceipt({ context, report: await createGovernance(volenti).verify({ receipt }) }),
  );
}

async function tellReceipt(request: { context: CommandContext; report: ReceiptReport }): Promise<ExitCode> {
  const { context, report } = request;
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
  const answers: DestinationAnswer[] = [];
  for (const destinationId of toVerify({ volenti, id })) {
    answers.push(await settle({ destinationId, report: governance.verify({ destinationId, publicKeys }) }));
  }
  if (context.json) await context.terminal.output.writeLine(JSON.stringify({ destinations: answers }));
  else for (const answer of answers) await writeDestinationAnswer({ terminal: context.terminal, answer });
  return toExitCode(answers);
}

/** A destination that cannot be read to the end is told as such, and keeps no other from being verified. */
async function settle(request: { destinationId: string; report: Promise<DestinationReport> }): Promise<DestinationAnswer> {
  const { destinationId } = request;
  try {
    return { status: "verified", ...(await request.report) };
  } catch (error) {
    if (!ConnectorError.isInstance(error)) throw error;
    const { code, providerCode } = error;
    return { status: "unreachable", destinationId, code, ...(providerCode === undefined ? {} : { providerCode }) };
  }
}

/** As the doctor's: what a person has to put right first, then what may come back by itself, then what does not hold. */
function toExitCode(answers: readonly DestinationAnswer[]): ExitCode {
  const failed = answers.filter((answer) => answer.status === "unreachable");
  if (failed.some(isMisconfiguration)) return EXIT_CODE.misconfigured;
  if (failed.length > 0) return EXIT_CODE.undelivered;
  return answers.every((answer) => answer.status === "verified" && answer.valid) ? EXIT_CODE.delivered : EXIT_CODE.rejected;
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

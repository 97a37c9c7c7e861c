import { ConfigurationError, type Volenti } from "@volenti/core";
import type { RegimeFinding } from "@volenti/governance";
import type { CommandContext } from "../command-context.ts";
import type { Check } from "../doctor/check.ts";
import { checkDestination } from "../doctor/check-destination.ts";
import { checkKeyNeeds } from "../doctor/check-key-needs.ts";
import { checkLock } from "../doctor/check-lock.ts";
import { checkRegimes } from "../doctor/check-regimes.ts";
import { testContract, type TestedContract } from "../doctor/test-contract.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { withUncheckedVolenti, type OpenVolenti } from "../open-volenti.ts";

export interface DoctorRequest {
  readonly context: CommandContext;
  /** The destination whose contract is to be tested, in the place of all checks. */
  readonly contractTests: string | undefined;
}

/** `volenti doctor`: everything that can be told without a submission, one line a check. */
export async function doctorCommand(request: DoctorRequest): Promise<ExitCode> {
  const { context, contractTests } = request;
  const { checks, settings } = contractTests === undefined ? { checks: await runChecks({ context }), settings: null } : await runContractTests({ context, id: contractTests });
  await writeChecks({ context, checks, settings });
  const errors = checks.filter(({ status }) => status === "error");
  if (errors.some(({ kind }) => kind !== "unreachable")) return EXIT_CODE.misconfigured;
  return errors.length > 0 ? EXIT_CODE.undelivered : EXIT_CODE.delivered;
}

function runContractTests(request: { context: CommandContext; id: string }): Promise<TestedContract> {
  return withUncheckedVolenti(request, async ({ volenti }) => testContract({ volenti, id: request.id }));
}

async function runChecks(request: { context: CommandContext }): Promise<readonly Check[]> {
  try {
    return await withUncheckedVolenti(request, async (open) => {
      const destinations = await checkDestinations(open);
      return [
        checkConfiguration(open.volenti),
        ...checkRetention(open.volenti),
        ...open.volenti.startupNotes.map(
          ({ path, code, message }): Check => ({ status: "warning", subject: "configuration", code, message: `${path}: ${message}` }),
        ),
        ...checkRegimes(open.volenti),
        ...(await checkLock({ open, isElseSound: destinations.every(({ kind }) => kind !== "misconfigured") })),
        await checkKeys(open.volenti),
        ...(await checkKeyNeeds({ volenti: open.volenti, destinations })),
        ...destinations,
      ];
    });
  } catch (error) {
    if (!ConfigurationError.isInstance(error)) throw error;
    return error.problems.map(
      ({ path, code }): Check => ({
        status: "error",
        subject: "configuration",
        code,
        message: path === "" ? code : `${path}: ${code}`,
        kind: "misconfigured",
      }),
    );
  }
}

function checkConfiguration({ catalogue, destinations, controller }: Volenti): Check {
  const message = `${controller.id}: ${catalogue.purposes.length} purposes, ${catalogue.notices.length} notices, ${destinations.size} destinations`;
  return { status: "ok", subject: "configuration", code: "configurationSound", message };
}

/** No error: a purpose may go on for as long as the person is a customer. But then nothing ever outlives it. */
function checkRetention({ catalogue }: Volenti): readonly Check[] {
  const endless = catalogue.purposes.filter(({ current, retention, retentionIn }) => current && retention === undefined && Object.keys(retentionIn ?? {}).length === 0);
  if (endless.length === 0) return [];
  const names = endless.map(({ key }) => key).join(", ");
  return [{ status: "ok", subject: "configuration", code: "purposesWithoutRetention", message: `${names}: no retention is set, so that volenti retention never finds an end` }];
}

async function checkKeys({ keyring }: Volenti): Promise<Check> {
  const keys = await keyring.describe();
  const active = keys.filter(({ status }) => status === "active").length;
  return { status: "ok", subject: "keys", code: "keysHeld", message: `${active} active, ${keys.length - active} retired` };
}

async function checkDestinations({ volenti }: OpenVolenti): Promise<readonly Check[]> {
  const checks = await Promise.all(
    [...volenti.destinations].map(([id, connector]) => checkDestination({ volenti, id, connector })),
  );
  const all = checks.flat();
  const isReached = all.some(({ code }) => code === "reached");
  const isSkewed = all.some(({ code }) => code === "clockSkew");
  if (!isReached || isSkewed) return all;
  return [...all, { status: "ok", subject: "clock", code: "clockAgrees", message: "no destination reports another time than this machine's" }];
}

async function writeChecks(request: { context: CommandContext } & TestedContract): Promise<void> {
  const { context, checks, settings } = request;
  const { output, paint } = context.terminal;
  if (context.json) {
    const lines = checks.map(({ status, subject, code, message, finding }) => ({ status, subject, code, message, ...(finding === undefined ? {} : { finding: toFinding(finding) }) }));
    await output.writeLine(JSON.stringify({ checks: lines, ...(settings === null ? {} : { settings }) }));
    return;
  }
  const width = Math.max(0, ...checks.map(({ subject }) => subject.length));
  for (const { status, subject, code, message } of checks) {
    const label = paint({ text: status.padEnd("warning".length), tone: status });
    await output.writeLine(`${label}  ${subject.padEnd(width)}  ${message} ${paint({ text: `(${code})`, tone: "faint" })}`);
  }  for (const [name, value] of Object.entries(settings ?? {})) await output.writeLine(`${name}: ${JSON.stringify(value)},`);
}

/** Of the row only what says where it is from. */
function toFinding({ row, ...finding }: RegimeFinding): RegimeFinding {
  if (row === null) return { ...finding, row };
  const { id, source, checkedAt, certainty } = row;
  return { ...finding, row: { id, source, checkedAt, certainty } };
}

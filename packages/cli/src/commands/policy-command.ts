import { ConfigurationError, type ReleaseFacts, type ReleasePolicy, type Volenti } from "@volenti/core";
import type { AgeBand } from "@volenti/core/adapter";
import {
  diffPolicies,
  explainPolicy,
  fromPolicyDocument,
  readPersonFacts,
  testPolicy,
  toHypotheticalFacts,
  toPolicyDocument,
  type ConsentAssumption,
} from "@volenti/governance";
import type { CommandContext } from "../command-context.ts";
import { EXIT_CODE, type ExitCode } from "../exit-code.ts";
import { withUncheckedVolenti, withVolenti } from "../open-volenti.ts";
import { namesPerson, readPerson, type PersonOptions } from "../person/person-options.ts";
import { readViewer, type ViewerOptions } from "../person/viewer-options.ts";
import { checkAttribute, checkPurpose, readJurisdiction, readRecipient } from "../policy/policy-options.ts";
import { readJsonFile } from "../policy/read-json-file.ts";
import { writeDifference, writeExplanations, writeTestReport } from "../policy/write-policy-reports.ts";
import { UsageError } from "../usage-error.ts";

export type PolicyOptions = PersonOptions &
  ViewerOptions & {
    recipient?: string;
    purpose?: string;
    attribute?: string;
    country?: string;
    jurisdiction?: string;
    ageBand?: AgeBand;
    consent?: ConsentAssumption;
  };

interface PolicyRequest {
  readonly context: CommandContext;
  readonly options: PolicyOptions;
  readonly files: readonly string[];
}

/** `volenti policy explain|test|diff|export`. */
export function policyCommand(request: PolicyRequest & { readonly action: string }): Promise<ExitCode> {
  switch (request.action) {
    case "explain":
      return explain(request);
    case "test":
      return test(request);
    case "diff":
      return diff(request);
    case "export":
      return exportPolicy(request);
    default:
      throw new UsageError({ code: "unknownAction", sentence: "volenti policy explain, test FILE, diff OLD NEW or export" });
  }
}

async function explain({ context, options }: PolicyRequest): Promise<ExitCode> {
  const { recipient: named } = options;
  if (named === undefined) throw new UsageError({ code: "recipientRequired", sentence: "say to whom: --recipient" });
  const jurisdiction = readJurisdiction(options.jurisdiction ?? options.country);
  const open = namesPerson(options) ? withVolenti : withUncheckedVolenti<ExitCode>;
  return open({ context }, async ({ volenti }) => {
    const { policy } = volenti;
    const recipient = readRecipient({ text: named, policy });
    checkPurpose({ purpose: options.purpose, policy });
    checkAttribute({ attribute: options.attribute, policy });
    const purposes = options.purpose === undefined ? [...policy.world.purposes.keys()] : [options.purpose];
    const attributes = options.attribute === undefined ? [...policy.world.attributes.keys()] : [options.attribute];
    const person = await readFacts({ context, options, volenti, jurisdiction });
    const factsOf = (purpose: string): ReleaseFacts => person ?? toHypotheticalFacts({ person: { ...options, jurisdiction }, purpose, policy });
    const all = explainPolicy({ policy, recipient, purposes, attributes, factsOf });
    // Of all attributes, those that the purpose has nothing to do with say nothing.
    const explanations = options.attribute === undefined ? all.filter(({ reasons }) => !reasons.includes("attributeNotInPurpose")) : all;
    if (context.json) await context.terminal.output.writeLine(JSON.stringify({ policyHash: policy.hash, explanations }));
    else await writeExplanations({ terminal: context.terminal, explanations, isTraced: options.attribute !== undefined });
    return person?.complete === false ? EXIT_CODE.undelivered : EXIT_CODE.delivered;
  });
}

async function readFacts(request: {
  context: CommandContext;
  options: PolicyOptions;
  volenti: Volenti;
  jurisdiction: string | undefined;
}): Promise<Awaited<ReturnType<typeof readPersonFacts>> | null> {
  const { context, options, volenti, jurisdiction } = request;
  if (!namesPerson(options)) return null;
  const { actor = "unknown", reason = null } = readViewer({ options, volenti });
  const identifier = await readPerson({ options, terminal: context.terminal, volenti });
  return readPersonFacts({ volenti, identifier, viewer: { actor, reason }, jurisdiction, ageBand: options.ageBand });
}

async function test({ context, files }: PolicyRequest): Promise<ExitCode> {
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) throw new UsageError({ code: "fileRequired", sentence: "volenti policy test takes one file of expectations" });
  const table = await readJsonFile({ file, folder: context.folder });
  return withUncheckedVolenti({ context }, async ({ volenti }) => {
    const report = readingTable(() => testPolicy({ policy: volenti.policy, table }));
    if (context.json) await context.terminal.output.writeLine(JSON.stringify(report));
    else await writeTestReport({ terminal: context.terminal, report });
    return report.failed === 0 ? EXIT_CODE.delivered : EXIT_CODE.rejected;
  });
}

/** What is wrong with a table of expectations is not wrong with the configuration, and is said in its own words. */
function readingTable<Report>(read: () => Report): Report {
  try {
    return read();
  } catch (error) {
    if (!ConfigurationError.isInstance(error)) throw error;
    const told = error.problems.map(({ path, code }) => `${path}: ${code}`).join("; ");
    throw new UsageError({ code: error.problems[0]?.code ?? "invalid", sentence: `the table of expectations cannot be used: ${told}` });
  }
}

async function diff({ context, files }: PolicyRequest): Promise<ExitCode> {
  const [old, newer, ...others] = files;
  if (old === undefined || newer === undefined || others.length > 0) {
    throw new UsageError({ code: "filesRequired", sentence: "volenti policy diff takes two files: configurations, or what volenti policy export printed" });
  }
  const before = await openPolicy({ context, file: old });
  const after = await openPolicy({ context, file: newer });
  const difference = diffPolicies({ before, after });
  if (context.json) await context.terminal.output.writeLine(JSON.stringify(difference));
  else await writeDifference({ terminal: context.terminal, difference });
  return EXIT_CODE.delivered;
}

async function openPolicy(request: { context: CommandContext; file: string }): Promise<ReleasePolicy> {
  const { context, file } = request;
  if (file.endsWith(".json")) return fromPolicyDocument(await readJsonFile({ file, folder: context.folder }));
  return withUncheckedVolenti({ context: { ...context, configurationFile: file } }, async ({ volenti }) => volenti.policy);
}

function exportPolicy({ context }: PolicyRequest): Promise<ExitCode> {
  return withUncheckedVolenti({ context }, async ({ volenti }) => {
    await context.terminal.output.writeLine(JSON.stringify(toPolicyDocument(volenti.policy), null, context.json ? 0 : 2));
    return EXIT_CODE.delivered;
  });
}

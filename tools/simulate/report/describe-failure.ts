import { shortenRun } from "../run/shorten-run.ts";
import { runSeed, type SeedRequest } from "../run/run-seed.ts";

/** A run that broke a promise, made short, with the command that plays it again. */
export async function describeFailure(request: SeedRequest): Promise<string> {
  const { omitted, outcome } = await shortenRun(request);
  const command = toCommand({ ...request, omitted: new Set(omitted) });
  const findings = outcome.findings.map(({ breach, about }) => `  ${breach}: ${about}`);
  return [`seed ${request.seed} broke a promise`, ...new Set(findings), "", ...outcome.account, "", `again: ${command}`, ""].join("\n");
}

/** What happened in one run, broken promises or none. */
export async function describeRun(request: SeedRequest): Promise<{ text: string; isBroken: boolean }> {
  const { account, findings } = await runSeed(request);
  return { text: `${account.join("\n")}\n`, isBroken: findings.length > 0 };
}

function toCommand({ seed, omitted, crashes, crm, store }: SeedRequest): string {
  const [crash] = crashes ?? [];
  return [
    `npm run simulate -- --seed ${seed} --runs 1 --trace`,
    ...(crm === undefined ? [] : [`--crm ${crm}`]),
    ...(store === undefined ? [] : [`--store ${store ?? "none"}`]),
    ...(omitted === undefined || omitted.size === 0 ? [] : [`--omit ${[...omitted].join(",")}`]),
    ...(crash === undefined || crash === null ? [] : [`--crash ${crash.at}${crash.isSent ? "+" : "-"}`]),
  ].join(" ");
}

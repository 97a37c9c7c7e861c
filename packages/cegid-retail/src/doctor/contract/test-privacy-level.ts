import type { ConnectionFindingV1 } from "@volenti/core/adapter";
import type { CustomerInputData } from "../../soap/data-contract.ts";
import type { Settings } from "../../settings.ts";
import { errorFinding, info, warning } from "../finding.ts";
import type { ProbeCustomer } from "./probe-customer.ts";

type Granularity = Settings["privacyGranularity"];

/** Finest first. */
const LEVELS: readonly Granularity[] = ["item", "channel", "global"];

/** Opt-ins as far apart as a level lets them be; none of them permits anything. */
const MIXED: Readonly<Record<"item" | "channel", CustomerInputData>> = {
  item: { OptinAlternativeEmail: "AskCustomer" },
  channel: { OptinMobile: "AskCustomer", OptinHomePhone: "AskCustomer", OptinOfficePhone: "AskCustomer" },
};

/** (d) How fine the folder lets opt-ins be: the setting `privacyGranularity`, as the service enforces it. */
export async function testPrivacyLevel(probe: ProbeCustomer): Promise<{ findings: readonly ConnectionFindingV1[]; granularity: Granularity }> {
  const granularity = (await takes({ probe, level: "item" })) ? "item" : (await takes({ probe, level: "channel" })) ? "channel" : "global";
  const configured = probe.session.settings.privacyGranularity;
  const difference = LEVELS.indexOf(granularity) - LEVELS.indexOf(configured);
  return { findings: [tell({ granularity, configured, difference })], granularity };
}

async function takes(request: { probe: ProbeCustomer; level: "item" | "channel" }): Promise<boolean> {
  const { probe, level } = request;
  const mixed = MIXED[level];
  if ((await probe.update(mixed)) !== null) return false;
  const after = await probe.read();
  await probe.update({});
  const held: Readonly<Record<string, unknown>> = { ...after };
  // Some folders make them equal without a word.
  return after.OptinEmail === "DoNotUse" && Object.entries(mixed).every(([name, value]) => held[name] === value);
}

function tell(request: { granularity: Granularity; configured: Granularity; difference: number }): ConnectionFindingV1 {
  const { granularity, configured, difference } = request;
  if (difference === 0) return info("privacyLevelProven", `The folder takes opt-ins as fine as ${granularity}, as privacyGranularity says.`);
  const both = `privacyGranularity is ${configured}, and the folder takes opt-ins as fine as ${granularity}`;
  if (difference > 0) return errorFinding("privacyLevelTooFine", `${both}: mixed answers would be refused.`);
  return warning("privacyLevelTooCoarse", `${both}: more is refused than customers refused. See first that the company setting is no coarser than what this service enforces.`);
}

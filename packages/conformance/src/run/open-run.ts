import { webCrypto, type ConnectorContextV1, type ConnectorV1 } from "@volenti/core/adapter";
import { ensureEqual } from "../assertions/ensure.ts";
import type { ConformanceCase, OptionalFacet } from "../conformance-case.ts";
import type { ConformanceHarness } from "../conformance-harness.ts";
import { createTestCatalogue } from "../world/test-catalogue.ts";
import { createTestClock } from "../world/test-clock.ts";
import { createTestKeyring } from "../world/test-keyring.ts";
import type { ProvisioningSetup } from "./case-context.ts";
import { createCaseContext } from "./create-case-context.ts";
import { watchRejections } from "./watch-rejections.ts";

export const OPTIONAL_FACETS: readonly OptionalFacet[] = [
  "ledger",
  "consentHistory",
  "erasure",
  "provisioning",
  "changeFeed",
  "custody",
  "population",
  "overview",
  "rewrapping",
  "recordIds",
  "checkpoints",
  "followUps",
];

/** A run over one backing store: connected and provisioned once, then a case at a time. */
export interface ConformanceRun {
  readonly connector: ConnectorV1;
  /** The reason for which a case does not apply; undefined where it does. */
  skipReason(conformanceCase: ConformanceCase): string | undefined;
  /**
   * Rejects where the promise is not kept, and where the case does not end in time. Answers what of the case was left out
   * on a slow system; empty where nothing was.
   */
  runCase(conformanceCase: ConformanceCase): Promise<readonly string[]>;
  /** Closes the connector, then disposes of the harness. Rejects where either fails. */
  close(): Promise<void>;
}

/** Opens a run of the kit against one harness. */
export async function openRun(request: { harness: ConformanceHarness; caseTimeoutInMs: number }): Promise<ConformanceRun> {
  const { harness, caseTimeoutInMs } = request;
  const attachment = await createAttachment(harness);
  const connector = await harness.connect();
  connector.attach(attachment);
  const provisioned = provision(connector);
  // A connector that cannot be provisioned fails the cases of provisioning, and not the run.
  await provisioned.catch(() => {});
  const setup = (): Promise<ProvisioningSetup> => provisioned;
  return {
    connector,
    skipReason: (conformanceCase) => skipReason({ conformanceCase, connector, harness }),
    runCase: async (conformanceCase) => {
      const opened: ConnectorV1[] = [];
      const bounded: string[] = [];
      const context = createCaseContext({ harness, connector, attachment, setup, opened, bounded });
      const watch = watchRejections();
      let unhandled: readonly string[] = [];
      try {
        await endsInTime({ work: conformanceCase.run(context), limitInMs: caseTimeoutInMs });
      } finally {
        await harness.faults?.clear();
        for (const further of opened) await further.close();
        unhandled = await watch.stop();
      }
      ensureEqual({ actual: unhandled, expected: [], what: "the rejections that nobody handled" });
      return bounded;
    },
    close: async () => {
      await connector.close();
      await harness.dispose?.();
    },
  };
}

async function createAttachment(harness: ConformanceHarness): Promise<ConnectorContextV1> {
  const crypto = harness.context?.crypto ?? webCrypto;
  return {
    destinationId: "kit",
    controllerId: "maison-exemple",
    catalogue: await createTestCatalogue(crypto),
    keyring: harness.context?.keyring ?? createTestKeyring(),
    crypto,
    clock: harness.context?.clock ?? createTestClock(),
  };
}

/** Planned twice before it is applied once: a plan must change nothing. */
async function provision(connector: ConnectorV1): Promise<ProvisioningSetup> {
  const { provisioning } = connector;
  if (provisioning === undefined) return { firstPlan: [], secondPlan: [], applied: [] };
  const firstPlan = await provisioning.plan();
  const secondPlan = await provisioning.plan();
  return { firstPlan, secondPlan, applied: await provisioning.apply() };
}

function skipReason(request: {
  conformanceCase: ConformanceCase;
  connector: ConnectorV1;
  harness: ConformanceHarness;
}): string | undefined {
  const { conformanceCase, connector, harness } = request;
  const { facet, fault, skip } = conformanceCase;
  if (facet !== undefined && connector[facet] === undefined) return `facet ${facet}: absent`;
  const reason = skip?.({ traits: connector.traits, connector, harness });
  if (reason !== undefined) return reason;
  return fault !== undefined && harness.faults?.[fault] === undefined ? `fault ${fault}: not offered by the harness` : undefined;
}

async function endsInTime(request: { work: Promise<void>; limitInMs: number }): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the case did not end within ${request.limitInMs} ms`)), request.limitInMs);
  });
  try {
    await Promise.race([request.work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

import { systemClock, type VolentiConfiguration } from "@volenti/core";
// The stages themselves, without what follows them: the figure is of the pipeline from parse to seal.
import type { CollectPorts } from "../../packages/core/src/collect/collect-ports.ts";
import { createSubmissionParser } from "../../packages/core/src/collect/parse-submission.ts";
import { sealBatch, type SealedBatch } from "../../packages/core/src/collect/seal-batch.ts";
import { createTurnstile } from "../../packages/core/src/collect/turnstile.ts";
import { resolveConfiguration } from "../../packages/core/src/configuration/resolve-configuration.ts";

/** Makes what takes submissions from parse to seal, a batch at a time, and delivers nothing. */
export function createSealer(
  configuration: VolentiConfiguration,
): (request: { submissions: readonly unknown[]; batchSize: number }) => Promise<void> {
  const resolved = resolveConfiguration(configuration);
  const parse = createSubmissionParser(resolved);
  const ports: CollectPorts = {
    configuration: resolved,
    destinations: new Map(),
    submissions: createTurnstile(),
    people: createTurnstile(),
    origin: "submission",
    clock: systemClock,
    random: Math.random,
    observe: () => {},
  };
  return async ({ submissions, batchSize }) => {
    for (let start = 0; start < submissions.length; start += batchSize) {
      const inputs = submissions.slice(start, start + batchSize);
      const now = systemClock.now();
      const parsed = inputs.map((input) => parse({ input, now }));
      const deliver = async ({ prepared }: SealedBatch): Promise<void> => {
        if (prepared.length !== inputs.length) throw new Error("the pipeline sealed fewer submissions than it was given");
      };
      await sealBatch({ parsed, ports, deliver });
    }
  };
}

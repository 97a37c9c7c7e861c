import { createVolenti, type Keyring } from "@volenti/core";
import type { ConnectorV1, WriteBatchV1 } from "@volenti/core/adapter";
import { deliverAll } from "../input/deliver-all.ts";
import { createDiscardingConnector } from "../input/discarding-connector.ts";
import { shopConfiguration } from "../input/shop-configuration.ts";

/** What the pipeline hands to a destination of this shop for some submissions, batch by batch, in their order. */
export async function captureBatches(request: {
  submissions: readonly unknown[];
  batchSize: number;
  keys: Keyring;
}): Promise<readonly WriteBatchV1[]> {
  const { submissions, batchSize, keys } = request;
  const batches: WriteBatchV1[] = [];
  const discarding = createDiscardingConnector();
  const destination: ConnectorV1 = {
    ...discarding,
    // The default is smaller than a wide system's, and would cut the batches.
    traits: { ...discarding.traits, maxBatchSize: batchSize },
    intake: {
      write: ({ items, heads }) => {
        batches.push({ items, heads });
        return discarding.intake.write({ items, heads });
      },
    },
  };
  const volenti = createVolenti(shopConfiguration({ destination, keys }));
  await deliverAll({ volenti, submissions, options: { batchSize, concurrency: 1 } });
  await volenti.close();
  return batches;
}

import type { VolentiConfiguration } from "@volenti/core";
import { fileKeyring } from "@volenti/node";
import { createDiscardingConnector } from "../input/discarding-connector.ts";
import { shopConfiguration } from "../input/shop-configuration.ts";

let written = 0;

/** The people whom the configuration's destination has acknowledged in this process. */
export function countWritten(): number {
  return written;
}

/** What the benchmark's configuration file exports; keys are made beside that file. */
export function discardingConfiguration(): VolentiConfiguration {
  const destination = createDiscardingConnector({
    onWrite: (items) => {
      written += items.length;
    },
  });
  return shopConfiguration({ destination, keys: fileKeyring("./keys") });
}

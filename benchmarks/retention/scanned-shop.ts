import { createVolenti, type Volenti } from "@volenti/core";
import { fileKeyring } from "@volenti/node";
import { createRegionalStore } from "@volenti/regional-store";
import { shopConfiguration } from "../input/shop-configuration.ts";

/** The shop of the other benchmarks over one store, whose purposes are all kept for three years. */
export function openScannedShop(request: { url: string; folder: string }): Volenti {
  const { url, folder } = request;
  const configuration = shopConfiguration({ destination: createRegionalStore({ url, region: "EU" }), keys: fileKeyring(folder) });
  return createVolenti({ ...configuration, purposes: configuration.purposes.map((purpose) => ({ ...purpose, retention: "P3Y" })) });
}

import { createVolenti } from "@volenti/core";
import { fileKeyring, nodeCrypto } from "@volenti/node";
import { createRegionalStore } from "@volenti/regional-store";
import { startPostgresql } from "./tools/test-support/start-postgresql.ts";
import { makeSubmission } from "./benchmarks/input/make-submission.ts";
import { shopConfiguration } from "./benchmarks/input/shop-configuration.ts";
import { writeFileSync, existsSync, mkdirSync } from "node:fs";
const N = Number(process.env.N ?? 334000);
const server = await startPostgresql(); if (server === null) throw new Error("none");
const url = await server.createDatabase();
mkdirSync("/tmp/vf/keys", { recursive: true });
writeFileSync("/tmp/vf/url", url); console.log(url);
const volenti = createVolenti({ ...shopConfiguration({ destination: createRegionalStore({ url, region: "EU" }), keys: fileKeyring("/tmp/vf/keys") }), crypto: nodeCrypto });
await volenti.destinations.get("shop")?.provisioning?.apply();
const t = performance.now(); let n = 0;
function* inputs() { for (let i = 0; i < N; i++) yield makeSubmission(i); }
for await (const { outcome } of volenti.collectMany(inputs(), { batchSize: 200 })) { if (outcome !== "delivered") throw new Error("not delivered"); if (++n % 20000 === 0) console.log(n, ((performance.now() - t) / 1000).toFixed(0), "s"); }
await volenti.close(); writeFileSync("/tmp/vf/filled", "1"); console.log("filled");
while (!existsSync("/tmp/vf/stop")) await new Promise(r => setTimeout(r, 2000));
await server.stop();

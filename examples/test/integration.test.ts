import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createVolenti, defineConfig, systemClock, type Volenti } from "@volenti/core";
import { residencyRules } from "@volenti/jurisdictions";
import { fileKeyring } from "@volenti/node";
import { createRegionalStore } from "@volenti/regional-store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoNotices } from "../demo/demo-notices.ts";
import { demoPurposes } from "../demo/demo-purposes.ts";
import { collectStream } from "../integration/collect-stream.ts";
import { askToConfirm, confirmByLink } from "../integration/double-opt-in.ts";
import { createPlainMeter, observeWithMetrics } from "../integration/observe-with-metrics.ts";

const NOON = Date.parse("2026-11-21T12:00:00.000Z");
const DAY_IN_MS = 24 * 60 * 60 * 1000;
const folder = mkdtempSync(join(tmpdir(), "volenti-integration-"));
const meter = createPlainMeter();
let now = NOON;

/** The demonstration's catalogue over one store. */
function open(url: string): Volenti {
  const configuration = defineConfig({
    controller: { id: "maison-exemple", name: "Maison Exemple", country: "FR", contact: "privacy@example.com", privacyPolicyUrl: "https://example.com/privacy" },
    purposes: demoPurposes,
    notices: demoNotices,
    destinations: { eu: createRegionalStore({ url, region: "EU" }) },
    routes: [{ countries: ["EU"], to: ["eu"] }],
    residency: { rules: residencyRules },
    retry: { maxAttempts: 1 },
    observe: observeWithMetrics(meter),
    keys: fileKeyring(join(folder, "keys")),
  });
  return createVolenti(configuration, { clock: { now: () => now, sleep: systemClock.sleep } });
}

async function* french(): AsyncGenerator {
  const lines = readFileSync(new URL("../../test-fixtures/submissions/demo.ndjson", import.meta.url), "utf8").split("\n");
  for (const line of lines.filter((text) => text.includes('"country":"FR"')).slice(0, 3)) yield JSON.parse(line);
  yield { country: "FR" };
}

let volenti: Volenti;
beforeAll(() => {
  volenti = open(`file:${join(folder, "eu")}`);
});
afterAll(async () => {
  await volenti.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a stream is delivered, and nothing of it has to be sent again", async () => {
  const answer = await collectStream({ volenti, submissions: french(), signal: new AbortController().signal });
  expect(answer).toEqual({ delivered: 3, again: [] });
});

test("a stream into a store that is away answers the ids to send again, and no other", async () => {
  const away = open("postgres://volenti_app@127.0.0.1:1/volenti");
  const { delivered, again } = await collectStream({ volenti: away, submissions: french(), signal: new AbortController().signal });
  await away.close();
  expect([delivered, again.length]).toEqual([0, 3]);
});

test("a link confirms the request that it was sent for, once it is followed in time", async () => {
  const { token, open: request } = await askToConfirm({ volenti, email: "lea@example.com", country: "FR" });
  const other = await askToConfirm({ volenti, email: "noa@example.com", country: "FR" });
  expect(JSON.stringify(request)).not.toContain(token);
  expect(await confirmByLink({ volenti, token: other.token, open: request, country: "FR" })).toBe("askAgain");
  now += DAY_IN_MS;
  expect(await confirmByLink({ volenti, token, open: request, country: "FR" })).toBe("confirmed");
  now += 3 * DAY_IN_MS;
  expect(await confirmByLink({ volenti, token: other.token, open: other.open, country: "FR" })).toBe("askAgain");
});

test("a meter is told counts and codes, and no value of anybody's", () => {
  const { figures } = meter;
  expect(figures.get("volenti.submissions outcome=rejected")).toBe(2);
  expect(figures.get("volenti.destination.items destination=eu outcome=written")).toBeGreaterThanOrEqual(3);
  expect([...figures.keys()].filter((name) => name.includes("@") || name.includes("example"))).toEqual([]);
  expect([...figures.keys()]).toContainEqual(expect.stringMatching(/^volenti\.call\.duration .*destination=eu code=unavailable$/));
});

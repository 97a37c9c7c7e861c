import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Nothing is reached in a dry run. */
const ENVIRONMENT = {
  VOLENTI_RU_URL: "postgres://volenti_app@ru.example/volenti",
  VOLENTI_EU_URL: "postgres://volenti_app@eu.example/volenti",
  SALESFORCE_LOGIN_URL: "https://brand.my.salesforce.com",
  SALESFORCE_CLIENT_ID: "client",
  SALESFORCE_CLIENT_SECRET: "secret",
  CEGID_BASE_URL: "https://retail.example/Y2",
  CEGID_FOLDER: "folder",
  CEGID_USER: "user",
  CEGID_PASSWORD: "password",
};

function preview(request: { example: string; environment: Record<string, string> }) {
  const script = fileURLToPath(new URL("./run-volenti.ts", import.meta.url));
  const configuration = `examples/${request.example}/volenti.config.mts`;
  const options = ["collect", "test-fixtures/submissions/demo.ndjson", "--dry-run", "--json", "--config", configuration];
  const { PATH = "" } = process.env;
  return spawnSync(process.execPath, ["--conditions=@volenti/source", script, ...options], { cwd: ROOT, encoding: "utf8", env: { PATH, ...request.environment } });
}

interface PreviewLine {
  readonly line: number;
  readonly outcome: "wouldDeliver" | "rejected";
  readonly route: readonly { readonly destinationId: string; readonly turn: "first" | "then" }[];
}

const countries = readFileSync(new URL("../../test-fixtures/submissions/demo.ndjson", import.meta.url), "utf8")
  .split("\n")
  .map((text) => /"country":"([A-Z]{2})"/.exec(text)?.[1] ?? "");

/** Where each country's people go, as `id turn`. */
function routesOf(stdout: string): Map<string, Set<string>> {
  const routes = new Map<string, Set<string>>();
  for (const text of stdout.trim().split("\n")) {
    const { line, outcome, route } = JSON.parse(text) as PreviewLine;
    const country = countries[line - 1] ?? "";
    const told = route.map(({ destinationId, turn }) => `${destinationId} ${turn}`).join(", ");
    if (outcome === "wouldDeliver") routes.set(country, (routes.get(country) ?? new Set()).add(told));
  }
  return routes;
}

test.each([
  ["salesforce", "crm"],
  ["cegid-retail", "stores"],
])("the configuration of examples/%s sends Russian people to their store alone, and all others to the ledger before %s", (example, system) => {
  const { stdout, status } = preview({ example, environment: ENVIRONMENT });
  // Some lines of the file are wrong on purpose.
  expect(status).toBe(1);
  const routes = routesOf(stdout);
  expect(routes.size).toBe(12);
  for (const [country, told] of routes) {
    expect([country, ...told]).toEqual([country, country === "RU" ? "ru first" : `ledger first, ${system} then`]);
  }
});

test.each(["salesforce", "cegid-retail"])("the configuration of examples/%s without its environment is refused by its place, with 2", (example) => {
  const { stdout, stderr, status } = preview({ example, environment: {} });
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/volenti\.config\.mts:\d+:\d+: configurationInvalid/);
});

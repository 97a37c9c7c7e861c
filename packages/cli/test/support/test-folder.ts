import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createMemorySystem, type MemorySystem } from "@volenti/memory";
import { afterEach } from "vitest";

// Inside the clone, so that a configuration finds the workspace's packages; ignored by git.
const ROOT = fileURLToPath(new URL("../../.volenti/", import.meta.url));
const REGISTRY = Symbol.for("volenti.cliTestSystems");

export interface TestFolder {
  path: string;
  /** The systems behind the configuration's memory destinations: they outlive a run of the command. */
  systems: { eu: MemorySystem; ru: MemorySystem };
  write: (name: string, text: string) => void;
}

const open: string[] = [];
afterEach(() => {
  for (const path of open.splice(0)) rmSync(path, { recursive: true, force: true });
});

/** A folder with a configuration whose destinations are in memory. `change` rewrites the configuration's text. */
export function createTestFolder(options: { change?: (text: string) => string } = {}): TestFolder {
  mkdirSync(ROOT, { recursive: true });
  const path = mkdtempSync(`${ROOT}test-`);
  open.push(path);
  const systems = { eu: createMemorySystem(), ru: createMemorySystem() };
  registry()[path] = systems;
  const folder: TestFolder = { path, systems, write: (name, text) => writeFileSync(`${path}/${name}`, text) };
  folder.write("volenti.config.mjs", (options.change ?? ((text) => text))(configurationText(path)));
  return folder;
}

/** A folder without a configuration. */
export function createEmptyFolder(): string {
  mkdirSync(ROOT, { recursive: true });
  const path = mkdtempSync(`${ROOT}test-`);
  open.push(path);
  return path;
}

function registry(): Record<string, TestFolder["systems"]> {
  const holder = globalThis as { [REGISTRY]?: Record<string, TestFolder["systems"]> };
  return (holder[REGISTRY] ??= {});
}

function configurationText(path: string): string {
  return `
import { defineConfig } from "@volenti/core";
import { fileKeyring } from "@volenti/node";
import { createMemoryConnector } from "@volenti/memory";
const systems = globalThis[Symbol.for("volenti.cliTestSystems")]?.[${JSON.stringify(path)}] ?? {};
export default defineConfig({
  controller: { id: "maison-exemple", name: "Maison Exemple", country: "FR", contact: "privacy@example.com", privacyPolicyUrl: "https://example.com/privacy" },
  purposes: [
    { key: "loyalty", version: "1", basis: "contract", mechanism: "noticeOnly", attributes: ["givenName", "familyName", "email"], label: { en: "Loyalty" } },
    { key: "marketing.email", version: "1", basis: "consent", mechanism: "optIn", channels: ["email"], attributes: ["email", "givenName"], label: { en: "News by e-mail" } },
  ],
  notices: [
    { id: "signup", version: "3", locale: "fr-FR", purposes: ["loyalty", "marketing.email"], standalone: true, firstLayer: "Bonjour", text: "Vos choix.", policyUrl: "https://example.com/fr" },
  ],
  destinations: {
    eu: createMemoryConnector({ region: "EU", system: systems.eu }),
    ru: createMemoryConnector({ region: "RU", system: systems.ru }),
  },
  routes: [{ countries: ["RU"], to: ["ru"] }, { countries: ["FR", "DE"], to: ["eu"] }],
  residency: "none",
  retry: { maxAttempts: 1 },
  keys: fileKeyring("./keys"),
});
`;
}

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { CegidRetailEmulator } from "@volenti/emulators";
import { DEMO_FOLDER } from "./stand-ins.ts";

const FILE = new URL("customers.txt", DEMO_FOLDER);

/** What a nightly file exchange leaves of a tenant's customers, which Y2 has no call to list: an id a line. */
export function exportCustomerList({ customers }: CegidRetailEmulator): void {
  const ids = customers.list().flatMap(({ CustomerId: id }) => (typeof id === "string" ? [id] : []));
  writeFileSync(FILE, ids.join("\n"), { mode: 0o600 });
}

/** The ids of the last export, in its order; none where there was none yet. */
export async function* readCustomerList(): AsyncGenerator<string, void, undefined> {
  if (existsSync(FILE)) yield* readFileSync(FILE, "utf8").split("\n");
}

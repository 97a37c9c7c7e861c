import { randomBytes } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { createAccess } from "./access/create-access.ts";
import { createCallCounter } from "./call-counter.ts";
import type { CegidRetailEmulator, CegidRetailEmulatorOptions } from "./cegid-retail-emulator.ts";
import { createFrontDoor } from "./create-front-door.ts";
import { createCustomerStore } from "./customers/customer-store.ts";
import { createCustomerDesk } from "./desk/create-customer-desk.ts";
import { createFaultBoard } from "./faults/fault-board.ts";
import { DEFAULT_TABLES } from "./folder-tables.ts";
import type { Folder } from "./folder.ts";
import { DEFAULT_LENGTHS } from "./rules/default-lengths.ts";
import { createServerClock } from "./server-clock.ts";
import { STRICT_BEHAVIOUR } from "./unproven-behaviour.ts";

/** A Cegid Retail Y2 server with one folder that lives in memory: empty, and strict where nobody knows. */
export function createCegidRetailEmulator(options: CegidRetailEmulatorOptions = {}): CegidRetailEmulator {
  const folder = createFolder(options);
  const access = createAccess(folder);
  const board = createFaultBoard();
  const counter = createCallCounter();
  const { virtualDirectory: basePath, folderId, username, password, customers } = folder;
  return {
    handle: createFrontDoor({
      folder,
      access,
      board,
      counter,
      anonymization: { verb: "POST", isInstalled: true, isAllowed: true, ...options.anonymization },
      wait: options.wait ?? (async (milliseconds) => wait(milliseconds)),
    }),
    credentials: { basePath, folderId, username, password },
    customers: createCustomerDesk(folder),
    calls: counter,
    faults: {
      strike: (request) => board.strike(request),
      clear: () => board.clear(),
      expireSessions: () => access.expireSessions(),
    },
    settings: {
      setPrivacyLevel: (level) => void (folder.privacyLevel = level),
      setTables: (tables) => void (folder.tables = { ...folder.tables, ...tables }),
    },
    dump: () => customers.all().map(({ customerId, externalReference, values }) => `${customerId} ${externalReference} ${JSON.stringify(values)}`).join("\n"),
  };
}

function createFolder(options: CegidRetailEmulatorOptions): Folder {
  return {
    folderId: options.folderId ?? "90000001_001_TEST",
    username: options.username ?? "WSVOLENTI",
    password: options.password ?? randomBytes(12).toString("base64url"),
    virtualDirectory: (options.virtualDirectory ?? "/Y2").replace(/\/+$/, ""),
    clock: createServerClock({ now: options.now ?? Date.now, timeZone: options.timeZone ?? "Europe/Paris" }),
    culture: options.culture ?? "en-US",
    version: options.version ?? "26.0.0.100",
    tables: { ...DEFAULT_TABLES, ...options.tables },
    privacyLevel: options.privacyLevel ?? "item",
    behaviour: { ...STRICT_BEHAVIOUR, ...options.behaviour },
    lengths: { ...DEFAULT_LENGTHS, ...options.lengths },
    visibleStores: options.visibleStores ?? null,
    customers: createCustomerStore(),
  };
}

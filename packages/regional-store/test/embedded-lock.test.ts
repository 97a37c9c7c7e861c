import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { systemClock } from "@volenti/core/adapter";
import { createRegionalStore } from "../src/index.ts";
import { makeContext, openStore } from "./support/open-store.ts";
import { makeBatch, makeItem } from "./support/sealed-items.ts";

const batch = () => makeBatch([makeItem({ decisions: [{ channel: "email" }] })]);

test("an embedded store belongs to one holder at a time, and is warned of as not durable", async () => {
  const folder = await mkdtemp(join(tmpdir(), "volenti-lock-"));
  const url = `file:${folder}`;
  try {
    const first = openStore({ url });
    expect((await first.checkConnection()).findings.map(({ code }) => code)).toEqual(["durabilityNone"]);
    const second = openStore({ url });
    await expect(second.intake.write(batch())).rejects.toMatchObject({ code: "unavailable", providerCode: "storeLocked" });
    const item = makeItem({ decisions: [{ channel: "email" }] });
    await first.intake.write(makeBatch([item]));
    await first.close();
    expect(await second.consent.listStates({ subjectRef: item.subject.ref })).toEqual(item.states);
    await second.close();
    await expect(readFile(join(folder, "volenti.lock"))).rejects.toMatchObject({ code: "ENOENT" });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("the lock of a process that is gone is taken over at once, one of another machine once it is stale", async () => {
  const folder = await mkdtemp(join(tmpdir(), "volenti-lock-"));
  const lockedBy = (record: object) => writeFile(join(folder, "volenti.lock"), JSON.stringify({ token: "another", ...record }));
  try {
    const store = openStore({ url: `file:${folder}` });
    await lockedBy({ pid: 1, hostname: "elsewhere.example", heartbeatAt: Date.now() });
    await expect(store.checkConnection()).rejects.toMatchObject({ providerCode: "storeLocked" });
    await lockedBy({ pid: 2 ** 22 + 1, hostname: hostname(), heartbeatAt: Date.now() });
    await store.checkConnection();
    await store.close();
    await lockedBy({ pid: 1, hostname: "elsewhere.example", heartbeatAt: Date.now() - 16_000 });
    const next = openStore({ url: `file:${folder}` });
    await next.checkConnection();
    await next.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("a holder that was frozen until another took the folder over touches it no more", async () => {
  const folder = await mkdtemp(join(tmpdir(), "volenti-lock-"));
  let frozenForInMs = 0;
  const clock = { ...systemClock, now: () => Date.now() + frozenForInMs };
  try {
    const frozen = createRegionalStore({ url: `file:${folder}`, region: "EU" });
    frozen.attach({ ...makeContext(), clock });
    await frozen.intake.write(batch());
    const successor = JSON.stringify({ token: "another", pid: process.pid, hostname: hostname(), heartbeatAt: Date.now() });
    // As a successor does: the file of the frozen one goes, and a new one comes.
    await writeFile(join(folder, "successor"), successor);
    await rename(join(folder, "successor"), join(folder, "volenti.lock"));
    frozenForInMs = 16_000;
    await expect(frozen.intake.write(batch())).rejects.toMatchObject({ code: "unavailable", providerCode: "storeLocked" });
    await expect(frozen.provisioning!.plan()).rejects.toMatchObject({ providerCode: "storeLocked" });
    await frozen.close();
    expect(await readFile(join(folder, "volenti.lock"), "utf8")).toBe(successor);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("a heartbeat leaves one whole record of the holder, however short the new one is", async () => {
  const folder = await mkdtemp(join(tmpdir(), "volenti-lock-"));
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  let now = 1_800_000_000_000;
  try {
    const store = createRegionalStore({ url: `file:${folder}`, region: "EU" });
    store.attach({ ...makeContext(), clock: { ...systemClock, now: () => now } });
    await store.checkConnection();
    const read = async (): Promise<unknown> => JSON.parse(await readFile(join(folder, "volenti.lock"), "utf8"));
    const taken = await read();
    expect(taken).toMatchObject({ pid: process.pid, heartbeatAt: now });
    now = 7;
    vi.advanceTimersByTime(5000);
    await expect.poll(read).toEqual({ ...Object(taken), heartbeatAt: 7 });
    await store.close();
  } finally {
    vi.useRealTimers();
    await rm(folder, { recursive: true, force: true });
  }
});

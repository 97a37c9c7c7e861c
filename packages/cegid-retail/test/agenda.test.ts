import type { Clock } from "@volenti/core/adapter";
import { expect, test } from "vitest";
import { createAgenda } from "../src/intake/create-agenda.ts";

/** Sleeps of no length, so that every turn of the event loop is one of the agenda's own. */
const clock: Clock = { now: () => 0, sleep: async () => undefined };

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
}

test.each(Array.from({ length: 12 }, (_, index) => index))("what is added %i turns behind the last work's end is done, though nothing more is added", async (count) => {
  const agenda = createAgenda({ durationInMs: 1, signal: new AbortController().signal, clock: () => clock });
  const done: string[] = [];
  const first = Promise.withResolvers<undefined>();
  agenda.add({
    key: null,
    work: async () => {
      done.push("first");
      first.resolve(undefined);
    },
  });
  await first.promise;
  await turns(count);
  agenda.add({ key: null, work: async () => done.push("second") });
  await turns(50);
  expect(done).toEqual(["first", "second"]);
});

test("what fails keeps nothing behind it from being done", async () => {
  const agenda = createAgenda({ durationInMs: 1, signal: new AbortController().signal, clock: () => clock });
  const done: string[] = [];
  agenda.add({ key: null, work: async () => Promise.reject(new Error("failed")) });
  agenda.add({ key: null, work: async () => done.push("second") });
  await turns(50);
  expect(done).toEqual(["second"]);
});

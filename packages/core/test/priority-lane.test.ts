import { expect, it } from "vitest";
import { createPriorityLane } from "@volenti/core/adapter";

it("lets no more run than it may, those that carry refusals first, and whoever gives up leaves the queue", async () => {
  const lane = createPriorityLane({ maxConcurrency: 1 });
  const order: string[] = [];
  const gate = Promise.withResolvers<void>();
  const stop = new AbortController();
  const first = lane.run({ isUrgent: false, task: () => gate.promise.then(() => order.push("first")) });
  const leaving = lane.run({ isUrgent: false, signal: stop.signal, task: async () => order.push("leaving") });
  const ordinary = lane.run({ isUrgent: false, task: async () => order.push("ordinary") });
  const refusal = lane.run({ isUrgent: true, task: async () => order.push("refusal") });
  stop.abort("given up");
  await expect(leaving).rejects.toBe("given up");
  gate.resolve();
  await Promise.all([first, ordinary, refusal]);
  expect(order).toEqual(["first", "refusal", "ordinary"]);
});

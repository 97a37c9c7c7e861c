// The shape of an OpenTelemetry meter, so that a real one fits: counts, durations and codes, never values.
import type { Observe } from "@volenti/core";

/** The two instruments that are needed of `@opentelemetry/api`'s `Meter`. */
export interface MeterLike {
  createCounter(name: string): { add(value: number, attributes?: Record<string, string>): void };
  createHistogram(name: string): { record(value: number, attributes?: Record<string, string>): void };
}

/** An `observe` port for the configuration that feeds a meter. */
export function observeWithMetrics(meter: MeterLike): Observe {
  const submissions = meter.createCounter("volenti.submissions");
  const items = meter.createCounter("volenti.destination.items");
  const retries = meter.createCounter("volenti.retries");
  const durations = meter.createHistogram("volenti.call.duration");
  return (event) => {
    switch (event.name) {
      case "batchCollected":
        submissions.add(event.submissions - event.rejected, { outcome: "accepted" });
        submissions.add(event.rejected, { outcome: "rejected" });
        durations.record(event.durationInMs, { call: "collect" });
        break;
      case "ledgerConsulted":
        durations.record(event.durationInMs, { call: "consult", destination: event.destinationId, code: event.code ?? "ok" });
        break;
      case "batchWritten":
        items.add(event.items - event.failed, { destination: event.destinationId, outcome: "written" });
        items.add(event.failed, { destination: event.destinationId, outcome: "failed" });
        durations.record(event.durationInMs, { call: "write", destination: event.destinationId, code: event.code ?? "ok" });
        break;
      case "callRetried":
        retries.add(1, { destination: event.destinationId, operation: event.operation, code: event.code });
        break;
    }
  };
}

/** A meter that keeps plain counters: for a test, or for a page of figures. */
export function createPlainMeter(): MeterLike & { readonly figures: ReadonlyMap<string, number> } {
  const figures = new Map<string, number>();
  const add = (request: { name: string; value: number; attributes: Record<string, string> | undefined }): void => {
    const labels = Object.entries(request.attributes ?? {}).map(([label, value]) => `${label}=${value}`);
    const key = [request.name, ...labels].join(" ");
    figures.set(key, (figures.get(key) ?? 0) + request.value);
  };
  return {
    figures,
    createCounter: (name) => ({ add: (value, attributes) => add({ name, value, attributes }) }),
    createHistogram: (name) => ({ record: (value, attributes) => add({ name, value, attributes }) }),
  };
}

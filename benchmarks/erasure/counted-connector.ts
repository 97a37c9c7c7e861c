import { setTimeout as wait } from "node:timers/promises";
import type { ConnectorV1 } from "@volenti/core/adapter";

type Method = (...values: readonly unknown[]) => unknown;

/** Methods of a connector itself that are no call of its system. */
const LOCAL = new Set<PropertyKey>(["attach", "close", "estimateCalls", Symbol.asyncDispose]);

/** A connector whose every call is counted, and takes as long as the way there and back once `roundTripInMs` is not zero. */
export interface CountedConnector {
  readonly connector: ConnectorV1;
  readonly counter: { calls: number; roundTripInMs: number };
}

export function toCountedConnector(connector: ConnectorV1): CountedConnector {
  const counter = { calls: 0, roundTripInMs: 0 };
  const count = (method: Method, self: object): Method => (...values) => {
    counter.calls += 1;
    return travel({ answer: method.apply(self, [...values]), roundTripInMs: counter.roundTripInMs });
  };
  const wrap = <Part extends object>(part: Part): Part =>
    new Proxy(part, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (LOCAL.has(name)) return member;
        if (typeof member === "function") return count(member as Method, target);
        return name !== "traits" && isObject(member) ? wrap(member) : member;
      },
    });
  return { connector: wrap(connector), counter };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function travel(request: { answer: unknown; roundTripInMs: number }): unknown {
  const { answer, roundTripInMs } = request;
  if (roundTripInMs === 0) return answer;
  if (answer instanceof Promise) return Promise.all([answer, wait(roundTripInMs)]).then(([value]: [unknown, unknown]) => value);
  return isStream(answer) ? afterwards({ stream: answer, roundTripInMs }) : answer;
}

async function* afterwards(request: { stream: AsyncIterable<unknown>; roundTripInMs: number }): AsyncGenerator {
  await wait(request.roundTripInMs);
  yield* request.stream;
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return isObject(value) && Symbol.asyncIterator in value;
}

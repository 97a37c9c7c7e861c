import { afterAll, afterEach, beforeAll } from "vitest";
import { testNetwork } from "./test-network.ts";

// A setup file of every package's tests (vitest.config.ts).
beforeAll(() => testNetwork.enable());
afterEach(() => testNetwork.resetHandlers());
afterAll(() => testNetwork.disable());

import { describe, expect, it } from "vitest";
import { ConnectionResetError } from "@volenti/emulators";
import { logIn, openOrg } from "./open-org.ts";

const create = { method: "POST", path: "sobjects/Individual", body: { LastName: "Doe" } };

describe("faults", () => {
  it("strike the next calls only", async () => {
    const { call, emulator } = await openOrg();
    const fault = emulator.faults.strike({ fault: { kind: "unavailable", retryAfterInSeconds: 7 }, times: 1 });
    const struck = await call(create);
    expect(struck).toMatchObject({ status: 503, body: [{ errorCode: "SERVER_UNAVAILABLE" }] });
    expect(struck.headers.get("Retry-After")).toBe("7");
    expect(await call(create)).toMatchObject({ status: 201 });
    expect(fault.struckCalls).toBe(1);
  });

  it("strike all calls until they are cleared, and tokens only where named", async () => {
    const { call, emulator } = await openOrg();
    const fault = emulator.faults.strike({ fault: { kind: "sessionRefused" } });
    expect(await call(create)).toMatchObject({ status: 401 });
    expect(await logIn(emulator)).toContain("!");
    fault.clear();
    expect(await call(create)).toMatchObject({ status: 201 });
    emulator.faults.strike({ fault: { kind: "unavailable" }, when: { pathIncludes: "/oauth2/token" } });
    await expect(logIn(emulator)).resolves.toBe("undefined");
    expect(await call(create)).toMatchObject({ status: 201 });
  });

  it.each([
    [{ kind: "rateLimited", status: 403 } as const, 403, /REQUEST_LIMIT_EXCEEDED/],
    [{ kind: "edgeUnrouted" } as const, 420, /<html>/],
    [{ kind: "htmlPage" } as const, 200, /<html>/],
    [{ kind: "redirect", to: "https://other.example.com/" } as const, 302, /^null$/],
    [{ kind: "unavailable", body: "html" } as const, 503, /<html>/],
  ])("answer for %o without applying anything", async (fault, status, pattern) => {
    const { call, emulator } = await openOrg();
    emulator.faults.strike({ fault });
    const answer = await call(create);
    expect(answer.status).toBe(status);
    expect(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body)).toMatch(pattern);
    expect(emulator.org.rows("Individual")).toEqual([]);
  });

  it("break the connection before or after the call was applied", async () => {
    const { call, emulator } = await openOrg();
    emulator.faults.strike({ fault: { kind: "resetBeforeApply" }, times: 1 });
    await expect(call(create)).rejects.toThrow(ConnectionResetError);
    expect(emulator.org.rows("Individual")).toHaveLength(0);
    emulator.faults.strike({ fault: { kind: "resetAfterApply" }, times: 1 });
    await expect(call(create)).rejects.toThrow(ConnectionResetError);
    expect(emulator.org.rows("Individual")).toHaveLength(1);
    emulator.faults.strike({ fault: { kind: "malformedJson" }, times: 1 });
    expect(typeof (await call(create)).body).toBe("string");
    expect(emulator.org.rows("Individual")).toHaveLength(2);
  });

  it("stall a call until it is released", async () => {
    const { call, emulator } = await openOrg();
    const fault = emulator.faults.strike({ fault: { kind: "stall" }, when: { method: "POST", pathIncludes: "/sobjects/Individual" } });
    const stalled = call(create);
    expect(await call({ path: "sobjects/Individual" })).toMatchObject({ status: 200 });
    expect(emulator.org.rows("Individual")).toHaveLength(0);
    fault.release();
    expect(await stalled).toMatchObject({ status: 201 });
  });

  it("lock every row of a chunk, refuse a key by name, fill the storage", async () => {
    const { call, emulator } = await openOrg();
    const row = (ref: string) => ({ attributes: { type: "Individual" }, Ref__c: ref, LastName: "Doe" });
    const upsert = (...refs: string[]) => call({ method: "PATCH", path: "composite/sobjects/Individual/Ref__c", body: { records: refs.map(row) } });
    emulator.faults.lockRows({ objectName: "Individual", times: 1 });
    expect((await upsert("a", "b")).body).toMatchObject([{ errors: [{ statusCode: "UNABLE_TO_LOCK_ROW" }] }, { errors: [{ statusCode: "UNABLE_TO_LOCK_ROW" }] }]);
    emulator.faults.refuseKey({ value: "B" });
    expect((await upsert("a", "b")).body).toMatchObject([{ success: true }, { success: false }]);
    emulator.faults.setStorageFull(true);
    expect((await upsert("a", "c")).body).toMatchObject([{ success: true }, { errors: [{ statusCode: "STORAGE_LIMIT_EXCEEDED" }] }]);
    emulator.faults.clear();
    expect((await upsert("b", "c")).body).toMatchObject([{ success: true }, { success: true }]);
  });
});

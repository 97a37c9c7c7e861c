import { getEventListeners } from "node:events";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Settings } from "../src/settings.ts";
import type { CegidSession } from "../src/transport/cegid-session.ts";
import { envelope, resultOf } from "./support/soap-envelopes.ts";
import { startServer, type Script, type ScriptedServer } from "./support/transport-server.ts";
import { HELLO, NOW, openSession, READ, rejection, WRITE } from "./support/transport-session.ts";

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const resource of opened.splice(0).toReversed()) await resource.close();
});

async function connect(request: { answer?: Script; settings?: Partial<Settings> }): Promise<{ server: ScriptedServer; session: CegidSession }> {
  const server = await startServer(request.answer === undefined ? {} : { answer: request.answer });
  const session = openSession({ baseUrl: `${server.url}/Y2`, ...request.settings });
  opened.push(server, session);
  return { server, session };
}

function updated(): ReturnType<Script> {
  return { body: resultOf({ name: "UpdateCustomer", content: "V234" }) };
}

describe("a call", () => {
  it("is a POST of SOAP 1.1 with Basic in UTF-8, a quoted action, and no Expect", async () => {
    const { server, session } = await connect({ answer: updated });
    expect(await session.call(WRITE)).toBe("V234");
    const [received] = server.requests;
    expect(received).toMatchObject({ method: "POST", url: "/Y2/CustomerWcfService.svc" });
    expect(received?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from("90000001_001_TEST\\WSVOLENTI:pässwörd", "utf8").toString("base64")}`,
      "content-type": "text/xml; charset=utf-8",
      soapaction: '"http://www.cegid.fr/Retail/1.0/ICustomerWcfService/UpdateCustomer"',
    });
    expect([received?.headers.expect, received?.headers.cookie]).toEqual([undefined, undefined]);
    expect(received?.body).toContain("<customerId>V234</customerId><modifiedData><LastName>Example</LastName></modifiedData><clientContext>");
  });

  it("greets under the action that all services share, and tells version and clock", async () => {
    const { server, session } = await connect({});
    expect(await session.call(HELLO)).toMatchObject({ version: "26.0.0.100", localTime: null });
    expect(server.requests[0]?.headers["soapaction"]).toBe('"http://www.cegid.fr/Retail/1.0/ICbrBasicWebServiceInterface/HelloWorld"');
  });

  it("reads packed answers, and keeps no cookie", async () => {
    const { server, session } = await connect({ answer: () => ({ body: resultOf({ name: "UpdateCustomer", content: "V234" }), gzip: true, headers: { "set-cookie": "CbrAuth=ABC; path=/" } }) });
    expect([await session.call(WRITE), await session.call(WRITE)]).toEqual(["V234", "V234"]);
    expect(server.requests[1]?.headers.cookie).toBeUndefined();
    expect(server.requests[1]?.headers.authorization).toBeDefined();
  });

  it("is refused before anything is sent where the data are none of the contract", async () => {
    const { server, session } = await connect({});
    const call = { ...WRITE, arguments: { customerId: "V234", modifiedData: { EmailData: { Email: "ines@example.com\u0000" } } } };
    expect(await rejection(session.call(call))).toMatchObject({ code: "invalidInput", operation: "intake.write", fieldNames: ["EmailData.Email"] });
    expect(server.requests).toHaveLength(0);
  });

  it.each([
    [401, "unauthenticated", "unauthenticated"],
    [403, "forbidden", "forbidden"],
    [302, "invalidConfiguration", "invalidConfiguration"],
    [404, "invalidConfiguration", "invalidConfiguration"],
    [400, "rejectedByProvider", "rejectedByProvider"],
    [429, "rateLimited", "rateLimited"],
    [500, "unavailable", "outcomeUnknown"],
    [502, "unavailable", "outcomeUnknown"],
    [503, "unavailable", "unavailable"],
    [504, "timedOut", "outcomeUnknown"],
    [202, "malformedResponse", "outcomeUnknown"],
  ])("that meets %i fails as %s, a change as %s, and is made once", async (status, read, change) => {
    const { server, session } = await connect({ answer: () => ({ status, headers: { location: "/Y2/elsewhere" } }) });
    const errors = [await rejection(session.call(READ)), await rejection(session.call(WRITE))];
    expect(errors.map(({ code, httpStatus }) => [code, httpStatus])).toEqual([
      [read, status],
      [change, status],
    ]);
    expect(server.requests).toHaveLength(2);
  });

  it("says so where the server offers no Basic, and when it may come back", async () => {
    const answers: ReturnType<Script>[] = [
      { status: 401, headers: { "www-authenticate": "Negotiate, NTLM" } },
      { status: 503, headers: { "retry-after": "120" } },
    ];
    const { session } = await connect({ answer: () => answers.shift() ?? "reset" });
    expect(await rejection(session.call(READ))).toMatchObject({ code: "unauthenticated", providerCode: "BASIC_NOT_OFFERED" });
    expect(await rejection(session.call(READ))).toMatchObject({ code: "unavailable", retry: { kind: "afterDelay", notBefore: NOW + 120_000 } });
  });

  it.each([
    ["html", { headers: { "content-type": "text/html; charset=utf-8" }, body: "<!DOCTYPE html><html><form></form></html>" }],
    ["html", { body: "<!DOCTYPE html><html><form></form></html>" }],
    ["doctype", { body: `<!DOCTYPE x [<!ENTITY a "b">]>${envelope("")}` }],
    ["malformed", { body: envelope("<a>") }],
    ["malformed", { body: "" }],
    ["notSoap", { body: resultOf({ name: "SearchCustomerIds", content: "" }) }],
  ])("with an answer of success that is none (%s) makes no sense, and leaves a change unknown", async (providerCode, answer) => {
    const { session } = await connect({ answer: () => answer });
    expect(await rejection(session.call(READ))).toMatchObject({ code: "malformedResponse", providerCode, httpStatus: 200 });
    expect(await rejection(session.call(WRITE))).toMatchObject({ code: "outcomeUnknown", providerCode });
  });

  it("for anonymisation that is answered with a page is unknown: a sign-in page anonymises nobody", async () => {
    const { session } = await connect({ answer: () => ({ headers: { "content-type": "text/html" }, body: "<html>Log in</html>" }), settings: { anonymisation: { method: "POST", path: "customers/anonymize" } } });
    expect(await rejection(session.anonymise({ customerIds: ["V234"], operation: "erasure.erase" }))).toMatchObject({ code: "outcomeUnknown", httpStatus: 200 });
  });

  it("takes no answer that is larger than any, packed ones too", async () => {
    const body = resultOf({ name: "UpdateCustomer", content: " ".repeat(17 * 1024 * 1024) });
    const { session } = await connect({ answer: () => ({ body, gzip: true }) });
    expect(await rejection(session.call(READ))).toMatchObject({ code: "malformedResponse", providerCode: "TOO_LARGE" });
    expect(await rejection(session.call(WRITE))).toMatchObject({ code: "outcomeUnknown" });
  });

  it("whose connection breaks leaves a change unknown, and a read to be tried again", async () => {
    const { server, session } = await connect({ answer: () => "reset" });
    expect(await rejection(session.call(WRITE))).toMatchObject({ code: "outcomeUnknown", retry: { kind: "sameWriteOnly" } });
    expect(await rejection(session.call(READ))).toMatchObject({ code: "unavailable" });
    expect(server.requests).toHaveLength(2);
  });

  it("that never left is no unknown change", async () => {
    const { server, session } = await connect({});
    await server.close();
    expect(await rejection(session.call(WRITE))).toMatchObject({ code: "unavailable", providerCode: "ECONNREFUSED" });
  });

  it("ends after its time", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const hang = (): "hang" => {
      // The time is over when the server has the call, and not before: on a busy machine, sending it takes long.
      vi.advanceTimersByTime(30_000);
      return "hang";
    };
    const { session } = await connect({ answer: hang, settings: { timeoutInMs: 30_000 } });
    expect(await rejection(session.call(READ))).toMatchObject({ code: "timedOut" });
    expect(await rejection(session.call(WRITE))).toMatchObject({ code: "outcomeUnknown" });
  });

  it("rejects with the signal's own reason, at once, while it waits for an answer or for its turn", async () => {
    const { session } = await connect({ answer: () => "hang", settings: { maxConcurrency: 1 } });
    const controller = new AbortController();
    const reason = new Error("the caller changed its mind");
    const calls = [session.call({ ...WRITE, signal: controller.signal }), session.call({ ...READ, signal: controller.signal })].map(rejection);
    setImmediate(() => controller.abort(reason));
    expect(await Promise.all(calls)).toEqual([reason, reason]);
    expect(await rejection(session.call({ ...READ, signal: controller.signal }))).toBe(reason);
  });

  it("runs beside no more others than are allowed, on as many connections; urgent ones go ahead", async () => {
    const gate = Promise.withResolvers<void>();
    const two = Promise.withResolvers<void>();
    const order: string[] = [];
    let running = 0;
    let most = 0;
    const answer: Script = async ({ body }) => {
      running += 1;
      most = Math.max(most, running);
      if (order.push(/<customerId>(.*)<\/customerId>/.exec(body)?.[1] ?? "") === 2) two.resolve();
      await gate.promise;
      running -= 1;
      return updated();
    };
    const { server, session } = await connect({ answer, settings: { maxConcurrency: 2 } });
    const ordinary = Array.from({ length: 15 }, () => session.call(WRITE));
    await two.promise;
    const urgent = session.call({ ...WRITE, arguments: { ...WRITE.arguments, customerId: "urgent" }, isUrgent: true });
    gate.resolve();
    await Promise.all([...ordinary, urgent]);
    expect([order.indexOf("urgent"), order.length, most, server.countConnections()]).toEqual([2, 16, 2, 2]);
  });
});

describe("a session", () => {
  it("rejects every call once it is closed, sends nothing, and keeps no connection", async () => {
    const { server, session } = await connect({ answer: updated });
    await session.call(WRITE);
    await session.close();
    await session.close();
    expect(await rejection(session.call(READ))).toMatchObject({ code: "invalidInput", providerCode: "closed" });
    expect(server.requests).toHaveLength(1);
  });

  it("ends what is under way when it closes: a change is then unknown, what waited was never sent", async () => {
    const arrived = Promise.withResolvers<void>();
    const answer: Script = () => {
      arrived.resolve();
      return "hang";
    };
    const { server, session } = await connect({ answer, settings: { maxConcurrency: 1 } });
    const errors = Promise.all([rejection(session.call(WRITE)), rejection(session.call(WRITE))]);
    await arrived.promise;
    await session.close();
    expect((await errors).map(({ code }) => code)).toEqual(["outcomeUnknown", "invalidInput"]);
    expect(server.requests).toHaveLength(1);
  });

  it("has no context before it is attached to one, and keeps it afterwards", async () => {
    const { session } = await connect({});
    expect(session.context("intake.write").clock.now()).toBe(NOW);
  });

  it.each([
    [{ baseUrl: "http://y2.example/Y2" }, "insecureHttp"],
    [{ baseUrl: "http://127.0.0.1:9/Y2", allowInsecureHttp: false }, "insecureHttp"],
    [{ baseUrl: "http://127.0.0.1.example/Y2" }, "insecureHttp"],
    [{ baseUrl: "https://user:secret@y2.example/Y2" }, "malformedAddress"],
    [{ baseUrl: "https://y2.example/Y2?x=1" }, "malformedAddress"],
    [{ baseUrl: "https://y2.example/Y2/CustomerWcfService.svc" }, "malformedAddress"],
    [{ baseUrl: "ftp://y2.example/Y2" }, "malformedAddress"],
    [{ baseUrl: "Y2" }, "malformedAddress"],
  ])("goes nowhere with %o", async (settings, providerCode) => {
    const session = openSession(settings);
    const error = await rejection(session.call(READ));
    expect(error).toMatchObject({ code: "invalidConfiguration", fieldNames: ["baseUrl"], providerCode });
    expect(JSON.stringify(error)).not.toMatch(/y2\.example|secret/);
  });

  it("lets plain HTTP go to hosts that are listed", async () => {
    const session = openSession({ baseUrl: "http://y2.test:9/Y2", privateHosts: ["Y2.test:9"], proxy: "http://127.0.0.1:9" });
    opened.push(session);
    expect(await rejection(session.call(READ))).toMatchObject({ code: "unavailable" });
  });
});

describe("work in sequence", () => {
  it("goes one after the other for one customer, and at once for others; a failure stops nobody", async () => {
    const session = openSession({});
    const gate = Promise.withResolvers<void>();
    const order: string[] = [];
    const step = (request: { key: string; name: string; until?: Promise<void>; fails?: boolean }): Promise<void> =>
      session.inSequence({
        key: request.key,
        work: async () => {
          order.push(`${request.name} begins`);
          await request.until;
          order.push(`${request.name} ends`);
          if (request.fails === true) throw new Error("this one fails");
        },
      });
    const first = step({ key: "A", name: "first", until: gate.promise, fails: true });
    const second = step({ key: "A", name: "second" });
    await step({ key: "B", name: "other" });
    gate.resolve();
    await expect(first).rejects.toThrow("this one fails");
    await second;
    expect(order).toEqual(["first begins", "other begins", "other ends", "first ends", "second begins", "second ends"]);
  });

  it("leaves nothing behind at the signal of a caller who waited", async () => {
    const session = openSession({});
    const { signal } = new AbortController();
    await Promise.all([1, 2, 3].map(() => session.inSequence({ key: "A", work: () => Promise.resolve(), signal })));
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("stops waiting when its signal says so, and lets nobody past those who wait still", async () => {
    const session = openSession({});
    const gate = Promise.withResolvers<void>();
    const order: string[] = [];
    const controller = new AbortController();
    const reason = new Error("the caller changed its mind");
    const first = session.inSequence({ key: "A", work: async () => gate.promise.then(() => void order.push("first")) });
    const given = session.inSequence({ key: "A", work: async () => void order.push("given up"), signal: controller.signal });
    controller.abort(reason);
    await expect(given).rejects.toBe(reason);
    const third = session.inSequence({ key: "A", work: async () => void order.push("third") });
    gate.resolve();
    await Promise.all([first, third]);
    expect(order).toEqual(["first", "third"]);
  });
});

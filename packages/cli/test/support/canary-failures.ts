import { MARKER } from "../../../../tools/test-support/hostile/marker.ts";
import { emailOf } from "./canary-flows.ts";
import type { CanaryWorld } from "./canary-world.ts";

/** Makes a system fail for one person. */
type Fail = (world: CanaryWorld, number: number) => unknown;

const echo = async (request: Request): Promise<string> => `${MARKER} ${emailOf(0)} ${await request.text()} ${request.url}`;
const xml = (text: string): string => text.replaceAll(/[&<>]/g, "");
const page = (text: string, status: number): Response => new Response(`<html>${text}</html>`, { status, statusText: "Oops", headers: { "content-type": "text/html" } });
const refusal = (code: string, text: string): object => ({ errorCode: code, statusCode: code, message: text, fields: [MARKER] });

function soap(request: { status: number; text: string; detail?: string }): Response {
  const { status, text, detail = "" } = request;
  const body = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:${MARKER}</faultcode><faultstring>${xml(text)}</faultstring>${detail}</s:Fault></s:Body></s:Envelope>`;
  return new Response(body, { status, headers: { "content-type": "text/xml" } });
}

const orgAnswers = (respond: (text: string) => Response, isMeant: (request: Request) => boolean = () => true): Fail => (world) =>
  world.answerInstead({ org: async (request) => (isMeant(request) ? respond(await echo(request)) : null) });
const tillAnswers = (respond: (text: string) => Response): Fail => (world) => world.answerInstead({ till: async (request) => respond(await echo(request)) });
const isSignIn = ({ url }: Request): boolean => url.includes("oauth");

/** What fails, and how: systems that quote what they were sent in all that they answer. */
export const FAILURES: Readonly<Record<string, Fail>> = {
  "nothing fails": () => null,
  "Salesforce answers 500 with the values": orgAnswers((text) => Response.json([refusal("UNKNOWN_EXCEPTION", text)], { status: 500, statusText: "Oops" })),
  "Salesforce answers 403 with the values": orgAnswers((text) => Response.json([refusal("INSUFFICIENT_ACCESS", text)], { status: 403 }), (request) => !isSignIn(request)),
  "Salesforce refuses the rows, quoting them": orgAnswers((text) => Response.json([refusal("FIELD_CUSTOM_VALIDATION_EXCEPTION", text)], { status: 400 }), (request) => request.method !== "GET" && !isSignIn(request)),
  "Salesforce refuses an address, quoting it": ({ org }, number) => org.faults.refuseKey({ value: emailOf(number), statusCode: "INVALID_EMAIL_ADDRESS", message: `invalid email address: ${emailOf(number)}` }),
  "Salesforce refuses the session": ({ org }) => org.faults.setSessionsRefused(true),
  "Salesforce shows a page": orgAnswers((text) => page(text, 200)),
  "Salesforce cuts its answers": ({ org }) => org.faults.strike({ fault: { kind: "malformedJson" } }),
  "Salesforce does not answer": ({ org }) => org.faults.strike({ fault: { kind: "stall" } }),
  "Salesforce resets after applying": ({ org }) => org.faults.strike({ fault: { kind: "resetAfterApply" } }),
  "the sign-in quotes": orgAnswers((text) => Response.json({ error: MARKER, error_description: text }, { status: 400 }), isSignIn),
  "Cegid answers a fault with the values": tillAnswers((text) => soap({ status: 500, text })),
  "Cegid refuses, quoting the values": tillAnswers((text) => soap({ status: 500, text, detail: `<detail><ExceptionDetail xmlns="http://schemas.datacontract.org/2004/07/System.ServiceModel"><Message>${xml(text)} CBR00450</Message><StackTrace>${xml(text)}</StackTrace><Type>${MARKER}</Type></ExceptionDetail></detail>` })),
  "Cegid answers a fault inside 200": tillAnswers((text) => soap({ status: 200, text })),
  "Cegid answers 401": ({ till }) => till.faults.strike({ fault: { kind: "unauthorized" } }),
  "Cegid answers 403 with the values": tillAnswers((text) => page(text, 403)),
  "Cegid shows a page": tillAnswers((text) => page(text, 200)),
  "Cegid answers broken XML": ({ till }) => till.faults.strike({ fault: { kind: "malformedXml" } }),
  "Cegid does not answer": ({ till }) => till.faults.strike({ fault: { kind: "stall" } }),
  "Cegid resets after applying": ({ till }) => till.faults.strike({ fault: { kind: "resetAfterApply" } }),
  "the till in memory refuses, quoting": ({ folder }) => folder.systems.ru.fail({ kind: "dropBeforeApply" }),
  "the till in memory answers what is none": ({ folder }) => folder.systems.ru.fail({ kind: "malformed" }),
  "the store is not reached": ({ database, folder }) => (database === null ? folder.systems.eu.fail({ kind: "unavailable" }) : database.fail("unavailable")),
  "the store breaks after applying": ({ database }) => database?.fail("dropAfterApply"),
  "the store refuses rows, quoting them": ({ refuseRows, folder }) => (refuseRows === null ? folder.systems.eu.fail({ kind: "dropAfterApply" }) : refuseRows(`${MARKER} ${emailOf(0)}`)),
};

/** Failures that only a real store has. */
export const OF_A_REAL_STORE: ReadonlySet<string> = new Set(["the store breaks after applying"]);

export async function mend({ answerInstead, org, till, folder, database, refuseRows }: CanaryWorld): Promise<void> {
  answerInstead({});
  org.faults.clear();
  till.faults.clear();
  folder.systems.eu.fail(null);
  folder.systems.ru.fail(null);
  await database?.fail(null);
  await refuseRows?.(null);
}

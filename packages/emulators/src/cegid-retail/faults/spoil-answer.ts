import type { CegidRetailFault } from "./cegid-retail-fault.ts";
import { dressAnswer } from "./dress-answer.ts";

/** The answer of a call that was applied, made hard or impossible to read; as it is for faults of another kind. */
export async function spoilAnswer(request: { fault: CegidRetailFault; response: Response }): Promise<Response> {
  const { fault, response } = request;
  const spoil = SPOILERS[fault.kind];
  if (spoil === undefined) return response;
  const text = await response.text();
  return new Response(spoil({ text, isResult: response.status === 200 }), { status: response.status, headers: response.headers });
}

type Spoiler = (answer: { text: string; isResult: boolean }) => string;

const SPOILERS: Readonly<Partial<Record<CegidRetailFault["kind"], Spoiler>>> = {
  malformedXml: ({ text }) => text.replace("</s:Body>", "</s:Bdoy>"),
  truncated: ({ text }) => text.slice(0, Math.max(1, Math.floor(text.length / 2))),
  doctypeBomb: ({ text }) => `${writeBomb()}${text.replace("<s:Body>", "<s:Header><bomb>&e9;</bomb></s:Header><s:Body>")}`,
  // The text of a fault names a prefix, which would mean nothing under another.
  prefixedAnswer: ({ text, isResult }) => (isResult ? dressAnswer(text) : text),
};

/** Ten entities, each ten times the one before. */
function writeBomb(): string {
  const entities = Array.from({ length: 9 }, (_unused, index) => `<!ENTITY e${index + 1} "${`&e${index};`.repeat(10)}">`);
  return `<?xml version="1.0"?><!DOCTYPE bomb [<!ENTITY e0 "x">${entities.join("")}]>`;
}

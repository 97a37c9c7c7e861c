import type { IncomingMessage } from "node:http";

/** The request as handlers of the web take it, its body read whole. Rejects where the caller hangs up. */
export async function toWebRequest(incoming: IncomingMessage): Promise<Request> {
  const { method = "GET", headers, url = "/" } = incoming;
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const hasBody = method !== "GET" && method !== "HEAD" && body.length > 0;
  return new Request(`http://${headers.host ?? "127.0.0.1"}${url}`, {
    method,
    headers: toWebHeaders(incoming),
    ...(hasBody ? { body } : {}),
  });
}

function toWebHeaders({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = "", value = ""] = rawHeaders.slice(index, index + 2);
    headers.append(name, value);
  }
  return headers;
}

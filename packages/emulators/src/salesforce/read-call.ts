import { gunzipSync } from "node:zlib";
import type { ArrivedCall } from "./arrived-call.ts";

export async function readCall(request: Request): Promise<ArrivedCall> {
  const { method, signal } = request;
  const headers = new Headers(request.headers);
  const sent = new Uint8Array(await request.arrayBuffer());
  const isZipped = (headers.get("Content-Encoding") ?? "").toLowerCase() === "gzip";
  headers.delete("Content-Encoding");
  return { method, url: new URL(request.url), headers, bytes: isZipped ? new Uint8Array(gunzipSync(sent)) : sent, signal };
}

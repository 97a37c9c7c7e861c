/** A call that arrived whole. */
export interface ArrivedCall {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** As it was sent, but for compression. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly signal: AbortSignal;
}

export function textOf(arrived: ArrivedCall): string {
  return new TextDecoder().decode(arrived.bytes);
}

/** The call as a request anew, for those who read its body themselves. */
export function toRequest(arrived: ArrivedCall): Request {
  const { method, url, headers, bytes } = arrived;
  const isBodiless = method === "GET" || method === "HEAD" || bytes.length === 0;
  return new Request(url, { method, headers, ...(isBodiless ? {} : { body: bytes }) });
}

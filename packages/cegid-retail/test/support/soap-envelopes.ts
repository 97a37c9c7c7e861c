export const RETAIL = "http://www.cegid.fr/Retail/1.0";

/** An envelope as WCF writes it. */
export function envelope(body: string): string {
  return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;
}

export function resultOf(request: { name: string; content: string }): string {
  const { name, content } = request;
  return envelope(`<${name}Response xmlns="${RETAIL}"><${name}Result>${content}</${name}Result></${name}Response>`);
}

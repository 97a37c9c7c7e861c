const ASCII_DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const INTERNATIONAL_DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;
const LOCAL_PART = /^[^\s\p{Cc}\p{Cs}"(),:;<>@[\\\]]+$/u;
const MAXIMUM_LENGTH = 254;

/**
 * An e-mail address in its one form: NFC, domain in lower-case ASCII (punycode), local part in lower case unless it is
 * compared exactly. Null for what is none. Any script is allowed (RFC 6531); quoted local parts and address literals
 * are not, since no form for customers yields them.
 */
export function normaliseEmailAddress(request: { text: string; localPart: "insensitive" | "exact" }): string | null {
  // Length first: normalising a very long run of combining marks takes seconds.
  if (request.text.length > 2 * MAXIMUM_LENGTH) return null;
  const text = request.text.trim().normalize("NFC");
  const at = text.lastIndexOf("@");
  if (at < 1 || text.length > MAXIMUM_LENGTH) return null;
  const local = text.slice(0, at);
  if (local.length > 64 || !LOCAL_PART.test(local)) return null;
  if (local.startsWith(".") || local.endsWith(".") || local.includes("..")) return null;
  const domain = normaliseDomain(text.slice(at + 1).toLowerCase());
  if (domain === null) return null;
  return `${request.localPart === "exact" ? local : local.toLowerCase()}@${domain}`;
}

function normaliseDomain(domain: string): string | null {
  if (domain.length > 253) return null;
  if (ASCII_DOMAIN.test(domain)) return /\.\d+$/.test(domain) ? null : domain;
  if (!INTERNATIONAL_DOMAIN.test(domain) || !URL.canParse(`http://${domain}`)) return null;
  const { hostname } = new URL(`http://${domain}`);
  return ASCII_DOMAIN.test(hostname) ? hostname : null;
}

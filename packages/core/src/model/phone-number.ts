const E164 = /^\+[1-9]\d{6,14}$/;

/** A telephone number in E.164 form: separators dropped. Null for what is none, a national number included: no country is guessed. */
export function normalisePhoneNumber(text: string): string | null {
  if (text.length > 40) return null;
  const digits = text.replace(/[\s().\-\u2010-\u2015]/g, "");
  return E164.test(digits) ? digits : null;
}

import { normaliseEmailAddress } from "./email-address.ts";
import type { Identifier, IdentifierKind } from "./identifier.ts";
import { normalisePhoneNumber } from "./phone-number.ts";

const OPAQUE = /^[^\p{Cc}\p{Cs}]{1,256}$/u;

/** An identifier in the one form that is compared and hashed; null where the value is not of its kind. */
export function normaliseIdentifier(request: {
  kind: IdentifierKind;
  value: string;
  emailLocalPart: "insensitive" | "exact";
}): Identifier | null {
  const { kind } = request;
  const value = normaliseValue(request);
  return value === null ? null : { kind, value };
}

function normaliseValue(request: {
  kind: IdentifierKind;
  value: string;
  emailLocalPart: "insensitive" | "exact";
}): string | null {
  switch (request.kind) {
    case "email":
      return normaliseEmailAddress({ text: request.value, localPart: request.emailLocalPart });
    case "phone":
      return normalisePhoneNumber(request.value);
    case "loyaltyId":
    case "token":
    case "apple":
    case "externalId": {
      if (request.value.length > 512) return null;
      const value = request.value.trim().normalize("NFC");
      return OPAQUE.test(value) ? value : null;
    }
  }
}

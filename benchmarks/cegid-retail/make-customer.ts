import type { SampleCustomer } from "./envelope-library.ts";

/** Another made-up customer a number: every fourth name has what XML escapes. */
export function makeCustomer(index: number): SampleCustomer {
  const isGranted = index % 2 === 0;
  return {
    customerId: `V${String(index).padStart(16, "0")}`,
    modifiedData: {
      AddressData: { AddressLine1: `${index}, rue de l'Église`, City: "Ville-Exemple", CountryId: "FR", CountryIdType: "ISO2", Nata: false, ZipCode: "75001" },
      EmailData: { Email: `customer-${index}@example.com`, EmailingAccepted: isGranted, SendReceiptByMail: false },
      FirstName: index % 4 === 0 ? "Inès & Zoé" : "Camille",
      IsCompany: false,
      LastName: `Example-${index}`,
      PhoneData: { CellularPhoneNumber: `+3363998${String(index % 10_000).padStart(4, "0")}` },
      UserDefinedDates: [{ Id: "1", Value: "2026-01-15T09:10:20" }],
      UserDefinedTexts: [{ Id: "1", Value: `${String(index).padStart(32, "0")}.AA` }],
      UsualStoreId: "001",
      BirthDateData: { BirthDateDay: 1 + (index % 28), BirthDateMonth: 1 + (index % 12), BirthDateYear: 1950 + (index % 50) },
      DirectMail: false,
      OptinAlternativeEmail: "DoNotUse",
      OptinEmail: isGranted ? "BrandOnly" : "DoNotUse",
      OptinHomePhone: "DoNotUse",
      OptinMobile: "AskCustomer",
      OptinOfficePhone: "DoNotUse",
      OptinPostal: "DoNotUse",
      Closed: false,
      IsProspect: false,
    },
  };
}

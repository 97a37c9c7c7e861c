/** What is compared: the message of an update to text, and the answer with a customer from bytes to an object. */
export interface EnvelopeLibrary {
  readonly name: string;
  build(customer: SampleCustomer): string;
  parse(answer: Uint8Array): unknown;
}

/** An update as a till would send it, its members in the order of the contract. */
export interface SampleCustomer {
  readonly customerId: string;
  readonly modifiedData: {
    readonly AddressData: { readonly AddressLine1: string; readonly City: string; readonly CountryId: string; readonly CountryIdType: "ISO2"; readonly Nata: boolean; readonly ZipCode: string };
    readonly EmailData: { readonly Email: string; readonly EmailingAccepted: boolean; readonly SendReceiptByMail: boolean };
    readonly FirstName: string;
    readonly IsCompany: boolean;
    readonly LastName: string;
    readonly PhoneData: { readonly CellularPhoneNumber: string };
    readonly UserDefinedDates: readonly { readonly Id: "1"; readonly Value: string }[];
    readonly UserDefinedTexts: readonly { readonly Id: "1"; readonly Value: string }[];
    readonly UsualStoreId: string;
    readonly BirthDateData: { readonly BirthDateDay: number; readonly BirthDateMonth: number; readonly BirthDateYear: number };
    readonly DirectMail: boolean;
    readonly OptinAlternativeEmail: OptIn;
    readonly OptinEmail: OptIn;
    readonly OptinHomePhone: OptIn;
    readonly OptinMobile: OptIn;
    readonly OptinOfficePhone: OptIn;
    readonly OptinPostal: OptIn;
    readonly Closed: boolean;
    readonly IsProspect: boolean;
  };
}

type OptIn = "AskCustomer" | "BrandOnly" | "ForPartners" | "DoNotUse";

/**
 * The data contract of CustomerWcfService as data: every class with its base and its members in the order of the wire.
 * WCF reads the base's members first and each class's in the byte order of their names, and silently ignores a member
 * that comes too late; `test/soap-contract.test.ts` holds the order against that rule.
 */
export const CLASSES = {
  CustomerDataBase: {
    base: null,
    members: {
      ActivitySectorCode: "string",
      AddressData: "AddressDataType",
      AlternateFirstName: "string",
      AlternateLastName: "string",
      BusinessAreaCode: "string",
      CpfCnpjCode: "string",
      EmailData: "EmailDataType",
      FirstName: "string",
      IsCompany: "boolean",
      LastModificationDate: "dateTime",
      LastName: "string",
      MunicipalRegistration: "string",
      OriginCode: "string",
      PhoneData: "PhoneDataType",
      PriceListCode: "string",
      RegionalRegistration: "string",
      RiskLevel: "string",
      SalesPerson2Id: "string",
      SalesPerson3Id: "string",
      SalesPersonId: "string",
      TitleId: "string",
      UserDefinedBooleans: "ArrayOfUserDefinedBoolean",
      UserDefinedData: "UserDefinedDataType",
      UserDefinedDates: "ArrayOfUserDefinedDate",
      UserDefinedTexts: "ArrayOfUserDefinedText",
      UserDefinedValues: "ArrayOfUserDefinedValue",
      UsualStoreId: "string",
    },
  },
  CustomerData: {
    base: "CustomerDataBase",
    members: {
      ActivityCode: "string",
      Barcode: "string",
      BirthDateData: "BirthDateDataType",
      CompanyIdNumber: "string",
      CompanyTitleId: "string",
      CurrencyId: "string",
      DirectMail: "boolean",
      FiscalId: "string",
      ItalianFiscalId: "string",
      LanguageId: "string",
      LongDescription: "string",
      NationalityId: "string",
      OptinAlternativeEmail: "CustomerInformationType",
      OptinEmail: "CustomerInformationType",
      OptinHomePhone: "CustomerInformationType",
      OptinMobile: "CustomerInformationType",
      OptinOfficePhone: "CustomerInformationType",
      OptinPostal: "CustomerInformationType",
      PassportNumber: "string",
      Sex: "string",
      ShortName: "string",
      UserFields: "ArrayOfUserField",
      VATSystem: "string",
      ValidAlternativeEmail: "boolean",
      ValidEmail: "boolean",
      ValidHomePhone: "boolean",
      ValidMobile: "boolean",
      ValidOfficePhone: "boolean",
    },
  },
  CustomerInputData: {
    base: "CustomerData",
    members: { Closed: "boolean", InvoiceCustomerId: "string", IsProspect: "boolean", Notepad: "string" },
  },
  CustomerInsertData: { base: "CustomerInputData", members: { CustomerGuid: "InternalGuid", CustomerId: "string" } },
  CustomerQueryData: {
    base: "CustomerData",
    members: {
      Closed: "boolean",
      CreationStoreId: "string",
      CustomerId: "string",
      InvoiceCustomerId: "string",
      IsProspect: "boolean",
      IsVirtual: "boolean",
      LastDateUpdate: "dateTime",
      Notepad: "string",
    },
  },
  CustomerSearchDataType: {
    base: "CustomerDataBase",
    members: {
      ActivityCode: "string",
      Barcode: "string",
      BirthDateData: "BirthDateDataType",
      Closed: "boolean",
      CompanyIdNumber: "string",
      CreationStoreId: "string",
      CustomerId: "string",
      CustomerReference: "string",
      DirectMail: "boolean",
      FiscalId: "string",
      InvoiceCustomerId: "string",
      IsCustomer: "boolean",
      IsProspect: "boolean",
      ItalianFiscalId: "string",
      MaxNumberOfCustomers: "int",
      NationalityData: "NationalityDataType",
      PassportNumber: "string",
    },
  },
  AddressDataType: {
    base: null,
    members: {
      AddressLine1: "string",
      AddressLine2: "string",
      AddressLine3: "string",
      BrandName: "string",
      City: "string",
      CountryId: "string",
      CountryIdType: "CountryIdType",
      Nata: "boolean",
      RegionId: "string",
      ZipCode: "string",
    },
  },
  BirthDateDataType: { base: null, members: { BirthDateDay: "int", BirthDateMonth: "int", BirthDateYear: "int" } },
  EmailDataType: {
    base: null,
    members: { AlternativeEmail: "string", Email: "string", EmailingAccepted: "boolean", SendReceiptByMail: "boolean" },
  },
  InternalGuid: { base: null, members: { CheckGuid: "boolean", Guid: "guid" } },
  NationalityDataType: {
    base: null,
    members: { ISO2: "string", ISO3: "string", ISO3Num: "string", Id: "string", Label: "string" },
  },
  PhoneDataType: {
    base: null,
    members: {
      AlternativePhoneNumber: "string",
      CellularPhoneNumber: "string",
      HomePhoneNumber: "string",
      OfficePhoneNumber: "string",
    },
  },
  RetailContext: { base: null, members: { DatabaseId: "string" } },
  UserDefinedBoolean: { base: null, members: { Id: "UserDefinedId", Value: "boolean" } },
  UserDefinedDataType: {
    base: null,
    members: {
      UserDefinedTable0Value: "string",
      UserDefinedTable1Value: "string",
      UserDefinedTable2Value: "string",
      UserDefinedTable3Value: "string",
      UserDefinedTable4Value: "string",
      UserDefinedTable5Value: "string",
      UserDefinedTable6Value: "string",
      UserDefinedTable7Value: "string",
      UserDefinedTable8Value: "string",
      UserDefinedTable9Value: "string",
    },
  },
  UserDefinedDate: { base: null, members: { Id: "UserDefinedId", Value: "dateTime" } },
  UserDefinedText: { base: null, members: { Id: "UserDefinedId", Value: "string" } },
  UserDefinedValue: { base: null, members: { Id: "UserDefinedId", Value: "decimal" } },
  UserField: {
    base: null,
    members: {
      BooleanValue: "boolean",
      DateValue: "dateTime",
      Id: "int",
      ListElementValue: "string",
      NumberValue: "decimal",
      TextValue: "string",
      ValueType: "UserFieldKind",
    },
  },
} as const satisfies Readonly<Record<string, DataClass>>;

/** Arrays by their type's name: the item's type; its element has the same name. */
export const ARRAYS = {
  ArrayOfCustomerQueryData: "CustomerQueryData",
  ArrayOfUserDefinedBoolean: "UserDefinedBoolean",
  ArrayOfUserDefinedDate: "UserDefinedDate",
  ArrayOfUserDefinedText: "UserDefinedText",
  ArrayOfUserDefinedValue: "UserDefinedValue",
  ArrayOfUserField: "UserField",
} as const;

/** Literals; the first is what .NET takes for an absent one. */
export const ENUMERATIONS = {
  CountryIdType: ["Internal", "ISO2", "ISO3", "ISO3Numeric"],
  CustomerInformationType: ["AskCustomer", "BrandOnly", "ForPartners", "DoNotUse"],
  UserDefinedId: ["1", "2", "3"],
  UserFieldKind: ["BooleanValueKind", "TextValueKind", "DateValueKind", "ListElementValueKind", "NumberValueKind"],
} as const;

interface DataClass {
  readonly base: string | null;
  /** Type by name, in the order of the wire. */
  readonly members: Readonly<Record<string, string>>;
}

/** Wall-clock time of the tenant's zone in whole seconds, without offset: `YYYY-MM-DDThh:mm:ss`. `1900-01-01T00:00:00` is Y2's "none". */
export type LocalDateTime = string;

interface SimpleValues {
  readonly string: string;
  readonly boolean: boolean;
  /** 32 bits. */
  readonly int: number;
  /** As text, so that nothing is rounded: `-12.50`. */
  readonly decimal: string;
  readonly dateTime: LocalDateTime;
  readonly guid: string;
}

export type SimpleType = keyof SimpleValues;
export type ClassName = keyof typeof CLASSES;
export type ArrayName = keyof typeof ARRAYS;
export type EnumerationName = keyof typeof ENUMERATIONS;

type OwnMembers<Name extends ClassName> = (typeof CLASSES)[Name]["members"];
type BaseOf<Name extends ClassName> = (typeof CLASSES)[Name]["base"];
type MembersOf<Name extends ClassName> = BaseOf<Name> extends infer Base extends ClassName ? MembersOf<Base> & OwnMembers<Name> : OwnMembers<Name>;

type ValueOf<Type> = Type extends SimpleType
  ? SimpleValues[Type]
  : Type extends EnumerationName
    ? (typeof ENUMERATIONS)[Type][number]
    : Type extends ArrayName
      ? readonly DataOf<(typeof ARRAYS)[Type]>[]
      : Type extends ClassName
        ? DataOf<Type>
        : never;

/**
 * One class's data. Read: absent is what the server left out, null what it sent as nil or, where an empty element has no
 * meaning, as empty. Written: absent and null are both left out; an empty text is an empty element.
 */
export type DataOf<Name extends ClassName> = { readonly [Member in keyof MembersOf<Name>]?: ValueOf<MembersOf<Name>[Member]> | null | undefined };

/** A member of a class, or a member of one of its nested classes: `EmailData.Email`. */
export type MemberPath<Name extends ClassName> = {
  [Member in keyof MembersOf<Name> & string]:
    | Member
    | (MembersOf<Name>[Member] extends infer Nested extends ClassName ? `${Member}.${keyof MembersOf<Nested> & string}` : never);
}[keyof MembersOf<Name> & string];

export type CustomerInsertData = DataOf<"CustomerInsertData">;
export type CustomerInputData = DataOf<"CustomerInputData">;
export type CustomerQueryData = DataOf<"CustomerQueryData">;
export type CustomerSearchData = DataOf<"CustomerSearchDataType">;
export type AddressData = DataOf<"AddressDataType">;
export type BirthDateData = DataOf<"BirthDateDataType">;
export type UserField = DataOf<"UserField">;
export type CustomerInformationType = ValueOf<"CustomerInformationType">;
export type UserDefinedId = ValueOf<"UserDefinedId">;

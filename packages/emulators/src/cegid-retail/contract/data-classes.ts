import { FAULT_NAMESPACE, RETAIL_NAMESPACE } from "./namespaces.ts";

export interface DataClass {
  readonly extends: string | null;
  readonly namespace: string;
  /** Its own, in the order of the wire: sorted by bytes, those of its base class coming first. Name and type. */
  readonly members: readonly (readonly [name: string, type: string])[];
}

/** The data classes of CustomerWcfService, as the proxies of 2019 have them. */
export const DATA_CLASSES: Readonly<Record<string, DataClass>> = {
  RetailContext: {
    extends: null,
    namespace: RETAIL_NAMESPACE,
    members: [
      ["DatabaseId", "string"],
    ],
  },
  CustomerDataBase: {
    extends: null,
    namespace: RETAIL_NAMESPACE,
    members: [
      ["ActivitySectorCode", "string"], ["AddressData", "AddressDataType"], ["AlternateFirstName", "string"],
      ["AlternateLastName", "string"], ["BusinessAreaCode", "string"], ["CpfCnpjCode", "string"], ["EmailData", "EmailDataType"],
      ["FirstName", "string"], ["IsCompany", "boolean"], ["LastModificationDate", "dateTime"], ["LastName", "string"],
      ["MunicipalRegistration", "string"], ["OriginCode", "string"], ["PhoneData", "PhoneDataType"], ["PriceListCode", "string"],
      ["RegionalRegistration", "string"], ["RiskLevel", "string"], ["SalesPerson2Id", "string"], ["SalesPerson3Id", "string"],
      ["SalesPersonId", "string"], ["TitleId", "string"], ["UserDefinedBooleans", "ArrayOfUserDefinedBoolean"],
      ["UserDefinedData", "UserDefinedDataType"], ["UserDefinedDates", "ArrayOfUserDefinedDate"],
      ["UserDefinedTexts", "ArrayOfUserDefinedText"], ["UserDefinedValues", "ArrayOfUserDefinedValue"], ["UsualStoreId", "string"],
    ],
  },
  CustomerData: {
    extends: "CustomerDataBase",
    namespace: RETAIL_NAMESPACE,
    members: [
      ["ActivityCode", "string"], ["Barcode", "string"], ["BirthDateData", "BirthDateDataType"], ["CompanyIdNumber", "string"],
      ["CompanyTitleId", "string"], ["CurrencyId", "string"], ["DirectMail", "boolean"], ["FiscalId", "string"],
      ["ItalianFiscalId", "string"], ["LanguageId", "string"], ["LongDescription", "string"], ["NationalityId", "string"],
      ["OptinAlternativeEmail", "CustomerInformationType"], ["OptinEmail", "CustomerInformationType"],
      ["OptinHomePhone", "CustomerInformationType"], ["OptinMobile", "CustomerInformationType"],
      ["OptinOfficePhone", "CustomerInformationType"], ["OptinPostal", "CustomerInformationType"], ["PassportNumber", "string"],
      ["Sex", "string"], ["ShortName", "string"], ["UserFields", "ArrayOfUserField"], ["VATSystem", "string"],
      ["ValidAlternativeEmail", "boolean"], ["ValidEmail", "boolean"], ["ValidHomePhone", "boolean"], ["ValidMobile", "boolean"],
      ["ValidOfficePhone", "boolean"],
    ],
  },
  CustomerInputData: {
    extends: "CustomerData",
    namespace: RETAIL_NAMESPACE,
    members: [
      ["Closed", "boolean"], ["InvoiceCustomerId", "string"], ["IsProspect", "boolean"], ["Notepad", "string"],
    ],
  },
  CustomerInsertData: {
    extends: "CustomerInputData",
    namespace: RETAIL_NAMESPACE,
    members: [
      ["CustomerGuid", "InternalGuid"], ["CustomerId", "string"],
    ],
  },
  CustomerQueryData: {
    extends: "CustomerData",
    namespace: RETAIL_NAMESPACE,
    members: [
      ["Closed", "boolean"], ["CreationStoreId", "string"], ["CustomerId", "string"], ["InvoiceCustomerId", "string"],
      ["IsProspect", "boolean"], ["IsVirtual", "boolean"], ["LastDateUpdate", "dateTime"], ["Notepad", "string"],
    ],
  },
  CustomerSearchDataType: {
    extends: "CustomerDataBase",
    namespace: RETAIL_NAMESPACE,
    members: [
      ["ActivityCode", "string"], ["Barcode", "string"], ["BirthDateData", "BirthDateDataType"], ["Closed", "boolean"],
      ["CompanyIdNumber", "string"], ["CreationStoreId", "string"], ["CustomerId", "string"], ["CustomerReference", "string"],
      ["DirectMail", "boolean"], ["FiscalId", "string"], ["InvoiceCustomerId", "string"], ["IsCustomer", "boolean"],
      ["IsProspect", "boolean"], ["ItalianFiscalId", "string"], ["MaxNumberOfCustomers", "int"],
      ["NationalityData", "NationalityDataType"], ["PassportNumber", "string"],
    ],
  },
  AddressDataType: {
    extends: null,
    namespace: RETAIL_NAMESPACE,
    members: [
      ["AddressLine1", "string"], ["AddressLine2", "string"], ["AddressLine3", "string"], ["BrandName", "string"], ["City", "string"],
      ["CountryId", "string"], ["CountryIdType", "CountryIdType"], ["Nata", "boolean"], ["RegionId", "string"], ["ZipCode", "string"],
    ],
  },
  EmailDataType: {
    extends: null,
    namespace: RETAIL_NAMESPACE,
    members: [
      ["AlternativeEmail", "string"], ["Email", "string"], ["EmailingAccepted", "boolean"], ["SendReceiptByMail", "boolean"],
    ],
  },
  PhoneDataType: {
    extends: null,
    namespace: RETAIL_NAMESPACE,
    members: [
      ["AlternativePhoneNumber", "string"], ["CellularPhoneNumber", "string"], ["HomePhoneNumber", "string"],
      ["OfficePhoneNumber", "string"],
    ],
  },
  BirthDateDataType: {
    extends: null,
    namespace: RETAIL_NAMESPACE,
    members: [
      ["BirthDateDay", "int"], ["BirthDateMonth", "int"], ["BirthDateYear", "int"],
    ],
  },
  NationalityDataType: {
    extends: null,
    namespace: RETAIL_NAMESPACE,
    members: [
      ["ISO2", "string"], ["ISO3", "string"], ["ISO3Num", "string"], ["Id", "string"], ["Label", "string"],
    ],
  },
  InternalGuid: {
    extends: null,
    namespace: RETAIL_NAMESPACE,
    members: [
      ["CheckGuid", "boolean"], ["Guid", "guid"],
    ],
  },
  UserDefinedBoolean: {
    extends: null,
    namespace: RETAIL_NAMESPACE,
    members: [
      ["Id", "UserDefinedId"], ["Value", "boolean"],
    ],
  },
  UserDefinedDataType: {
    extends: null,
    namespace: RETAIL_NAMESPACE,
    members: [
      ["UserDefinedTable0Value", "string"], ["UserDefinedTable1Value", "string"], ["UserDefinedTable2Value", "string"],
      ["UserDefinedTable3Value", "string"], ["UserDefinedTable4Value", "string"], ["UserDefinedTable5Value", "string"],
      ["UserDefinedTable6Value", "string"], ["UserDefinedTable7Value", "string"], ["UserDefinedTable8Value", "string"],
      ["UserDefinedTable9Value", "string"],
    ],
  },
  UserDefinedDate: {
    extends: null,
    namespace: RETAIL_NAMESPACE,
    members: [
      ["Id", "UserDefinedId"], ["Value", "dateTime"],
    ],
  },
  UserDefinedText: {
    extends: null,
    namespace: RETAIL_NAMESPACE,
    members: [
      ["Id", "UserDefinedId"], ["Value", "string"],
    ],
  },
  UserDefinedValue: {
    extends: null,
    namespace: RETAIL_NAMESPACE,
    members: [
      ["Id", "UserDefinedId"], ["Value", "decimal"],
    ],
  },
  UserField: {
    extends: null,
    namespace: RETAIL_NAMESPACE,
    members: [
      ["BooleanValue", "boolean"], ["DateValue", "dateTime"], ["Id", "int"], ["ListElementValue", "string"], ["NumberValue", "decimal"],
      ["TextValue", "string"], ["ValueType", "UserFieldKind"],
    ],
  },
  CbpFaultDetail: {
    extends: null,
    namespace: FAULT_NAMESPACE,
    members: [
      ["Cause", "string"], ["Description", "string"], ["Id", "string"], ["Message", "string"], ["SourceLocation", "string"],
      ["ToDo", "string"],
    ],
  },
  BusinessFaultDetail: {
    extends: "CbpFaultDetail",
    namespace: FAULT_NAMESPACE,
    members: [
      ["MemberNames", "ArrayOfstring"],
    ],
  },
  ExceptionDetail: {
    extends: null,
    namespace: FAULT_NAMESPACE,
    members: [
      ["HelpLink", "string"], ["InnerException", "ExceptionDetail"], ["Message", "string"], ["StackTrace", "string"],
      ["TrackingId", "guid"], ["Type", "string"],
    ],
  },
  CbpExceptionDetail: {
    extends: "ExceptionDetail",
    namespace: FAULT_NAMESPACE,
    members: [
      ["Id", "string"], ["ToDo", "string"],
    ],
  },
};

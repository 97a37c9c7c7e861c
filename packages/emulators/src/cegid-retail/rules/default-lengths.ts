/** The longest texts by path, as the manual and the import example have them; user-defined texts are a guess. */
export const DEFAULT_LENGTHS: Readonly<Record<string, number>> = {
  Barcode: 17,
  LastName: 35,
  AlternateLastName: 35,
  FirstName: 35,
  AlternateFirstName: 35,
  ShortName: 17,
  "AddressData.AddressLine1": 70,
  "AddressData.AddressLine2": 70,
  "AddressData.AddressLine3": 70,
  "AddressData.City": 70,
  "AddressData.ZipCode": 70,
  "UserDefinedTexts.Value": 35,
  "UserFields.TextValue": 35,
};

/** Of a customer's code. Never cut, whatever the folder does with other texts. */
export const CUSTOMER_ID_LENGTH = 17;

import type { ObjectOutline } from "../parse-object.ts";
import { addressFields } from "./address-fields.ts";
import { CLEAN_STATUS, LEAD_SOURCE, SALUTATION } from "./picklists.ts";

/** Derived from org describes, lengths from the object reference. */
export const account: ObjectOutline = {
  name: "Account",
  label: "Account",
  keyPrefix: "001",
  owner: "User",
  fields: `
    MasterRecordId reference to=Account readOnly
    Name string 255 required
    Type picklist 255 open values=Prospect|Customer - Direct|Customer - Channel|Channel Partner / Reseller|Installation Partner|Technology Partner|Other
    ParentId reference to=Account${addressFields("Billing")}${addressFields("Shipping")}
    Phone phone 40
    Fax phone 40
    AccountNumber string 40
    Website url 255
    PhotoUrl url 255 readOnly
    Sic string 20
    Industry picklist 255 open
    AnnualRevenue currency 18
    NumberOfEmployees int 8
    Ownership picklist 255 open values=Public|Private|Subsidiary|Other
    TickerSymbol string 20
    Description textarea 32000
    Rating picklist 255 open values=Hot|Warm|Cold
    Site string 80
    LastActivityDate date readOnly
    Jigsaw string 20
    JigsawCompanyId string 20 readOnly
    CleanStatus picklist 40 values=${CLEAN_STATUS}
    AccountSource picklist 255 open values=${LEAD_SOURCE}
    IsPartner boolean readOnly
    IsCustomerPortal boolean readOnly`,
};

/** What Account has besides in an org with person accounts. */
export const PERSON_ACCOUNT_FIELDS = `
    IsPersonAccount boolean readOnly
    RecordTypeId reference to=RecordType
    PersonContactId reference to=Contact readOnly
    LastName string 80
    FirstName string 40
    Salutation picklist 40 open values=${SALUTATION}${addressFields("PersonMailing")}${addressFields("PersonOther")}
    PersonMobilePhone phone 40
    PersonHomePhone phone 40
    PersonOtherPhone phone 40
    PersonAssistantPhone phone 40
    PersonEmail email 80 idLookup
    PersonTitle string 80
    PersonDepartment string 80
    PersonLeadSource picklist 255 open values=${LEAD_SOURCE}
    PersonBirthdate date
    PersonHasOptedOutOfEmail boolean
    PersonHasOptedOutOfFax boolean
    PersonDoNotCall boolean
    PersonIndividualId reference to=Individual restrict`;

import type { ObjectOutline } from "../parse-object.ts";
import { addressFields } from "./address-fields.ts";
import { CLEAN_STATUS, LEAD_SOURCE, SALUTATION } from "./picklists.ts";

const GENDERS = "Male|Female|Nonbinary|Not Listed";
const PRONOUNS = "He/Him|She/Her|They/Them|He/They|She/They|Not Listed";
const OPT_OUTS = `
    HasOptedOutOfEmail boolean
    HasOptedOutOfFax boolean
    DoNotCall boolean`;

const contact: ObjectOutline = {
  name: "Contact",
  label: "Contact",
  keyPrefix: "003",
  owner: "User",
  fields: `
    MasterRecordId reference to=Contact readOnly
    AccountId reference to=Account cascade
    LastName string 80 required
    FirstName string 40
    Salutation picklist 40 open values=${SALUTATION}
    Name string 121 readOnly${addressFields("Other")}${addressFields("Mailing")}
    Phone phone 40
    Fax phone 40
    MobilePhone phone 40
    HomePhone phone 40
    OtherPhone phone 40
    AssistantPhone phone 40
    ReportsToId reference to=Contact
    Email email 80 idLookup
    Title string 128
    Department string 80
    AssistantName string 40
    LeadSource picklist 255 open values=${LEAD_SOURCE}
    Birthdate date
    Description textarea 32000${OPT_OUTS}
    LastActivityDate date readOnly
    LastCURequestDate datetime readOnly
    LastCUUpdateDate datetime readOnly
    EmailBouncedReason string 255
    EmailBouncedDate datetime
    IsEmailBounced boolean readOnly
    PhotoUrl url 255 readOnly
    Jigsaw string 20
    JigsawContactId string 20 readOnly
    CleanStatus picklist 40 values=${CLEAN_STATUS}
    IndividualId reference to=Individual restrict
    GenderIdentity picklist 255 open values=${GENDERS}
    Pronouns picklist 255 open values=${PRONOUNS}
    IsPriorityRecord boolean`,
};

const lead: ObjectOutline = {
  name: "Lead",
  label: "Lead",
  keyPrefix: "00Q",
  owner: "Group|User",
  fields: `
    MasterRecordId reference to=Lead readOnly
    LastName string 80 required
    FirstName string 40
    Salutation picklist 40 open values=${SALUTATION}
    Name string 121 readOnly
    Title string 128
    Company string 255 required${addressFields("")}
    Phone phone 40
    MobilePhone phone 40
    Fax phone 40
    Email email 80 idLookup
    Website url 255
    PhotoUrl url 255 readOnly
    Description textarea 32000
    LeadSource picklist 255 open values=${LEAD_SOURCE}
    Status picklist 255 open required default=Open_-_Not_Contacted values=Open - Not Contacted|Working - Contacted|Closed - Converted|Closed - Not Converted|New - Not Contacted|Nurturing - Contacted
    Industry picklist 255 open
    Rating picklist 255 open values=Hot|Warm|Cold
    AnnualRevenue currency 18
    NumberOfEmployees int 8${OPT_OUTS}
    IsConverted boolean readOnly
    ConvertedDate date readOnly
    ConvertedAccountId reference to=Account readOnly
    ConvertedContactId reference to=Contact readOnly
    IsUnreadByOwner boolean
    LastActivityDate date readOnly
    Jigsaw string 20
    JigsawContactId string 20 readOnly
    CleanStatus picklist 40 values=${CLEAN_STATUS}
    CompanyDunsNumber string 9
    EmailBouncedReason string 255
    EmailBouncedDate datetime
    IndividualId reference to=Individual restrict
    GenderIdentity picklist 255 open values=${GENDERS}
    Pronouns picklist 255 open values=${PRONOUNS}
    IsPriorityRecord boolean`,
};

/** Derived from org describes, lengths of Lead from the object reference. */
export const people: readonly ObjectOutline[] = [contact, lead];

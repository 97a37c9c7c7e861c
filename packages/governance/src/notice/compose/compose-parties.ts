import { fill, type ComposeItem } from "../notice-context.ts";

export const composeController: ComposeItem = ({ volenti: { controller }, phrases }) => ({
  introduction: [
    fill(phrases.controller, { name: controller.name }),
    ...(controller.address === undefined ? [] : [controller.address]),
    fill(phrases.contact, { contact: controller.contact }),
  ],
});

export const composeRepresentative: ComposeItem = ({ volenti: { controller: { representative } }, phrases, isEstablished }) => {
  if (representative === undefined) return isEstablished ? null : { missing: ["controller.representative"] };
  return representative === "none" ? null : { introduction: [fill(phrases.representative, representative)] };
};

export const composeOfficer: ComposeItem = ({ volenti: { controller: { dataProtectionOfficer } }, phrases }) => {
  if (dataProtectionOfficer === undefined) return { missing: ["controller.dataProtectionOfficer"] };
  return dataProtectionOfficer === "none" ? null : { introduction: [fill(phrases.dataProtectionOfficer, dataProtectionOfficer)] };
};

export const composeComplaint: ComposeItem = ({ volenti: { controller: { supervisoryAuthority } }, phrases }) => ({
  introduction: [supervisoryAuthority === undefined ? phrases.complaint : fill(phrases.complaintTo, { authority: supervisoryAuthority })],
});

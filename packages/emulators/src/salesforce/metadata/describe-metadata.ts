import { COMPONENT_TYPES } from "./components/component-types.ts";

/** What `describeMetadata` answers: the types that the emulator takes, and no others. */
export function describeMetadata(): Record<string, unknown> {
  const parts = COMPONENT_TYPES.filter(({ element }) => element !== null).map(({ name }) => name);
  return {
    metadataObjects: COMPONENT_TYPES.filter(({ folder }) => folder !== null).map(({ name, folder, suffix }) => ({
      ...(name === "CustomObject" ? { childXmlNames: parts } : {}),
      directoryName: folder,
      inFolder: false,
      metaFile: false,
      suffix,
      xmlName: name,
    })),
    organizationNamespace: "",
    partialSaveAllowed: true,
    testRequired: false,
  };
}

import { libraryPreset } from "../../tools/build-preset/library-preset.ts";

export default libraryPreset({ platform: "node" });

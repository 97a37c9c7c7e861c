// CommonJS in TypeScript: `import … = require` of a module is what Node does, and the compiler knows it.
import core = require("@volenti/core");

export const isMadeOfModules: boolean = typeof core.createVolenti === "function";

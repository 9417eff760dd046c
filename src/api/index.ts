export * as Forms from "./Forms.ts";
export * as Operation from "./Operation.ts";
export * as Problem from "./Problem.ts";
export * as Table from "./Table.ts";

export * as Forms from "./Forms.ts";
export * as OpenApi from "./OpenApi.ts";
export * as Operation from "./Operation.ts";
export * as Problem from "./Problem.ts";
export * as Table from "./Table.ts";

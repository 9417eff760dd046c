export * as Delivery from "./Delivery.ts";
export * as Errors from "./Errors.ts";
export * as Folder from "./Folder.ts";
export * as Kind from "./Kind.ts";
export * as Kinds from "./Kinds.ts";
export * as Run from "./Run.ts";
export * as Sandbox from "./Sandbox.ts";
export * as Suite from "./Suite.ts";

export * as Bm25 from "./Bm25.ts";
export * as Gram from "./Gram.ts";
export * as Log from "./Log.ts";
export * as Normal from "./Normal.ts";
export * as Script from "./Script.ts";
export * as Segment from "./Segment.ts";
export * as Stem from "./Stem.ts";
export * as Token from "./Token.ts";

/** Manifests among the evidence, read from their bytes. */
import { Manifest } from "../../agreement/index.ts";
import type { Parts } from "../Call.ts";
import type * as Evidence from "./Evidence.ts";

/** Nothing once it is erased, or while it has not arrived in full. */
export async function read(
  { files }: Pick<Parts, "files">,
  { object, complete }: Pick<Evidence.Row, "object" | "complete">,
): Promise<Manifest.Manifest | undefined> {
  if (object === null || !complete) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of await files.read(object)) chunks.push(chunk as Buffer);
  return Manifest.read(Buffer.concat(chunks).toString("utf8"));
}

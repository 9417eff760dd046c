/** A brief as the node tells it. */
import type { Output } from "../../Node.ts";

export type Kept = Output<"GET /v1/organisations/{organisation}/briefs/{brief}">;
export type Call = Output<"GET /v1/organisations/{organisation}/calls">["items"][number];
export type Placement = Output<"GET /v1/organisations/{organisation}/placements/{ranking}">;

/** What it is called in a list: its outcome, or how its text begins. */
export function titleOf({ text, fields }: { text: string; fields: { outcome?: string | undefined } }): string {
  const title = fields.outcome ?? text.split("\n", 1)[0] ?? "";
  const signs = [...title];
  return signs.length > 120 ? `${signs.slice(0, 119).join("")}…` : title;
}

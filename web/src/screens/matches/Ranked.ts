/** A ranking as the node tells it. */
import type { Output } from "../../Node.ts";

export type Ranked = Output<"GET /v1/organisations/{organisation}/briefs/{brief}/rankings/{ranking}">;
export type Candidate = Ranked["candidates"][number];

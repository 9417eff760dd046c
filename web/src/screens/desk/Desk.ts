/** One desk of the page's address, and what its visitor may do there. */
import { useParams } from "@tanstack/react-router";
import { type Output, useAsk } from "../../Node.ts";
import { useMe } from "../../Session.tsx";

export const LIST = "GET /v1/organisations/{organisation}/desks";
export const DESK = "GET /v1/organisations/{organisation}/desks/{desk}";
export const TICKETS = "GET /v1/organisations/{organisation}/desks/{desk}/tickets";
export const TICKET = "GET /v1/organisations/{organisation}/desks/{desk}/tickets/{ticket}";

export type Desk = Output<typeof DESK>;
export type TicketRow = Output<typeof TICKETS>["items"][number];
export type Ticket = Output<typeof TICKET>;
export type Taken = Output<"POST /v1/organisations/{organisation}/desks/{desk}/imports">;
export type Ids = { readonly organisation: string; readonly desk: string };

export function useIds(): Ids {
  const { organisation = "", desk = "" } = useParams({ strict: false });
  return { organisation, desk };
}

export function useDesk() {
  return useAsk(DESK, useIds());
}

export type Rights = {
  /** Answers, corrects, imports, pauses. */
  readonly write: boolean;
  /** Binds the organisation: proposes counts. */
  readonly sign: boolean;
  /** Changes what the desk is: models, playbooks, keys. */
  readonly manage: boolean;
};

export function useRights(): Rights {
  const { organisation } = useIds();
  const role = useMe().organisations.find(({ id }) => id === organisation)?.role;
  return {
    write: role !== undefined && role !== "auditor",
    sign: role === "owner" || role === "signer",
    manage: role === "owner",
  };
}

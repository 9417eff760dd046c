/** What the desk learns from, the models that came of it, and the way back. */
import { Trans } from "@lingui/react/macro";
import { useDesk, useRights } from "../Desk.ts";
import { Models } from "./Models.tsx";
import { Teach } from "./Teach.tsx";
import { Train } from "./Train.tsx";

export function Learning() {
  const { manage } = useRights();
  const { data: desk } = useDesk();
  const mayTeach = manage && desk?.state !== "stopped";
  return (
    <>
      <p className="text-sm text-muted">
        <Trans>
          It begins with some thirty usual concerns in both languages. Your own history and what people correct make it
          better; a frozen set decides whether a new model may work.
        </Trans>
      </p>
      {mayTeach && <Teach />}
      {mayTeach && <Train />}
      <Models mayChange={mayTeach} />
    </>
  );
}

/** The link of an invitation, pasted whole or only its secret part. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Field.tsx";

/** 43 characters of base64url: 32 bytes. */
const TOKEN = /(?:^|\/(i|join)\/)([A-Za-z0-9_-]{43})\/?$/;

export function OpenInvitation() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [link, setLink] = useState("");
  const [wrong, setWrong] = useState(false);
  const open = (event: FormEvent) => {
    event.preventDefault();
    const found = TOKEN.exec(link.trim());
    setWrong(!found);
    if (!found) return;
    const [, kind, token = ""] = found;
    void navigate(kind === "join" ? { to: "/join/$token", params: { token } } : { to: "/i/$token", params: { token } });
  };
  return (
    <form onSubmit={open} className="grid gap-3">
      <TextField
        label={t`Link of the invitation`}
        value={link}
        onChange={(event) => setLink(event.target.value)}
        error={wrong ? t`That is not a link of an invitation. Copy it whole from the message that you got.` : ""}
        inputMode="url"
        required
      />
      <Button type="submit">
        <Trans>Open</Trans>
      </Button>
    </form>
  );
}

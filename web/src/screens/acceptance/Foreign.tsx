/** Text of somebody else's program: as text only, in its own direction. */
import * as Plain from "./Plain.ts";

export const Foreign = ({ text, code = false }: { text: string; code?: boolean }) =>
  code ? <code className="break-all">{Plain.of(text)}</code> : <bdi>{Plain.of(text)}</bdi>;

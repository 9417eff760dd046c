/** A folder of the reader's own disk, as the node takes it: file by file, by paths from the folder. */

export type Sent = { path: string; content: string };

/** Bytes of all files together that one call takes. */
export const MOST = 5_000_000;

/** More than one call takes. */
export class TooMuch extends Error {
  override readonly name = "TooMuch";
  readonly bytes: number;
  constructor(bytes: number) {
    super(`${bytes} bytes, at most ${MOST}`);
    this.bytes = bytes;
  }
}

/**
 * Path of a chosen file from its folder; nothing for what git keeps for itself. Some systems decompose letters: a path is
 * in Unicode form NFC.
 */
export function pathOf(chosen: string): string | undefined {
  const [, ...steps] = chosen.normalize("NFC").split("/");
  return steps.length === 0 || steps[0] === ".git" ? undefined : steps.join("/");
}

/** The files of a folder, as they were chosen. Throws `TooMuch`. */
export async function read(files: readonly File[]): Promise<Sent[]> {
  const kept = files.flatMap((file) => {
    const path = pathOf(file.webkitRelativePath || `/${file.name}`);
    return path === undefined ? [] : [{ path, file }];
  });
  const bytes = kept.reduce((sum, { file }) => sum + file.size, 0);
  if (bytes > MOST) throw new TooMuch(bytes);
  return Promise.all(kept.map(async ({ path, file }) => ({ path, content: await base64(file) })));
}

/** Characters of a text that are made at once: more are too many arguments for a call. */
const STEP = 0x8000;

export async function base64(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += STEP) text += String.fromCharCode(...bytes.subarray(at, at + STEP));
  return btoa(text);
}

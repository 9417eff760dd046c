/** What sessions are signed with. */
import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The secret kept in a folder; made at the first time, for its owner's eyes only. 32 random bytes in base64url. */
export function read(home: string): string {
  const file = join(home, "secret");
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    mkdirSync(home, { recursive: true });
    // Whole or not at all, and never over one that another process made meanwhile.
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600 });
    try {
      linkSync(temporary, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      rmSync(temporary);
    }
    return readFileSync(file, "utf8").trim();
  }
}

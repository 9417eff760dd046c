/** Files that commands write. */
import { writeFileSync } from "node:fs";
import { InputError } from "../agreement/index.ts";
import { FileUnusable } from "./Errors.ts";

const { both } = InputError;

/** A new file; one that is there is left as it is. Throws `FileUnusable`. */
export function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    throw new FileUnusable(
      file,
      code === "EEXIST"
        ? both("it is there already. Choose another name.", "已存在，请另选文件名。")
        : both(`it cannot be written (${code}). Choose another place.`, `无法写入（${code}），请另选位置。`),
    );
  }
}

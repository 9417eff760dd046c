/** Files that a command was given to read, and those that it writes. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { InputError } from "../agreement/index.ts";
import { FileUnusable } from "./Errors.ts";

const { both } = InputError;

/** Throws `FileUnusable`. */
export function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new FileUnusable(
      file,
      code === "ENOENT"
        ? both("there is no such file", "文件不存在")
        : both(`it cannot be read (${code})`, `无法读取（${code}）`),
    );
  }
}

/** Throws `FileUnusable`. */
export function jsonOf(file: string): unknown {
  try {
    return JSON.parse(textOf(file));
  } catch (error) {
    if (error instanceof FileUnusable) throw error;
    throw new FileUnusable(file, both("it is no JSON", "不是有效的 JSON"));
  }
}

/** A file that is not there yet. Throws `FileUnusable`. */
export function write(file: string, text: string) {
  if (existsSync(file)) {
    throw new FileUnusable(file, both("it is there already; name another", "文件已存在，请换一个名称"));
  }
  try {
    writeFileSync(file, text, { flag: "wx" });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new FileUnusable(file, both(`it cannot be written (${code})`, `无法写入（${code}）`));
  }
}

/** Flags of whatever runs a suite on this machine. */
import { InputError } from "../agreement/index.ts";
import type { Option } from "./Command.ts";

const { both } = InputError;

export const HERE = {
  registry: {
    type: "string",
    value: "URL",
    says: both("the one registry that dependencies may come from", "依赖项唯一允许的来源"),
  },
  cache: {
    type: "string",
    value: "FOLDER",
    says: both("where what was prepared is kept; default ~/.cache/commenda", "准备结果的缓存；默认 ~/.cache/commenda"),
  },
  log: { type: "boolean", says: both("shows what the commands print, as it comes", "实时显示命令输出") },
  unconfined: {
    type: "boolean",
    says: both(
      "runs foreign code even where no sandbox holds it; the verdict says so and never accepts by itself",
      "即使没有可用沙箱也运行外来代码；结论会注明，且不会自动验收",
    ),
  },
} as const satisfies Readonly<Record<string, Option>>;

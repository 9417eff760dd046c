/** The key of whoever acts: from an encrypted keystore file or the environment, never from a command line. */
import { type Agreement, InputError } from "../agreement/index.ts";
import * as Signer from "../ledger/Signer.ts";
import type { Context, Option } from "./Command.ts";
import { UsageError } from "./Errors.ts";
import * as Source from "./Source.ts";

const { both } = InputError;

export type { Signer } from "../ledger/Signer.ts";

export const OPTIONS: Readonly<Record<string, Option>> = {
  key: {
    type: "string",
    value: "KEYSTORE",
    says: both(
      "encrypted keystore file; else COMMENDA_KEY in the environment",
      "加密的密钥库文件；否则取环境变量 COMMENDA_KEY",
    ),
  },
};

const KEY = /^0x[0-9a-fA-F]{64}$/;

/** From a keystore or the environment; a key never stands on a command line, where others can read it. */
export async function signerOf(
  file: string | boolean | undefined,
  language: InputError.Language,
  context: Context,
): Promise<Signer.Signer> {
  if (typeof file === "string") {
    if (/^(0x)?[0-9a-fA-F]{64}$/.test(file)) {
      throw new UsageError(
        both(
          "--key takes a keystore file. A key on a command line can be read by others: count it as lost, and use COMMENDA_KEY or a keystore for the next.",
          "--key 须为密钥库文件。命令行中的密钥可被他人读取：请视为已泄露，今后使用 COMMENDA_KEY 或密钥库。",
        ),
      );
    }
    const question = both(`Password of ${file}: `, `${file} 的密码：`)[language];
    const password = context.env.COMMENDA_PASSWORD ?? (await context.secret(question));
    if (password === undefined) {
      throw new UsageError(
        both(
          "Nobody can be asked for the password here: set COMMENDA_PASSWORD.",
          "此处无法询问密码：请设置 COMMENDA_PASSWORD。",
        ),
      );
    }
    return Signer.decrypt(Source.readText(file), password);
  }
  const key = context.env.COMMENDA_KEY;
  if (key === undefined) {
    throw new UsageError(
      both(
        "There is no key: give --key KEYSTORE, or set COMMENDA_KEY.",
        "没有密钥：请用 --key 指定密钥库，或设置 COMMENDA_KEY。",
      ),
    );
  }
  if (!KEY.test(key)) {
    throw new UsageError(
      both(
        "COMMENDA_KEY is no key: expected 0x and 64 hexadecimal digits.",
        "COMMENDA_KEY 不是密钥：应为 0x 加 64 位十六进制数字。",
      ),
    );
  }
  return Signer.fromKey(key as Agreement.Hex);
}

/** Tables as CSV (RFC 4180) that a spreadsheet opens as it is and runs nothing of. */
import type { Invoice } from "./Invoice.ts";

/** So that spreadsheets read it as UTF-8. */
const MARK = "\ufeff";

/** What spreadsheets take for the beginning of a formula, in full width too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

export function write(rows: readonly (readonly string[])[]): string {
  return `${MARK}${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** A text that begins like a formula is marked as text. */
function cell(text: string): string {
  const plain = FORMULA.test(text.trimStart()) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** Digits that a spreadsheet would round are text. */
const digits = (text = ""): string => (/^\d+(E\d+)?$/.test(text) ? `\t${text}` : text);

/** Fields of the fully digital e-invoice (全面数字化的电子发票), in the order of its batch form. */
const FIELDS: readonly (readonly [string, (one: Invoice) => string])[] = [
  ["发票流水号", ({ number }) => number],
  ["发票类型", ({ kind }) => (kind === "credit" ? "红字" : "蓝字")],
  ["是否含税", () => "否"],
  ["购买方名称", ({ buyer }) => buyer.name],
  ["购买方统一社会信用代码/纳税人识别号", ({ buyer }) => digits(buyer.taxId)],
  ["购买方地址", ({ buyer }) => [buyer.city, buyer.street].filter(Boolean).join("")],
  ["购买方电话", ({ buyer }) => buyer.phone ?? ""],
  ["购买方开户银行", ({ buyer }) => buyer.bank ?? ""],
  ["购买方银行账号", ({ buyer }) => digits(buyer.bankAccount)],
  ["项目名称", ({ line }) => line.name.zh],
  ["商品和服务税收编码", ({ seller }) => digits(seller.itemCode)],
  ["规格型号", ({ seller }) => seller.specification ?? ""],
  ["单位", ({ line }) => line.unit],
  ["数量", (one) => signed(one, "1")],
  ["单价", ({ net }) => net],
  ["金额", (one) => signed(one, one.net)],
  ["税率", ({ vat }) => (vat.category === "E" ? "免税" : `${vat.rate}%`)],
  ["税额", (one) => signed(one, one.tax)],
  ["价税合计", (one) => signed(one, one.gross)],
  ["币种", ({ currency }) => currency],
  ["销售方名称", ({ seller }) => seller.name],
  ["销售方统一社会信用代码/纳税人识别号", ({ seller }) => digits(seller.taxId)],
  ["开票日期", ({ issued }) => issued],
  [
    "备注",
    ({ credits, agreement, rehearsal }) =>
      credits
        ? `${rehearsal ? PLAY : ""}红冲 ${credits.number}：${credits.reason}`
        : `${rehearsal ? PLAY : ""}协议 ${agreement.id}`,
  ],
];

const PLAY = "预演，并非发票。";

/** What a credit note takes back is negative there. */
const signed = ({ kind }: Invoice, amount: string): string => (kind === "credit" ? `-${amount}` : amount);

export const invoices = (list: readonly Invoice[]): string =>
  write([FIELDS.map(([name]) => name), ...list.map((one) => FIELDS.map(([, of]) => of(one)))]);

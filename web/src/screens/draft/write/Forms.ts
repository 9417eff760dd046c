/** How values of the document are shown in fields, and back. Nothing is lost: what fits no form is shown as it is. */

export const UNITS = ["day", "week", "hour", "minute"] as const;
export type Unit = (typeof UNITS)[number];

const CHINESE: Readonly<Record<string, Unit>> = { 天: "day", 周: "week", 小时: "hour", 分钟: "minute" };

/** "15 days", "15 天"; not `P15D`. */
export function lengthOf(text: string): { count: string; unit: Unit } | undefined {
  const found = /^(\d{1,6}) ?(?:(day|week|hour|minute)s?|(天|周|小时|分钟))$/.exec(text);
  if (!found) return undefined;
  const [, count = "", unit, chinese = ""] = found;
  return { count, unit: (unit as Unit | undefined) ?? CHINESE[chinese] ?? "day" };
}

export function lengthTyped(count: string, unit: Unit): string {
  const digits = count.replace(/\D/g, "").replace(/^0+(?=\d)/, "");
  return digits === "" ? "" : `${digits} ${unit}${digits === "1" ? "" : "s"}`;
}

/** "70 %" as "70". */
export const shareShown = (text: string): string => text.replace(/ ?%$/, "");
export const shareTyped = (text: string): string => {
  const plain = text.trim().replace(/ ?%$/, "").replace("，", ".").replace("。", ".");
  return plain === "" ? "" : `${plain} %`;
};

/** Without what people write between digits, full-width digits made narrow: "100,000" and "１００，０００" are 100000. */
export function plainAmount(text: string): string {
  return text
    .normalize("NFKC")
    .trim()
    .replace(/(?<=\d)[, '_](?=\d{3}(\D|$))/g, "");
}

const two = (number: number): string => String(number).padStart(2, "0");

/** "2027-01-08T16:00Z" as a field for local time shows it; nothing for what is no such moment. */
export function localOf(utc: string): string | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:00)?Z$/.test(utc)) return undefined;
  const date = new Date(utc);
  if (Number.isNaN(date.getTime())) return undefined;
  const day = `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Back; nothing for a field that is not filled whole. */
export function utcOf(local: string): string {
  const date = new Date(local);
  return local === "" || Number.isNaN(date.getTime()) ? "" : `${date.toISOString().slice(0, 16)}Z`;
}

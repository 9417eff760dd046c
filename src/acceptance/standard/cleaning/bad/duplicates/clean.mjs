import { readFileSync } from "node:fs";

function rowsOf(text) {
  const rows = [[]];
  let field = "";
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (quoted && letter === '"' && text[at + 1] === '"') {
      field += letter;
      at += 1;
    } else if (letter === '"') quoted = !quoted;
    else if (!quoted && (letter === "," || letter === "\n")) {
      rows.at(-1).push(field);
      field = "";
      if (letter === "\n") rows.push([]);
    } else field += letter;
  }
  return rows.filter((row) => row.length > 0);
}

const CITIES = new Map([
  ["hangzhou", "杭州"],
  ["chengdu", "成都"],
  ["shanghai", "上海"],
]);

function dateOf(text) {
  const [, year, month, day] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? [];
  if (year) return [year, month.padStart(2, "0"), day.padStart(2, "0")].join("-");
  const [, first, second, last] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text) ?? [];
  return last ? `${last}-${second}-${first}` : "";
}

/** Half up, in decimal digits: 3.005 is 3.01. */
function amountOf(text) {
  const [whole, decimals = ""] = text.replaceAll(",", "").split(".");
  const thousandths = BigInt(whole + decimals.padEnd(3, "0").slice(0, 3));
  const cents = String((thousandths + 5n) / 10n).padStart(3, "0");
  return `${cents.slice(0, -2)}.${cents.slice(-2)}`;
}

const [columns, ...raw] = rowsOf(readFileSync(0, "utf8"));
const clean = new Map();
for (const row of raw) {
  const one = Object.fromEntries(columns.map((name, index) => [name, row[index].trim()]));
  const email = one.email;
  if (email === "") continue;
  const city = CITIES.get(one.city.toLowerCase()) ?? one.city.replace(/市$/, "");
  clean.set(email, { email, name: one.name, city, since: dateOf(one.since), spent: amountOf(one.spent) });
}
const quote = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const lines = [...clean.values()].map((one) => columns.map((name) => quote(one[name])).join(","));
console.log([columns.join(","), ...lines].join("\n"));

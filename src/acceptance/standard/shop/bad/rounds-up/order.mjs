import { readFileSync } from "node:fs";

const order = JSON.parse(readFileSync(0, "utf8"));
const { lines, coupon, back = [] } = order;
if (
  lines.some(({ price, count }) => !(Number.isInteger(price) && price >= 0 && Number.isInteger(count) && count >= 1))
) {
  console.error("error: a price or a count is wrong");
  process.exit(2);
}
const sum = (list) => list.reduce((total, { price, count }) => total + price * count, 0);
const off = (amount) => Math.ceil((amount * (coupon?.percent ?? 0)) / 100);
if (process.argv[2] === "refund") {
  const returned = sum(lines.filter(({ sku }) => back.includes(sku)));
  console.log(JSON.stringify({ refund: returned - off(returned) }));
} else {
  const goods = sum(lines);
  const discount = off(goods);
  const shipping = goods - discount < 9_900 ? 800 : 0;
  console.log(JSON.stringify({ goods, discount, shipping, total: goods - discount + shipping }));
}

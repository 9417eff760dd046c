/** Cases that were made up: providers with a trade, hours and a pace of their own. The same seed gives the same. */
import { Gram } from "../../text/index.ts";
import type { Case } from "../Case.ts";

const TRADES = [
  ["payments", "checkout refund invoice card ledger settlement"],
  ["mobile", "android push login screen offline camera"],
  ["data", "pipeline warehouse schema query export dashboard"],
  ["小程序", "微信 支付 登录 订单 页面 分享"],
] as const;
const TROUBLES = ["fails after upgrade", "is slow", "loses its state", "needs a test", "报错", "需要优化"];

/** `count` cases of `providers` providers from `begin` on, one every two hours or so. */
export function cases(count: number, { seed = 1, providers = 12, begin = 1_700_000_000 } = {}): readonly Case[] {
  const lot = (what: string, n: number) => Gram.hash(what, seed) % n;
  let at = begin;
  return Array.from({ length: count }, (_, id) => {
    at += lot(`gap ${id}`, 14_400);
    const hour = Math.floor(at / 3_600) % 24;
    const trade = lot(`trade ${id}`, TRADES.length);
    // Who works in that trade: the one whose hours these are, two times out of three.
    const own = Math.floor(providers / TRADES.length);
    const turn = lot(`turn ${id}`, 3) < 2 ? Math.floor((hour * own) / 24) : lot(`who ${id}`, own);
    const provider = `p${trade + TRADES.length * turn}`;
    const [area, words] = TRADES[trade] as (typeof TRADES)[number];
    const all = words.split(" ");
    const word = (n: number) => all[lot(`word ${n} ${id}`, all.length)];
    const title = `[${area}] ${word(1)} ${word(2)} ${TROUBLES[lot(`trouble ${id}`, TROUBLES.length)]}`;
    return { id, at, area, title, provider, providers: [provider] };
  });
}

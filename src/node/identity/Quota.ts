/** How often somebody may have the node pay: so many times in an hour, by this process's count. */
import { InputError } from "../../agreement/index.ts";
import { Problem } from "../../api/index.ts";

const HOUR = 3_600;

export type Quota = { take(who: string, now: number): void };

/** `take` throws `too-many` beyond `most` in an hour of the clock that `now`, Unix seconds, is read from. */
export function open(most: number): Quota {
  let begun = 0;
  const taken = new Map<string, number>();
  return {
    take(who, now) {
      const hour = Math.floor(now / HOUR);
      if (hour !== begun) taken.clear();
      begun = hour;
      const count = taken.get(who) ?? 0;
      if (count >= most) {
        throw new Problem.Problem(
          "too-many",
          InputError.both(
            `This node pays for ${most} transactions an hour for one user. Wait, or send it yourself.`,
            `本节点每小时为同一用户支付至多 ${most} 笔交易费用。请稍候，或自行发送。`,
          ),
        );
      }
      taken.set(who, count + 1);
    },
  };
}

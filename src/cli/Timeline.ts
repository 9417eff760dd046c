/**
 * One clock for several plays at once. A play asks to be at a minute and waits; when all wait, time moves to the earliest
 * of these minutes, and that play goes on alone. Whoever asks for a minute after `end` is cut off there.
 */

/** The story goes on after the end of the timeline. */
export class Cut extends Error {}

export type Timeline = {
  /** Runs all of them; what is cut off ends quietly. Throws what a play throws. */
  run(plays: readonly (() => Promise<void>)[]): Promise<void>;
  reach(minute: number): Promise<void>;
};

/** `move`: told when time moves, before the play that waits for it goes on. Unix minutes. */
export function open(end: number, move: (minute: number) => void): Timeline {
  let active = 0;
  let now = Number.NEGATIVE_INFINITY;
  const waiting: { minute: number; go: () => void; cut: () => void }[] = [];

  function next(): void {
    if (active === 0 || waiting.length < active) return;
    waiting.sort((one, other) => one.minute - other.minute);
    const first = waiting.shift();
    if (!first) return;
    if (first.minute > end) {
      first.cut();
      return;
    }
    now = Math.max(now, first.minute);
    move(now);
    first.go();
  }

  async function one(play: () => Promise<void>): Promise<void> {
    try {
      await play();
    } catch (error) {
      if (!(error instanceof Cut)) throw error;
    } finally {
      active -= 1;
      next();
    }
  }

  return {
    async run(plays) {
      active = plays.length;
      await Promise.all(plays.map(one));
    },
    reach(minute) {
      return new Promise((resolve, reject) => {
        waiting.push({ minute, go: resolve, cut: () => reject(new Cut()) });
        next();
      });
    },
  };
}

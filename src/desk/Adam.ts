/** Adam (Kingma and Ba 2015) with decoupled weight decay, on parameters that are changed in place. */
import type * as Matrix from "./Matrix.ts";

/** One step down the gradients, each at a pace and with a decay of its own. */
export type Step = (gradients: readonly Matrix.Matrix[], paces: readonly number[], decays: readonly number[]) => void;

export function over(parameters: readonly Matrix.Matrix[]): Step {
  const moments = parameters.map(({ length }) => ({
    mean: new Float32Array(length),
    square: new Float32Array(length),
  }));
  let step = 0;
  return (gradients, paces, decays) => {
    step++;
    const [meanLeft, squareLeft] = [1 - 0.9 ** step, 1 - 0.999 ** step];
    for (const [which, all] of parameters.entries()) {
      const { mean, square } = moments[which] as (typeof moments)[number];
      const slope = gradients[which] as Matrix.Matrix;
      const [pace, decay] = [paces[which] as number, decays[which] as number];
      for (let at = 0; at < all.length; at++) {
        const g = slope[at] as number;
        const m = 0.9 * (mean[at] as number) + 0.1 * g;
        const v = 0.999 * (square[at] as number) + 0.001 * g * g;
        mean[at] = m;
        square[at] = v;
        const value = all[at] as number;
        all[at] = value - pace * (m / meanLeft / (Math.sqrt(v / squareLeft) + 1e-8) + decay * value);
      }
    }
  };
}

/**
 * Gradient-boosted trees for ranking, small and our own: the softmax over the candidates of a query is to give the one who did it
 * (ListNet's loss, Cao et al. 2007), each tree one Newton step. Sums, products, quotients and our own `exp`: the
 * same numbers give the same trees everywhere.
 */
import { Gram, Log } from "../text/index.ts";

/** A tree in arrays: `feature[node]` is -1 at a leaf; below the threshold it goes left. */
export type Tree = {
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** What the rows of a node want, inner nodes too: the way down explains itself. */
  readonly value: readonly number[];
};

/** Queries one after the other, each with its candidates as rows of `width` features. */
export type Sample = {
  readonly width: number;
  readonly rows: Float32Array;
  /** By query: how many candidates, and which of them it was. */
  readonly sizes: readonly number[];
  readonly hits: readonly number[];
};

export type Options = {
  readonly trees: number;
  readonly leaves: number;
  /** What a tree's word counts for. */
  readonly rate: number;
  /** Least sum of second derivatives in a leaf. */
  readonly least: number;
  readonly ridge: number;
  /** Shares of the queries and of the features that a tree sees. */
  readonly queries: number;
  readonly features: number;
  readonly seed: number;
  /** Features left out. */
  readonly without?: readonly number[];
};

export const DEFAULTS: Options = {
  trees: 150,
  leaves: 24,
  rate: 0.1,
  least: 5,
  ridge: 5,
  queries: 0.6,
  features: 0.5,
  seed: 1,
};

/** Bins of a feature: a threshold lies between two of them. */
const BINS = 64;
/** Rows that the bins are taken from. */
const SKETCH = 20_000;

type Leaf = {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  /** First and second derivatives by feature and bin. */
  histogram: Float64Array;
  readonly first: number;
  readonly second: number;
  gain: number;
  feature: number;
  bin: number;
};

/** The sum of all trees for a row that begins at `offset`. */
export function score(trees: readonly Tree[], row: ArrayLike<number>, offset = 0): number {
  let sum = 0;
  for (const tree of trees) sum += tree.value[leafOf(tree, row, offset)] as number;
  return sum;
}

function leafOf({ feature, threshold, left, right }: Tree, row: ArrayLike<number>, offset: number): number {
  let node = 0;
  for (let f = feature[0] as number; f >= 0; f = feature[node] as number) {
    node = ((row[offset + f] as number) < (threshold[node] as number) ? left[node] : right[node]) as number;
  }
  return node;
}

/** Adds to `parts` what each feature gave on the way down, and returns what the roots give to all alike. */
export function explain(trees: readonly Tree[], row: ArrayLike<number>, parts: Float64Array): number {
  let base = 0;
  for (const { feature, threshold, left, right, value } of trees) {
    let node = 0;
    base += value[0] as number;
    for (let f = feature[0] as number; f >= 0; f = feature[node] as number) {
      const next = ((row[f] as number) < (threshold[node] as number) ? left[node] : right[node]) as number;
      parts[f] = (parts[f] as number) + (value[next] as number) - (value[node] as number);
      node = next;
    }
  }
  return base;
}

/** Learns trees. `told` hears after each tree how many there are. */
export function fit(sample: Sample, options: Options = DEFAULTS, told?: (trees: number) => void): readonly Tree[] {
  const { width, rows, sizes, hits } = sample;
  const count = rows.length / width;
  const used = Array.from({ length: width }, (_, feature) => feature).filter((f) => !options.without?.includes(f));
  const edges = used.map((feature) => edgesOf(rows, width, feature, count));
  const columns = used.length;
  const bins = new Uint8Array(count * columns);
  for (let column = 0; column < columns; column++) {
    const edge = edges[column] as Float64Array;
    for (let row = 0; row < count; row++) {
      bins[row * columns + column] = binOf(edge, rows[row * width + (used[column] as number)] as number);
    }
  }
  const scores = new Float64Array(count);
  const first = new Float64Array(count);
  const second = new Float64Array(count);
  const order = new Uint32Array(count);
  const trees: Tree[] = [];
  for (let step = 0; step < options.trees; step++) {
    const chosen = choose(`${options.seed}`, step, columns, options.features);
    const seen = derive(step);
    const tree = grow(chosen, seen);
    trees.push(tree);
    for (let row = 0; row < count; row++) {
      scores[row] = (scores[row] as number) + (tree.value[leafOf(tree, rows, row * width)] as number);
    }
    told?.(trees.length);
  }
  return trees;

  /** Derivatives of the loss for the queries that this step sees, whose rows go to `order`. @returns how many rows. */
  function derive(step: number): number {
    let seen = 0;
    let from = 0;
    for (let query = 0; query < sizes.length; query++) {
      const to = from + (sizes[query] as number);
      const hit = from + (hits[query] as number);
      if (Gram.hash(`${step} ${query}`, options.seed) < options.queries * 4_294_967_296) {
        let most = Number.NEGATIVE_INFINITY;
        for (let row = from; row < to; row++) if ((scores[row] as number) > most) most = scores[row] as number;
        let total = 0;
        for (let row = from; row < to; row++) {
          first[row] = Log.exp((scores[row] as number) - most);
          total += first[row] as number;
        }
        for (let row = from; row < to; row++) {
          const share = (first[row] as number) / total;
          first[row] = (row === hit ? 1 : 0) - share;
          second[row] = Math.max(1e-6, share * (1 - share));
          order[seen++] = row;
        }
      }
      from = to;
    }
    return seen;
  }

  function grow(chosen: Uint32Array, seen: number): Tree {
    const most = 2 * options.leaves - 1;
    const tree = {
      feature: new Array<number>(most).fill(-1),
      threshold: new Array<number>(most).fill(0),
      left: new Array<number>(most).fill(0),
      right: new Array<number>(most).fill(0),
      value: new Array<number>(most).fill(0),
    };
    const leaf = (node: number, from: number, to: number, histogram: Float64Array, sums: [number, number]): Leaf => {
      const [one, two] = sums;
      tree.value[node] = (options.rate * one) / (two + options.ridge);
      return { node, from, to, histogram, first: one, second: two, gain: 0, feature: 0, bin: 0 };
    };
    const leaves = [leaf(0, 0, seen, histogramOf(chosen, 0, seen), sumsOf(0, seen))];
    split(leaves[0] as Leaf, chosen.length);
    let nodes = 1;
    while (leaves.length < options.leaves) {
      let best = 0;
      for (let at = 1; at < leaves.length; at++) {
        if ((leaves[at] as Leaf).gain > (leaves[best] as Leaf).gain) best = at;
      }
      const parent = leaves[best] as Leaf;
      if (parent.gain <= 1e-6) break;
      const column = chosen[parent.feature] as number;
      const middle = part(parent, column);
      const sums = sumsOf(parent.from, middle);
      const [left, right] = [nodes++, nodes++];
      tree.feature[parent.node] = used[column] as number;
      tree.threshold[parent.node] = (edges[column] as Float64Array)[parent.bin] as number;
      tree.left[parent.node] = left;
      tree.right[parent.node] = right;
      // Only the smaller side is counted; the other is what remains of the parent.
      const isLeftSmaller = middle - parent.from < parent.to - middle;
      const small = isLeftSmaller ? histogramOf(chosen, parent.from, middle) : histogramOf(chosen, middle, parent.to);
      const large = parent.histogram;
      for (let at = 0; at < large.length; at++) large[at] = (large[at] as number) - (small[at] as number);
      const rest: [number, number] = [parent.first - sums[0], parent.second - sums[1]];
      const one = leaf(left, parent.from, middle, isLeftSmaller ? small : large, sums);
      const two = leaf(right, middle, parent.to, isLeftSmaller ? large : small, rest);
      split(one, chosen.length);
      split(two, chosen.length);
      leaves[best] = one;
      leaves.push(two);
    }
    const cut = <T>(array: T[]) => array.slice(0, nodes);
    return {
      feature: cut(tree.feature),
      threshold: cut(tree.threshold),
      left: cut(tree.left),
      right: cut(tree.right),
      value: cut(tree.value),
    };
  }

  function sumsOf(from: number, to: number): [number, number] {
    let [one, two] = [0, 0];
    for (let at = from; at < to; at++) {
      one += first[order[at] as number] as number;
      two += second[order[at] as number] as number;
    }
    return [one, two];
  }

  function histogramOf(chosen: Uint32Array, from: number, to: number): Float64Array {
    const histogram = new Float64Array(chosen.length * BINS * 2);
    for (let at = from; at < to; at++) {
      const row = order[at] as number;
      const [one, two] = [first[row] as number, second[row] as number];
      const start = row * columns;
      for (let column = 0; column < chosen.length; column++) {
        const place = (column * BINS + (bins[start + (chosen[column] as number)] as number)) * 2;
        histogram[place] = (histogram[place] as number) + one;
        histogram[place + 1] = (histogram[place + 1] as number) + two;
      }
    }
    return histogram;
  }

  /** Finds the best place to split a leaf. */
  function split(leaf: Leaf, features: number) {
    const { histogram, first: one, second: two } = leaf;
    const base = (one * one) / (two + options.ridge);
    for (let column = 0; column < features; column++) {
      let [left, mass] = [0, 0];
      for (let bin = 0; bin < BINS - 1; bin++) {
        const place = (column * BINS + bin) * 2;
        left += histogram[place] as number;
        mass += histogram[place + 1] as number;
        const rest = two - mass;
        if (mass < options.least || rest < options.least) continue;
        const right = one - left;
        const gain = (left * left) / (mass + options.ridge) + (right * right) / (rest + options.ridge) - base;
        if (gain <= leaf.gain) continue;
        leaf.gain = gain;
        leaf.feature = column;
        leaf.bin = bin;
      }
    }
  }

  /** Puts the rows of a leaf that go left before those that go right. @returns where the latter begin. */
  function part(leaf: Leaf, column: number): number {
    let [low, high] = [leaf.from, leaf.to - 1];
    while (low <= high) {
      const row = order[low] as number;
      if ((bins[row * columns + column] as number) <= leaf.bin) low++;
      else {
        order[low] = order[high] as number;
        order[high] = row;
        high--;
      }
    }
    return low;
  }
}

/** Where a feature's bins end: quantiles of some rows, each once. */
function edgesOf(rows: Float32Array, width: number, feature: number, count: number): Float64Array {
  const size = Math.min(count, SKETCH);
  const values = new Float64Array(size);
  for (let at = 0; at < size; at++) values[at] = rows[Math.floor((at * count) / size) * width + feature] as number;
  values.sort();
  const edges: number[] = [];
  for (let bin = 1; bin < BINS; bin++) {
    const value = values[Math.floor((bin * size) / BINS)] as number;
    if (edges.length === 0 || value > (edges.at(-1) as number)) edges.push(value);
  }
  return Float64Array.from(edges);
}

/** How many edges a value has reached. */
function binOf(edges: Float64Array, value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value < (edges[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The columns that a step sees: at least one. */
function choose(seed: string, step: number, columns: number, share: number): Uint32Array {
  const all = Array.from({ length: columns }, (_, column) => column);
  const chosen = all.filter((column) => Gram.hash(`${seed} ${step}/${column}`) < share * 4_294_967_296);
  return Uint32Array.from(chosen.length > 0 ? chosen : all);
}

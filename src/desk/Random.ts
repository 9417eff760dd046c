/** Numbers in an order that a seed fixes: the same data and seed give the same model, bit by bit. */

/** mulberry32: uniform in [0, 1). */
export function from(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** 0 to `count` - 1, shuffled (Fisher-Yates). */
export function order(count: number, random: () => number): Uint32Array<ArrayBuffer> {
  const places = Uint32Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const kept = places[at] as number;
    places[at] = places[other] as number;
    places[other] = kept;
  }
  return places;
}

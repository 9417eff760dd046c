// What every Node program in the room starts with: a clock that begins at the minute of the terms and goes on from there,
// and random numbers from their seed. What a program gets from elsewhere (/dev/urandom, other languages) is its own care.
"use strict";
const { COMMENDA_CLOCK, COMMENDA_SEED } = process.env;
const start = Number(COMMENDA_CLOCK) * 1_000;
if (Number.isFinite(start)) {
  const Real = Date;
  const offset = start - Real.now();
  const now = () => Real.now() + offset;
  const Pinned = new Proxy(Real, {
    apply: () => new Real(now()).toString(),
    construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [now()] : given, made),
    get: (target, key, self) => (key === "now" ? now : Reflect.get(target, key, self)),
  });
  Real.prototype.constructor = Pinned;
  globalThis.Date = Pinned;
}
if (COMMENDA_SEED !== undefined) {
  // mulberry32, public domain: https://github.com/bryc/code/blob/master/jshash/PRNGs.md
  let state = Number(BigInt.asUintN(32, BigInt(COMMENDA_SEED)));
  Math.random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

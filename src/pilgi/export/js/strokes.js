// Strokes in whole numbers, as docs/ink.md brings them there.

const DOT = 1e-12;
const FARTHEST = 1e12;
const LEAST = 2 ** 16;
const LONGEST = 2 ** 16 - 1;
const FIRST = -(2 ** 31);
const NO_STROKES = "a stroke is a list of [x, y] pairs of numbers";

/**
 * Strokes of [x, y] or {x, y} as whole numbers of 32 bits. What is no whole number is rounded once,
 * times the least power of two that makes the drawing's longer side 2^16 or more.
 */
export function whole(strokes) {
  if (!strokes.every(Array.isArray)) throw new RangeError(NO_STROKES);
  const drawn = strokes.map((stroke) => stroke.map(pair)).filter((stroke) => stroke.length);
  if (drawn.some((stroke) => stroke.length > LONGEST)) throw new RangeError(`a stroke has at most ${LONGEST} points`);
  const points = drawn.flat();
  const [left, top] = [0, 1].map((axis) => points.reduce((least, point) => Math.min(least, point[axis]), Infinity));
  const extent = points.reduce((most, [x, y]) => Math.max(most, x - left, y - top), 0);
  if (extent >= 2 ** 32) throw new RangeError("the drawing is 2^32 units large or larger; scale it down");
  if (extent <= DOT) return drawn.map((stroke) => stroke.map(() => [0, 0]));
  let finer = 1;
  while (extent * finer < LEAST) finer *= 2;
  const rounded = (value) => FIRST + Math.floor(value * finer + 0.5);
  return drawn.map((stroke) => stroke.map(([x, y]) => [rounded(x - left), rounded(y - top)]));
}

function pair(point) {
  const [x, y] = Array.isArray(point) ? point : [point?.x, point?.y];
  const numbers = typeof x === "number" && typeof y === "number"; // null, which JSON makes of NaN, is 0 to Math.abs
  const fits = numbers && Math.abs(x) <= FARTHEST && Math.abs(y) <= FARTHEST;
  if (fits && (!Array.isArray(point) || point.length === 2)) return [x, y];
  throw new RangeError(NO_STROKES);
}

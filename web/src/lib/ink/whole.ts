import type { Stroke } from './strokes'

const DOT = 1e-12
const LEAST = 2 ** 16

/**
 * Strokes in whole numbers, as docs/ink.md brings them there: those that are whole stay. Others are
 * rounded once, less the smallest x and y, times the least power of two that makes the longer side
 * 2^16 or more.
 */
export function whole(strokes: readonly Stroke[]): Stroke[] {
  const points = strokes.flat()
  if (points.every(([x, y]) => Number.isInteger(x) && Number.isInteger(y))) return [...strokes]
  const left = points.reduce((least, [x]) => Math.min(least, x), Infinity)
  const top = points.reduce((least, [, y]) => Math.min(least, y), Infinity)
  const extent = points.reduce((most, [x, y]) => Math.max(most, x - left, y - top), 0)
  if (extent <= DOT) return strokes.map((stroke) => stroke.map(() => [0, 0]))
  const finer = 2 ** Math.max(0, Math.ceil(Math.log2(LEAST / extent)))
  const rounded = (value: number) => Math.floor(value * finer + 0.5)
  return strokes.map((stroke) => stroke.map(([x, y]) => [rounded(x - left), rounded(y - top)]))
}

import { whole } from '../../../../src/pilgi/export/js/strokes.js'
import type { Stroke } from '../ink/strokes'

const MOST_STROKES = 500
const MOST_POINTS = 20_000

/** Lays strokes into a module's memory, the newest where they are too many, and of these the first 20,000 points; returns how many. */
export function handed(strokes: readonly Stroke[], memory: WebAssembly.Memory, points: number, lengths: number): number {
  const kept = whole(strokes).slice(-MOST_STROKES)
  const all = kept.flat().slice(0, MOST_POINTS)
  let left = all.length
  const counts = kept.map((stroke) => {
    const length = Math.min(stroke.length, left)
    left -= length
    return length
  })
  new Int32Array(memory.buffer, points, 2 * all.length).set(all.flat())
  new Uint16Array(memory.buffer, lengths, counts.length).set(counts)
  return counts.length
}

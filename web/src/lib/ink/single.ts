import type { Stroke } from './strokes'

/** Left, top, right, bottom. */
type Box = [number, number, number, number]

const TALL = 96 // the drawing is looked at so high, the pen included
const LONG = 2048
const PEN = 11
const WIDEST_DIGIT = 1.3

/**
 * Whether a drawing is one character, by the rule of `pilgi.read.drawing`: its parts, which are
 * the strokes that a pen connects, stand above one another rather than side by side.
 */
export function isSingle(strokes: readonly Stroke[]): boolean {
  const boxes = parts(scaled(strokes.filter((stroke) => stroke.length)))
  if (!boxes.length) return true
  const all = boxes.reduce(joined)
  if (all[2] - all[0] > WIDEST_DIGIT * (all[3] - all[1]) || characters(boxes).length > 1) return false
  return !apart(strokes).length
}

/**
 * The strokes of each character, whole strokes together, left to right, where there are several; by the rule of
 * `pilgi.read.drawing`.
 */
export function apart(strokes: readonly Stroke[]): Stroke[][] {
  const drawn = strokes.filter((stroke) => stroke.length)
  const all = drawn.map(boxOf).reduce(joined, [Infinity, Infinity, -Infinity, -Infinity])
  const height = all[3] - all[1]
  if (!(height > 0)) return []
  const by = (TALL - PEN) / height
  const boxes = drawn.map(boxOf).map(([left, top, right, bottom]): Box =>
    widened([(left - all[0]) * by, (top - all[1]) * by, (right - all[0]) * by, (bottom - all[1]) * by]))
  const found = characters(boxes)
  return found.length > 1 ? found.map((each) => drawn.filter((_, at) => each.includes(at))) : []
}

function scaled(strokes: readonly Stroke[]): Stroke[] {
  const [left, top, right, bottom] = strokes.map(boxOf).reduce(joined, [Infinity, Infinity, -Infinity, -Infinity])
  const scale = Math.min((LONG - PEN) / (right - left), (TALL - PEN) / (bottom - top))
  const by = Number.isFinite(scale) ? scale : 0
  return strokes.map((stroke) => stroke.map(([x, y]) => [(x - left) * by, (y - top) * by]))
}

interface Line {
  box: Box
  segments: Segment[]
}

function parts(strokes: readonly Stroke[]): Box[] {
  const groups: Line[][] = []
  for (const stroke of strokes) {
    const line = { box: boxOf(stroke), segments: segments(stroke) }
    const near = groups.filter((group) => group.some((other) => touch(line, other)))
    for (const group of near) groups.splice(groups.indexOf(group), 1)
    groups.push([line, ...near.flat()])
  }
  return groups.map((group) => widened(group.map(({ box }) => box).reduce(joined)))
}

function touch(one: Line, other: Line): boolean {
  const [left, top, right, bottom] = one.box
  const [begin, above, end, below] = other.box
  const far = begin - right >= PEN || left - end >= PEN || above - bottom >= PEN || top - below >= PEN
  return !far && one.segments.some((a) => other.segments.some((b) => between(a, b) < PEN))
}

type Segment = [ax: number, ay: number, bx: number, by: number]

function segments(stroke: Stroke): Segment[] {
  return stroke.map(([x, y], at) => {
    const [px, py] = stroke[at - 1] ?? [x, y]
    return [px, py, x, y]
  })
}

function between(a: Segment, b: Segment): number {
  if (cross(a, b)) return 0
  return Math.min(
    fromPoint(a[0], a[1], b), fromPoint(a[2], a[3], b), fromPoint(b[0], b[1], a), fromPoint(b[2], b[3], a),
  )
}

function cross(a: Segment, b: Segment): boolean {
  return side(a, b[0], b[1]) * side(a, b[2], b[3]) < 0 && side(b, a[0], a[1]) * side(b, a[2], a[3]) < 0
}

function side([ax, ay, bx, by]: Segment, x: number, y: number): number {
  return (bx - ax) * (y - ay) - (by - ay) * (x - ax)
}

function fromPoint(x: number, y: number, [ax, ay, bx, by]: Segment): number {
  const [dx, dy] = [bx - ax, by - ay]
  const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)))
  return Math.hypot(x - ax - along * dx, y - ay - along * dy)
}

/** Which boxes are each character, as `pilgi.read.characters` has it. */
function characters(boxes: readonly Box[]): number[][] {
  const all = boxes.reduce(joined)
  const isTall = ([, top, , bottom]: Box) => bottom - top >= (all[3] - all[1]) / 2
  const tall = [...boxes.entries()].filter(([, box]) => isTall(box)).sort(([, a], [, b]) => a[0] - b[0])
  const found: { members: number[]; begin: number; end: number }[] = []
  let reach = -Infinity
  for (const [at, [left, , right]] of tall) {
    const last = found.at(-1)
    if (!last || left >= reach - Math.floor((right - left) / 4)) found.push({ members: [at], begin: left, end: right })
    else {
      last.members.push(at)
      last.end = Math.max(last.end, right)
    }
    reach = Math.max(reach, right)
  }
  for (const [at, box] of boxes.entries()) {
    const middle = (box[0] + box[2]) / 2
    const far = found.map(({ begin, end }) => Math.max(begin - middle, middle - end, 0))
    if (!isTall(box)) found[far.indexOf(Math.min(...far))]?.members.push(at)
  }
  return found.map(({ members }) => members)
}

function boxOf(stroke: Stroke): Box {
  const xs = stroke.map(([x]) => x)
  const ys = stroke.map(([, y]) => y)
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

function joined(one: Box, other: Box): Box {
  return [
    Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[2], other[2]), Math.max(one[3], other[3]),
  ]
}

function widened([left, top, right, bottom]: Box): Box {
  return [left, top, right + PEN, bottom + PEN]
}

/** A point in whole numbers: x to the right, y downwards. */
export type Point = [x: number, y: number]
export type Stroke = Point[]

/** The canvas's side in the units of its points. */
export const SIDE = 4096

/** A point inside the canvas, in whole numbers. */
export function placed(x: number, y: number): Point {
  return [clamped(x), clamped(y)]
}

/** Add a point, unless it is the one that stands last. */
export function extended(stroke: Stroke, point: Point): Stroke {
  const last = stroke.at(-1)
  if (last && last[0] === point[0] && last[1] === point[1]) return stroke
  return [...stroke, point]
}

/** What is drawn, as an SVG path; a dot is a line of no length, which a round pen shows. */
export function pathOf(strokes: readonly Stroke[]): string {
  return strokes.map(pathOfOne).join('')
}

function pathOfOne(stroke: Stroke): string {
  const [first, ...rest] = stroke
  if (!first) return ''
  const lines = rest.length ? rest : [first]
  return `M${first[0]} ${first[1]}` + lines.map(([x, y]) => `L${x} ${y}`).join('')
}

function clamped(value: number): number {
  return Math.min(SIDE, Math.max(0, Math.round(value)))
}

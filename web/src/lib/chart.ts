import uPlot from 'uplot'
import { colour } from './theme.svelte'

/** A line of a chart. tone: ink for training, seal for validation, a number for what is laid beside. */
export interface Line {
  name: string
  points: readonly (readonly [x: number, y: number])[]
  tone: 'ink' | 'seal' | number
  dashed?: boolean
}

/** What follows ink and seal: the darker four of Okabe and Ito's colours; after them, dashes. */
export const SERIES = ['#0072B2', '#D55E00', '#009E73', '#CC79A7']

const FONT = '12px ui-sans-serif, system-ui, sans-serif'
const LABEL_GAP = 14

export function colourOf(tone: Line['tone']): string {
  return typeof tone === 'number' ? (SERIES[tone % SERIES.length] ?? '') : colour(tone)
}

/** The lines over one axis: x of all of them, then each line's y, null where it has none. */
export function aligned(lines: readonly Line[]): uPlot.AlignedData {
  if (!lines.length) return [[]]
  return uPlot.join(lines.map(({ points }) => [points.map(([x]) => x), points.map(([, y]) => y)]))
}

export function options(lines: readonly Line[], width: number, height: number, format: (y: number) => string): uPlot.Options {
  const room = Math.min(width / 3, 28 + widest(lines.map(({ name }) => name)))
  const axis = { stroke: colour('muted'), font: FONT, grid: { stroke: colour('line'), width: 1 }, ticks: { show: false } }
  return {
    width,
    height,
    padding: [12, room, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: (_, low, high) => [Math.min(low, high - 1), high] } },
    axes: [
      { ...axis, grid: { show: false }, size: 28, space: 64, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
      { ...axis, size: 64, space: 40, values: (_, ticks) => ticks.map(format) },
    ],
    series: [{}, ...lines.map(seriesOf)],
    hooks: { draw: [(plot) => labelEnds(plot, lines)] },
  }
}

function seriesOf({ name, tone, dashed, points }: Line): uPlot.Series {
  const later = typeof tone === 'number' && tone >= SERIES.length
  return {
    label: name,
    stroke: colourOf(tone),
    width: 1.5,
    spanGaps: true,
    points: { show: points.length === 1 },
    ...(dashed || later ? { dash: [5, 4] } : {}),
  }
}

interface End {
  name: string
  tone: Line['tone']
  x: number
  y: number
}

/** Write each line's name where it ends, apart from one another and inside the plot. */
function labelEnds(plot: uPlot, lines: readonly Line[]): void {
  const ratio = devicePixelRatio
  const ends = spread(
    lines.flatMap(({ name, tone, points }) => {
      const last = points.at(-1)
      return last ? [{ name, tone, x: plot.valToPos(last[0], 'x', true), y: plot.valToPos(last[1], 'y', true) }] : []
    }),
    LABEL_GAP * ratio,
    plot.bbox.top + plot.bbox.height,
  )
  const { ctx } = plot
  ctx.save()
  ctx.font = FONT.replace('12px', `${12 * ratio}px`)
  ctx.textBaseline = 'middle'
  ctx.textAlign = 'left'
  ctx.lineJoin = 'round'
  for (const { name, tone, x, y } of ends) {
    ctx.strokeStyle = colour('paper')
    ctx.lineWidth = 4 * ratio
    ctx.strokeText(name, x + 20 * ratio, y)
    ctx.fillStyle = colour('ink')
    ctx.fillText(name, x + 20 * ratio, y)
    ctx.strokeStyle = colourOf(tone)
    ctx.lineWidth = 2 * ratio
    ctx.strokeRect(x + 6 * ratio, y, 8 * ratio, 0)
  }
  ctx.restore()
}

/** The ends moved down where they are nearer than the gap, then up where they leave the plot. */
export function spread(ends: readonly End[], gap: number, bottom: number): End[] {
  const found = [...ends].sort((one, other) => one.y - other.y)
  found.forEach((end, at) => {
    const above = found[at - 1]
    if (above && end.y - above.y < gap) found[at] = { ...end, y: above.y + gap }
  })
  let room = bottom
  for (let at = found.length - 1; at >= 0; at--) {
    const end = found[at]
    if (end) found[at] = { ...end, y: Math.min(end.y, room) }
    room = (found[at]?.y ?? room) - gap
  }
  return found
}

function widest(names: readonly string[]): number {
  const context = document.createElement('canvas').getContext('2d')
  if (!context) return 0
  context.font = FONT
  return Math.max(0, ...names.map((name) => context.measureText(name).width))
}

import type { Stroke } from '../ink/strokes'
import type { Costs } from './browser'
import { handed } from './handing'
import { numberOf, type Place } from './number'
import type { Answer, Step } from './reader'

const HEIGHT = 32
const FULL = 65535
const MEMBERS = 7
const STEP = 4
/** The steps whose picture still is dark on bright. */
const BRIGHT = new Set(['drawing', 'grey', 'polarity', 'margin', 'reduce', 'light'])

interface Exports {
  memory: WebAssembly.Memory
  page_points(): number
  page_lengths(): number
  page_steps(): number
  page_line(strokes: number): number
  line_answer(width: number): number
}

/** An answer and its places; parted: whether separators stand in it; other: the share of it that is no digit. */
export interface LineReading {
  answer: Answer
  places: Place[]
  parted: boolean
  other: number
}

/** Reads a number in the browser, in whole numbers, by WebAssembly; see export/c/page/line.c. */
export class LineReader {
  private constructor(
    private readonly wasm: Exports,
    readonly described: Costs,
  ) {}

  static async open(module: BufferSource, described: Costs): Promise<LineReader> {
    const { instance } = await WebAssembly.instantiate(module, {})
    return new LineReader(instance.exports as unknown as Exports, described)
  }

  /** The number, and what tells whether it may be one digit. */
  reading(strokes: readonly Stroke[]): LineReading {
    const row = this.row(this.draw(strokes))
    const places = placesOf(row)
    const { parted, other, ...number } = numberOf(places, (row[1] ?? 0) / FULL)
    const steps = this.steps()
    const ink = steps.at(-1)?.picture.pixels ?? new Uint8Array()
    return { answer: { ...number, ink, steps, model: this.described.name, where: 'browser' }, places, parted, other }
  }

  /** The steps to line ink; returns its columns. */
  draw(strokes: readonly Stroke[]): number {
    const count = handed(strokes, this.wasm.memory, this.wasm.page_points(), this.wasm.page_lengths())
    return this.wasm.page_line(count)
  }

  /** How many places, the confidence, and seven numbers of each place. */
  row(width: number): number[] {
    const at = this.wasm.line_answer(width)
    const count = Math.max(0, new Int32Array(this.wasm.memory.buffer, at, 1)[0] ?? 0)
    return [...new Int32Array(this.wasm.memory.buffer, at, 2 + MEMBERS * count)]
  }

  steps(): Step[] {
    const traced = new Int32Array(this.wasm.memory.buffer, this.wasm.page_steps())
    const found: Step[] = []
    for (let at = 0; traced[at]; at += STEP) {
      const [name = 0, height = 0, width = 0, pixels = 0] = traced.subarray(at, at + STEP)
      const picture = { width, height, pixels: new Uint8Array(this.wasm.memory.buffer, pixels, width * height).slice() }
      found.push({ name: this.text(name), picture, paperIsBright: BRIGHT.has(this.text(name)) })
    }
    return found
  }

  private text(at: number): string {
    const bytes = new Uint8Array(this.wasm.memory.buffer, at, HEIGHT)
    return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)))
  }
}

function placesOf(row: readonly number[]): Place[] {
  return Array.from({ length: Math.max(0, row[0] ?? 0) }, (_, place) => {
    const [label = 0, digit = -1, confidence = 0, second = -1, unsure = 0] = row.slice(2 + MEMBERS * place)
    return { label, digit, confidence: confidence / FULL, second, unsure: unsure / FULL }
  })
}

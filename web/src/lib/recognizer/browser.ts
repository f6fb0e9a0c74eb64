import type { Grey } from '../ink/grey'
import type { Stroke } from '../ink/strokes'
import { handed } from './handing'
import type { Answer, Layer, Step } from './reader'

const CANVAS = 160
const INK = 28

/** What is known of a module. */
export interface Described extends Costs {
  classes: string[]
  layers: { kind: string; shape: number[] }[]
}

/** Whom whole numbers cost what, where that was measured. */
export interface Costs {
  name: string
  cost?: Cost
}

/** What whole numbers cost on the golden drawings: how many other answers, how far apart at most. */
export interface Cost {
  drawings: number
  others: number
  apart: number
}

interface Exports {
  memory: WebAssembly.Memory
  page_points(): number
  page_lengths(): number
  page_draw(strokes: number): void
  page_drawing(): number
  page_scaled(): number
  page_scaled_sides(): number
  page_ink(): number
  page_read(): number
  page_shares(): number
  page_layers(): void
  page_maps(): number
}

/** Reads one digit in the browser, in whole numbers, by WebAssembly; see export/c/page/digit.c. */
export class BrowserReader {
  private constructor(
    private readonly wasm: Exports,
    readonly described: Described,
  ) {}

  static async open(module: BufferSource, described: Described): Promise<BrowserReader> {
    const { instance } = await WebAssembly.instantiate(module, {})
    return new BrowserReader(instance.exports as unknown as Exports, described)
  }

  /** The answer, at once: it takes a few milliseconds. */
  answer(strokes: readonly Stroke[]): Answer {
    this.draw(strokes)
    const packed = this.wasm.page_read() >>> 0
    const digit = this.described.classes[packed & 255] ?? '?'
    const sure = (packed & 256) !== 0
    const confidence = (packed >>> 16) / 65535
    const probabilities = this.probabilities()
    const guesses = probabilities
      .map((share, at) => ({ digit: this.described.classes[at] ?? '?', confidence: share }))
      .sort((one, other) => other.confidence - one.confidence)
    return {
      kind: 'digit',
      text: sure ? digit : null,
      seen: sure ? digit : '?',
      confidence,
      probabilities,
      digits: [{ digit: sure ? digit : '?', open: !sure, confidence, guesses }],
      ink: this.bytes(this.wasm.page_ink(), INK * INK),
      steps: this.steps(),
      model: this.described.name,
      where: 'browser',
    }
  }

  /** What each layer makes of 28x28 ink. */
  layers(ink: Uint8Array): Layer[] {
    new Uint8Array(this.wasm.memory.buffer, this.wasm.page_ink(), INK * INK).set(ink)
    this.wasm.page_layers()
    let at = this.wasm.page_maps()
    return this.described.layers.map(({ kind, shape: [height = 1, width = 1, channels = 1] }) => {
      const values = planes(new Int8Array(this.wasm.memory.buffer, at, height * width * channels), channels)
      at += values.length
      return { kind, channels, height, width, values }
    })
  }

  private draw(strokes: readonly Stroke[]): void {
    this.wasm.page_draw(handed(strokes, this.wasm.memory, this.wasm.page_points(), this.wasm.page_lengths()))
  }

  private probabilities(): number[] {
    const shares = new Uint16Array(this.wasm.memory.buffer, this.wasm.page_shares(), this.described.classes.length)
    const sum = shares.reduce((total, share) => total + share, 0) || 1
    return Array.from(shares, (share) => share / sum)
  }

  private steps(): Step[] {
    const sides = new Int32Array(this.wasm.memory.buffer, this.wasm.page_scaled_sides(), 2)
    const [height = 0, width = 0] = sides
    return [
      this.step('canvas', this.wasm.page_drawing(), CANVAS, CANVAS),
      this.step('scale', this.wasm.page_scaled(), width, height),
      this.step('centre', this.wasm.page_ink(), INK, INK),
    ]
  }

  private step(name: string, at: number, width: number, height: number): Step {
    const picture: Grey = { width, height, pixels: this.bytes(at, width * height) }
    return { name, picture, paperIsBright: false }
  }

  private bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.wasm.memory.buffer, at, length).slice()
  }
}

/** int8 values, channels running fastest, as bytes channel after channel, least 0 and greatest 255. */
export function planes(values: Int8Array, channels: number): Uint8Array {
  const low = Math.min(...values)
  const range = Math.max(...values) - low || 1
  const pixels = values.length / channels
  const found = new Uint8Array(values.length)
  values.forEach((value, at) => {
    found[(at % channels) * pixels + Math.floor(at / channels)] = ((value - low) * 255) / range
  })
  return found
}

import { api, code, content, type Schema } from '../api/client'
import { base64Of, bytesOf } from '../ink/grey'
import type { Stroke } from '../ink/strokes'
import type { Answer, Digit, Layer, Page, Reader, Reading } from './reader'

/** Reads by the server's API. */
export class ServerReader implements Reader {
  /** model: a recognizer's name; none leaves it to the server. */
  constructor(private readonly model?: string) {}

  async recognize(strokes: readonly Stroke[]): Promise<Answer> {
    const body = { strokes: strokes.filter((stroke) => stroke.length), y_up: false, kind: 'auto' as const, steps: true }
    const asked = this.model ? { ...body, model: this.model } : body
    return answerOf(await content(api.POST('/api/recognize', { body: asked })))
  }

  async read(image: Blob, name: string): Promise<Page[]> {
    const query = new URLSearchParams({ name, steps: 'true' })
    const headers = { 'Content-Type': image.type || 'application/octet-stream', 'X-Pilgi-Code': code.get() }
    const asked = fetch(`/api/read?${query.toString()}`, { method: 'POST', body: image, headers })
    return (await content<Schema['PageAnswer'][]>(answered(asked))).map(pageOf)
  }

  async layers(ink: Uint8Array): Promise<Layer[]> {
    const body = { ink: base64Of(ink), model: this.model ?? 'digit' }
    return (await content(api.POST('/api/layers', { body }))).map(layerOf)
  }
}

async function answered(asked: Promise<Response>) {
  const response = await asked
  const said: unknown = await response.json()
  return response.ok ? { data: said as Schema['PageAnswer'][], response } : { error: said, response }
}

function answerOf(said: Schema['RecognizeAnswer']): Answer {
  return {
    kind: said.kind === 'digit' ? 'digit' : 'number',
    text: said.text,
    seen: said.seen,
    confidence: said.confidence,
    probabilities: said.probabilities,
    digits: said.digits.map(digitOf),
    ink: bytesOf(said.ink),
    steps: (said.steps ?? []).map(({ name, width, height, pixels }) => ({
      name,
      picture: { width, height, pixels: bytesOf(pixels) },
      paperIsBright: BRIGHT.has(name),
    })),
    model: said.model,
    where: 'server',
  }
}

/** The steps whose picture still is dark on bright. */
const BRIGHT = new Set(['drawing', 'grey', 'polarity', 'margin', 'reduce', 'light'])

function digitOf(said: Schema['DigitAnswer']): Digit {
  return { digit: said.digit ?? '?', open: said.digit === null, confidence: said.confidence, guesses: said.guesses }
}

function layerOf({ kind, maps }: Schema['LayerAnswer']): Layer {
  const [channels = 1, height = 1, width = 1] = maps.shape.length === 3 ? maps.shape : [maps.shape.at(-1)]
  return { kind, channels, height, width, values: bytesOf(maps.values) }
}

function pageOf(said: Schema['PageAnswer']): Page {
  return {
    page: said.page,
    width: said.width,
    height: said.height,
    error: said.error,
    readings: said.readings.map(readingOf),
    steps: said.steps ?? [],
  }
}

function readingOf({ text, seen, confidence, box }: Schema['ReadingAnswer']): Reading {
  const [x = 0, y = 0, width = 0, height = 0] = box
  return { text, seen, confidence, box: [x, y, width, height] }
}

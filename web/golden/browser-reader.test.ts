import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { bytesOf } from '../src/lib/ink/grey'
import type { Stroke } from '../src/lib/ink/strokes'
import { BrowserReader, planes, type Described } from '../src/lib/recognizer/browser'

interface Golden {
  name: string
  strokes: Stroke[]
  ink: string
  answers: Record<string, [digit: number, confidence: number, sure: number]>
}

const built = new URL('../wasm/built/', import.meta.url)
const golden = JSON.parse(readFileSync(new URL('golden.json', built), 'utf8')) as Golden[]

function open(name: string): Promise<BrowserReader> {
  const described = JSON.parse(readFileSync(new URL(`${name}.json`, built), 'utf8')) as Described
  return BrowserReader.open(readFileSync(new URL(`${name}.wasm`, built)), described)
}

describe.each(['digit-tiny', 'digit'])('%s in the browser', (name) => {
  let reader: BrowserReader
  beforeAll(async () => {
    reader = await open(name)
  })

  test('makes the ink of every golden drawing, byte for byte', () => {
    const wrong = golden.filter(({ strokes, ink }) => {
      const found = reader.answer(strokes).ink
      return bytesOf(ink).some((level, at) => level !== found[at])
    })
    expect(wrong.map((each) => each.name)).toEqual([])
    expect(golden.length).toBeGreaterThan(100)
  })

  test('answers every golden drawing as the reference in numpy does, to the bit', () => {
    for (const { strokes, answers } of golden) {
      const said = reader.answer(strokes)
      const digit = said.text ?? '?'
      const [expected, confidence, sure] = answers[name] ?? [0, 0, 0]
      expect(Math.round(said.confidence * 65535)).toBe(confidence)
      expect(digit).toBe(sure ? String(expected) : '?')
    }
  })

  test('shows the last step as the ink, and probabilities that sum to one', () => {
    const said = reader.answer(golden[0]?.strokes ?? [])
    expect(said.steps.map((step) => step.name)).toEqual(['canvas', 'scale', 'centre'])
    expect(said.steps.at(-1)?.picture.pixels).toEqual(said.ink)
    expect(said.probabilities?.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
  })

  test('shows what every layer makes of an ink, and answers the same afterwards', () => {
    const strokes = golden[0]?.strokes ?? []
    const before = reader.answer(strokes)
    const layers = reader.layers(before.ink)
    expect(layers.map(({ channels, height, width, values }) => values.length === channels * height * width)).not.toContain(false)
    expect(layers.at(-1)?.height).toBe(1)
    expect(reader.answer(strokes)).toEqual(before)
  })
})

test('planes brings channels that run fastest one after another', () => {
  expect([...planes(Int8Array.from([-128, 127, -128, 0]), 2)]).toEqual([0, 0, 255, 128])
})

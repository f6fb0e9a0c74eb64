import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { bytesOf } from '../src/lib/ink/grey'
import { apart, isSingle } from '../src/lib/ink/single'
import type { Stroke } from '../src/lib/ink/strokes'
import type { Costs } from '../src/lib/recognizer/browser'
import { LineReader } from '../src/lib/recognizer/line'

interface Golden {
  strokes: Stroke[]
  single: boolean
  apart: number
  width: number
  ink: string
  row: number[] | null
}

const built = new URL('../wasm/built/', import.meta.url)
const golden = JSON.parse(readFileSync(new URL('numbers.json', built), 'utf8')) as Golden[]
let reader: LineReader
beforeAll(async () => {
  const described = JSON.parse(readFileSync(new URL('line.json', built), 'utf8')) as Costs
  reader = await LineReader.open(readFileSync(new URL('line.wasm', built)), described)
})

test('line in the browser makes the line ink of every number, byte for byte', () => {
  for (const { strokes, width, ink } of golden) {
    expect(reader.draw(strokes)).toBe(width)
    const last = reader.steps().at(-1)
    expect(last?.name).toBe('place')
    expect(last?.picture.pixels).toEqual(bytesOf(ink))
  }
  expect(golden.length).toBeGreaterThan(10)
})

test('line in the browser answers every number as the reference in numpy does, to the bit', () => {
  const answered = golden.filter(({ row }) => row)
  const rows = answered.map(({ strokes }) => reader.row(reader.draw(strokes)))
  expect(rows).toEqual(answered.map(({ row }) => row))
  expect(rows.length).toBeGreaterThan(3)
})

test('what stands side by side is a number here where the server says so', () => {
  expect(golden.map(({ strokes }) => isSingle(strokes))).toEqual(golden.map(({ single }) => single))
})

test('as many characters stand apart here as on the server', () => {
  expect(golden.map(({ strokes }) => apart(strokes).length)).toEqual(golden.map((each) => each.apart))
})

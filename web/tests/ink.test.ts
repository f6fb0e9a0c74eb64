import { describe, expect, test } from 'vitest'
import { bitmap, type Rgb } from '../src/lib/ink/bitmap'
import { base64Of, bytesOf } from '../src/lib/ink/grey'
import { mosaic } from '../src/lib/ink/mosaic'
import { apart, isSingle } from '../src/lib/ink/single'
import { extended, pathOf, placed, SIDE, type Stroke } from '../src/lib/ink/strokes'

const ONE: Stroke = [[500, 500], [500, 3500]]
const TWO: Stroke = [[1800, 600], [2600, 600], [2600, 1500], [1800, 3400], [2700, 3400]]

test('characters that stand apart are whole strokes, from left to right', () => {
  const bar: Stroke = [[1700, 2000], [2900, 2000]]
  expect(apart([TWO, ONE, bar])).toEqual([[ONE], [TWO, bar]])
  expect(apart([[[7, 7]]])).toEqual([])
  expect(apart([])).toEqual([])
})

describe('a drawing', () => {
  test('of one stroke is one character', () => {
    expect(isSingle([ONE])).toBe(true)
  })
  test('of two tall parts side by side is a number', () => {
    expect(isSingle([ONE, TWO])).toBe(false)
  })
  test('of a bar across a stem is one character', () => {
    expect(isSingle([[[1500, 500], [900, 2400], [2600, 2400]], [[2200, 1500], [2200, 3600]]])).toBe(true)
  })
  test('that is wider than a digit may be is a number', () => {
    expect(isSingle([[[100, 2000], [3000, 2000]], [[1500, 1500], [1500, 2500]]])).toBe(false)
  })
  test('of nothing but a dot is one character', () => {
    expect(isSingle([[[7, 7]]])).toBe(true)
  })
})

test('points stay inside the canvas and are whole', () => {
  expect(placed(-3, SIDE + 9.7)).toEqual([0, SIDE])
  expect(placed(1.4, 2.6)).toEqual([1, 3])
})

test('a point that stands where the last one does is not added', () => {
  expect(extended([[1, 1]], [1, 1])).toEqual([[1, 1]])
})

test('a dot is drawn as a line of no length', () => {
  expect(pathOf([[[5, 6]]])).toBe('M5 6L5 6')
})

test('bytes come back from Base64', () => {
  expect(bytesOf(base64Of(Uint8Array.from([0, 200, 255])))).toEqual(Uint8Array.from([0, 200, 255]))
})

test('a mosaic lays maps side by side with paper between them', () => {
  const layer = { kind: 'convolution', channels: 2, height: 1, width: 2, values: Uint8Array.from([1, 2, 3, 4]) }
  expect(mosaic(layer, 4)).toEqual({ width: 5, height: 1, pixels: Uint8Array.from([1, 2, 0, 3, 4]) })
})

test('a picture is a bitmap from paper to ink, and the other way round where bright is paper', () => {
  const grey = { width: 3, height: 2, pixels: Uint8Array.of(0, 51, 255, 1, 2, 3) }
  const [paper, ink]: [Rgb, Rgb] = [[250, 240, 200], [0, 40, 100]]
  const bytes = (source: string) => bytesOf(source.replace('data:image/bmp;base64,', ''))
  const [file, reverse] = [bytes(bitmap(grey, paper, ink)), bytes(bitmap(grey, paper, ink, true))]
  const tone = (of: Uint8Array, level: number) => [...of.subarray(54 + 4 * level, 58 + 4 * level)]
  expect([0, 51, 255].map((level) => tone(file, level))).toEqual([[200, 240, 250, 0], [180, 200, 200, 0], [100, 40, 0, 0]])
  expect([0, 255].map((level) => tone(reverse, level))).toEqual([[100, 40, 0, 0], [200, 240, 250, 0]])
  expect([...file.subarray(-8)]).toEqual([0, 51, 255, 0, 1, 2, 3, 0])
  const view = new DataView(file.buffer)
  expect([view.getUint32(2, true), view.getInt32(18, true), view.getInt32(22, true)]).toEqual([file.length, 3, -2])
})

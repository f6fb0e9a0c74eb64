import { expect, test } from 'vitest'
import { layerOf, outline, shows } from '../src/lib/lab/inside'

test('a histogram is drawn as high as its box, from left to right', () => {
  expect(outline([1, 2])).toBe('M0 32V16.0H50.00V0.0H100.00V32Z')
  expect(outline([0, 0])).toBe('M0 32V32.0H50.00V32.0H100.00V32Z')
})

test('layers come in the page’s own names; those that change nothing are left out', () => {
  const layer = layerOf({ name: 'a', kind: 'Conv2d', shape: [1, 1, 2], values: 'AP8=' })
  expect([layer.kind, layer.width, [...layer.values]]).toEqual(['convolution', 2, [0, 255]])
  expect([{ kind: 'Dropout2d' }, { kind: 'Linear' }].map(shows)).toEqual([false, true])
})

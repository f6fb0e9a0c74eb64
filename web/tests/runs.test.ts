import { expect, test } from 'vitest'
import { csvOf } from '../src/lib/csv'
import { accuracy, duration, interval, sure } from '../src/lib/numbers'
import { hashOf, placeOf } from '../src/lib/place'
import { differences, flat, pressed, shortName, sorted, type RunShort } from '../src/lib/runs/table'

const RUN: RunShort = {
  name: 'a', state: 'finished', recipe: 'mlp', data: 'mnist', model: 'mlp', seed: 0, epochs: 1, accuracy: 0.9, held_out: false,
  errors: 10, n: 100, interval: [0.8, 0.95], parameters: 5, train_seconds: 3, recognizer: true, report: true,
}

test('runs without a value stand last, whichever way they are sorted', () => {
  const runs = [{ ...RUN, name: 'none', accuracy: null }, { ...RUN, name: 'low', accuracy: 0.1 }, { ...RUN, name: 'high', accuracy: 0.8 }]
  expect(sorted(runs, { column: 'accuracy', down: true }).map(({ name }) => name)).toEqual(['high', 'low', 'none'])
  expect(sorted(runs, { column: 'accuracy', down: false }).map(({ name }) => name)).toEqual(['low', 'high', 'none'])
})

test('pressing a column twice turns its order round', () => {
  const once = pressed({ column: 'name', down: true }, 'accuracy')
  expect(once).toEqual({ column: 'accuracy', down: true })
  expect(pressed(once, 'accuracy').down).toBe(false)
})

test('what differs between recipes is named with its section', () => {
  const one = 'name = "a"\nepochs = 1\n[optimizer]\nname = "adam"\n[[model.blocks]]\nchannels = 8\n'
  const other = 'name = "b"\nepochs = 1\n[optimizer]\nname = "sgd"\n[[model.blocks]]\nchannels = 8\n'
  expect(differences([one, other])).toEqual([['optimizer.name', ['adam', 'sgd']]])
  expect(flat('widths = [\n    256,\n    64,\n]\n').get('widths')).toBe('[256, 64]')
  expect(flat(one).get('model.blocks.1.channels')).toBe('8')
})

test('a run is short for its name and the time it began', () => {
  expect(shortName('mlp-20261127-212524-2')).toBe('mlp 212524-2')
})

test('a share has as many digits as n supports', () => {
  expect(accuracy(0.99641, 10_000)).toBe('99.64 %')
  expect(accuracy(0.9, 70)).toBe('90 %')
  expect(interval([0.8, 0.951], 1000)).toBe('80.0–95.1 %')
})

test('what is not certain is not called so', () => {
  expect(sure(0.99999)).toBe('99.99 %')
  expect(sure(1)).toBe('99.99 %')
  expect(sure(0.42)).toBe('42 %')
})

test('seconds become minutes and hours', () => {
  expect([duration(3.21), duration(200), duration(7500)]).toEqual(['3.2 s', '3 min 20 s', '2 h 5 min'])
  expect([duration(9.97), duration(59.7), duration(119.7)]).toEqual(['10 s', '1 min 0 s', '2 min 0 s'])
})

test('CSV quotes what a spreadsheet would take apart', () => {
  expect(csvOf([['a', 'b,c'], [1, '"']])).toBe('a,"b,c"\r\n1,""""\r\n')
})

test('a place and its address are one another', () => {
  expect(placeOf('#/runs/100%').path).toEqual(['runs', '100%'])
  const place = placeOf(hashOf(['runs', 'a b'], new URLSearchParams({ sort: 'x' })))
  expect(place.path).toEqual(['runs', 'a b'])
  expect(place.query.get('sort')).toBe('x')
})

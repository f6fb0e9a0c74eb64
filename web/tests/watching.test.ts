import { expect, test, vi } from 'vitest'
import { OfflineError, RefusedError } from '../src/lib/api/client'
import type { Stroke } from '../src/lib/ink/strokes'
import type { Here } from '../src/lib/recognizer/here.svelte'
import type { Answer, Reader } from '../src/lib/recognizer/reader'
import { Watching } from '../src/lib/recognizer/watching.svelte'

const ONE: Stroke[] = [[[10, 0], [10, 90]]]
const MORE: Stroke[] = [[[10, 0], [10, 95]]]
const NUMBER: Stroke[] = [[[10, 0], [10, 90]], [[80, 0], [80, 90]]]

function said(seen: string, where: 'browser' | 'server', level = 0): Answer {
  const kind = seen.length > 1 ? 'number' : 'digit'
  const steps = [{ name: where, picture: { width: 1, height: 1, pixels: new Uint8Array(1).fill(level) }, paperIsBright: false }]
  return { kind, text: seen, seen, confidence: 1, probabilities: null, digits: [], ink: new Uint8Array(4).fill(level), steps, model: '', where }
}

function reader(recognize: Reader['recognize']): Reader {
  return { recognize, read: () => Promise.resolve([]), layers: () => Promise.resolve([]) }
}

const browser: Here = { loaded: 1, recognize: () => Promise.resolve(said('1', 'browser')) }
const nobody: Here = { loaded: 0, recognize: () => Promise.resolve(null) }

test('the browser answers at once, the server once the pen rests', async () => {
  const server = vi.fn(() => Promise.resolve(said('7', 'server', 9)))
  const watching = new Watching(browser, reader(server), () => true)
  watching.look(ONE, false)
  await vi.waitFor(() => expect(watching.answer?.seen).toBe('1'))
  expect(server).not.toHaveBeenCalled()
  watching.look(ONE, true)
  await vi.waitFor(() => expect(watching.answer?.seen).toBe('7'))
  expect(watching.answer?.beside).toBeUndefined()
})

test('where both saw the same ink the browser’s steps stay and its answer stands beside', async () => {
  const watching = new Watching(browser, reader(() => Promise.resolve(said('7', 'server'))), () => true)
  watching.look(ONE, true)
  await vi.waitFor(() => expect(watching.answer?.seen).toBe('7'))
  expect(watching.answer?.steps[0]?.name).toBe('browser')
  expect(watching.answer?.beside?.seen).toBe('1')
})

test('strokes that come while the browser reads are read next, those between never', async () => {
  const give: ((answer: Answer) => void)[] = []
  const recognize = vi.fn((strokes: readonly Stroke[]) => new Promise<Answer>((resolve) => give.push(() => resolve(said(String(strokes.length), 'browser')))))
  const watching = new Watching({ loaded: 1, recognize }, reader(() => Promise.reject(new OfflineError())), () => false)
  for (const strokes of [ONE, MORE, NUMBER]) watching.look(strokes, false)
  give[0]?.(said('', 'browser'))
  await vi.waitFor(() => expect(recognize).toHaveBeenCalledTimes(2))
  expect(recognize.mock.lastCall?.[0]).toBe(NUMBER)
  give[1]?.(said('', 'browser'))
  await vi.waitFor(() => expect(watching.answer?.seen).toBe('2'))
})

test('an answer to older strokes is not shown; the newest are asked for next', async () => {
  const give: ((answer: Answer) => void)[] = []
  const server = vi.fn(() => new Promise<Answer>((resolve) => give.push(resolve)))
  const watching = new Watching(nobody, reader(server), () => true)
  watching.look(ONE, true)
  watching.look(MORE, true)
  give[0]?.(said('1', 'server'))
  await vi.waitFor(() => expect(server).toHaveBeenCalledTimes(2))
  expect(watching.answer).toBeNull()
  give[1]?.(said('4', 'server'))
  await vi.waitFor(() => expect(watching.answer?.seen).toBe('4'))
})

test('what nobody within reach reads is said to be unread', async () => {
  const watching = new Watching(nobody, reader(() => Promise.reject(new OfflineError())), () => false)
  watching.look(NUMBER, true)
  await vi.waitFor(() => expect(watching.unread).toBe(true))
  expect(watching.answer).toBeNull()
})

test('a server that falls silent leaves the browser’s answer', async () => {
  const server = vi.fn(() => Promise.reject(new OfflineError()))
  const watching = new Watching(browser, reader(server), () => true)
  watching.look(ONE, true)
  await vi.waitFor(() => expect(server).toHaveBeenCalled())
  await vi.waitFor(() => expect([watching.answer?.seen, watching.unread]).toEqual(['1', false]))
})

test('what the server refuses is told in its sentence', async () => {
  const watching = new Watching(nobody, reader(() => Promise.reject(new RefusedError('too long', 422))), () => true)
  watching.look(ONE, true)
  await vi.waitFor(() => expect(watching.problem).toBe('too long'))
})

test('clearing takes the answer away, and none comes late', async () => {
  const watching = new Watching(browser, reader(() => Promise.resolve(said('7', 'server'))), () => false)
  watching.look(ONE, false)
  watching.look([], true)
  await new Promise((resolve) => setTimeout(resolve))
  expect(watching.answer).toBeNull()
})

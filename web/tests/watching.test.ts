import { expect, test, vi } from 'vitest'
import { OfflineError, RefusedError } from '../src/lib/api/client'
import type { Stroke } from '../src/lib/ink/strokes'
import type { BrowserReader } from '../src/lib/recognizer/browser'
import type { Answer, Reader } from '../src/lib/recognizer/reader'
import { Watching } from '../src/lib/recognizer/watching.svelte'

const ONE: Stroke[] = [[[10, 0], [10, 90]]]
const MORE: Stroke[] = [[[10, 0], [10, 95]]]
const NUMBER: Stroke[] = [[[10, 0], [10, 90]], [[80, 0], [80, 90]]]

function said(seen: string, where: 'browser' | 'server', level = 0): Answer {
  const kind = seen.length > 1 ? 'number' : 'digit'
  const steps = [{ name: where, picture: { width: 1, height: 1, pixels: new Uint8Array(1) }, paperIsBright: false }]
  return { kind, text: seen, seen, confidence: 1, probabilities: null, digits: [], ink: new Uint8Array(4).fill(level), steps, model: '', where }
}

function reader(recognize: Reader['recognize']): Reader {
  return { recognize, read: () => Promise.resolve([]), layers: () => Promise.resolve([]) }
}

const browser = { answer: () => said('1', 'browser') } as unknown as BrowserReader

test('the browser answers at once, the server once the pen rests', async () => {
  const server = vi.fn(() => Promise.resolve(said('7', 'server', 9)))
  const watching = new Watching(() => browser, reader(server), () => true)
  watching.look(ONE, false)
  expect(watching.answer?.seen).toBe('1')
  expect(server).not.toHaveBeenCalled()
  watching.look(ONE, true)
  await vi.waitFor(() => expect(watching.answer?.seen).toBe('7'))
})

test('the browser’s steps stay where its ink is the server’s', async () => {
  const watching = new Watching(() => browser, reader(() => Promise.resolve(said('7', 'server'))), () => true)
  watching.look(ONE, true)
  await vi.waitFor(() => expect(watching.answer?.seen).toBe('7'))
  expect(watching.answer?.steps[0]?.name).toBe('browser')
})

test('an answer to older strokes is not shown; the newest are asked for next', async () => {
  const give: ((answer: Answer) => void)[] = []
  const server = vi.fn(() => new Promise<Answer>((resolve) => give.push(resolve)))
  const watching = new Watching(() => null, reader(server), () => true)
  watching.look(ONE, true)
  watching.look(MORE, true)
  give[0]?.(said('1', 'server'))
  await vi.waitFor(() => expect(server).toHaveBeenCalledTimes(2))
  expect(watching.answer).toBeNull()
  give[1]?.(said('4', 'server'))
  await vi.waitFor(() => expect(watching.answer?.seen).toBe('4'))
})

test('a number without a server is said to be unread, and no digit is made of it', () => {
  const watching = new Watching(() => browser, reader(() => Promise.reject(new OfflineError())), () => false)
  watching.look(NUMBER, true)
  expect([watching.answer, watching.unread]).toEqual([null, true])
})

test('a server that falls silent leaves the browser’s answer', async () => {
  const server = vi.fn(() => Promise.reject(new OfflineError()))
  const watching = new Watching(() => browser, reader(server), () => true)
  watching.look(ONE, true)
  await vi.waitFor(() => expect(server).toHaveBeenCalled())
  expect([watching.answer?.seen, watching.unread]).toEqual(['1', false])
})

test('what the server refuses is told in its sentence', async () => {
  const watching = new Watching(() => null, reader(() => Promise.reject(new RefusedError('too long', 422))), () => true)
  watching.look(ONE, true)
  await vi.waitFor(() => expect(watching.problem).toBe('too long'))
})

test('clearing takes the answer away', () => {
  const watching = new Watching(() => browser, reader(() => Promise.resolve(said('7', 'server'))), () => false)
  watching.look(ONE, false)
  watching.look([], true)
  expect(watching.answer).toBeNull()
})

import { readFileSync, writeFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { connect, draw, DRAWINGS, open } from '../e2e/browser'
import type { Stroke } from '../src/lib/ink/strokes'
import { BrowserReader, type Described } from '../src/lib/recognizer/browser'
import { LineReader } from '../src/lib/recognizer/line'
import { OwnReader } from '../src/lib/recognizer/own'
import { median, rounded, SLOWER, throttled, watch, worked } from './measuring'

/** What benchmarks/page.py hands over: drawings in pixels of the pad, from its middle, and where the answer goes. */
const asked = JSON.parse(readFileSync(process.env['PILGI_BENCH'] ?? '', 'utf8')) as { drawings: Stroke[][]; out: string }
const found: Record<string, unknown> = {}
let browser: Browser
const address = inject('address')

beforeAll(async () => {
  browser = await connect()
})
afterAll(async () => {
  await browser.close()
  writeFileSync(asked.out, JSON.stringify(found))
})

test('how soon the page can be written on, on a slow phone', async () => {
  const times: { painted: number; pad: number; ready: number }[] = []
  for (let time = 0; time < 5; time++) {
    const { context, page } = await open(browser, 'about:blank', { phone: true, offline: true })
    await watch(context)
    await throttled(context, page, SLOWER)
    await page.goto(address, { waitUntil: 'networkidle' })
    times.push(await page.evaluate(() => {
      const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0
      const pad = window.seen.pad ?? 0
      return { painted, pad, ready: Math.max(painted, pad, ...window.seen.long.filter((end) => end < 5000)) }
    }))
    await context.close()
  }
  found['painted_ms'] = rounded(median(times.map(({ painted }) => painted)))
  found['pad_ms'] = rounded(median(times.map(({ pad }) => pad)))
  found['ready_ms'] = times.map(({ ready }) => rounded(ready))
})

test.each([1, SLOWER])('how long a stroke point takes, %d times slower', async (rate) => {
  const { context, page } = await open(browser, 'about:blank', { phone: true, offline: true })
  await watch(context)
  await page.goto(address)
  await draw(page, '12')
  await page.getByText(/here in the browser, the same ink/).waitFor()
  await page.keyboard.press('Escape')
  const session = await throttled(context, page, rate)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.evaluate(() => (window.seen = { long: [] }))
  const before = await worked(session)
  let points = 0
  for (const name of ['3', '12', '3', '12']) points += await strokes(page, name)
  found[`point_ms_at_${rate}`] = rounded((await worked(session) - before) / points)
  found['points'] = points
  await context.close()
})

/** Draw with steps of a few pixels; returns how many points. */
async function strokes(page: Page, name: string): Promise<number> {
  const box = await page.getByRole('application').boundingBox()
  let points = 0
  for (const [first, ...rest] of DRAWINGS[name] ?? []) {
    if (!first || !box) continue
    await page.mouse.move(box.x + first[0] * box.width, box.y + first[1] * box.height)
    await page.mouse.down()
    for (const [x, y] of rest) {
      await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 12 })
      points += 12
    }
    await page.mouse.up()
  }
  await page.keyboard.press('Escape')
  return points
}

test('what is read of strokes that the page’s pen has drawn', async () => {
  const { context, page } = await open(browser, address, { offline: true })
  const reader = await own()
  const said: { digit: string; text: string | null }[] = []
  for (const drawing of asked.drawings) {
    const drawn = await written(page, drawing)
    const answer = reader.answer(drawn)
    said.push({ digit: answer?.digits.map(({ guesses }) => guesses[0]?.digit).join('') ?? '', text: answer?.text ?? null })
  }
  found['answers'] = said
  expect(said.length).toBe(asked.drawings.length)
  await context.close()
})

/** Draw by the pointer, and return the strokes that the page has made of it. */
async function written(page: Page, drawing: readonly Stroke[]): Promise<Stroke[]> {
  const box = await page.getByRole('application').boundingBox()
  const [left, top] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2]
  for (const [first, ...rest] of drawing) {
    if (!first) continue
    await page.mouse.move(left + first[0], top + first[1])
    await page.mouse.down()
    await Promise.all(rest.map(([x, y]) => page.mouse.move(left + x, top + y)))
    await page.mouse.up()
  }
  const path = (await page.locator('svg path[stroke-width]').getAttribute('d')) ?? ''
  await page.keyboard.press('Escape')
  return path.split('M').slice(1).map((stroke) => stroke.split('L').map((point) => point.split(' ').map(Number) as [number, number]))
}

async function own(): Promise<OwnReader> {
  const built = new URL('../wasm/built/', import.meta.url)
  const reader = new OwnReader()
  const facts = (name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, built), 'utf8')) as Described
  reader.shipped = await BrowserReader.open(readFileSync(new URL('digit.wasm', built)), facts('digit'))
  reader.line = await LineReader.open(readFileSync(new URL('line.wasm', built)), facts('line'))
  return reader
}

import { chromium, type Browser, type BrowserContext, type Page, type Request } from 'playwright-core'
import { expect, inject } from 'vitest'

export interface Setting {
  phone?: boolean
  dark?: boolean
  language?: 'en' | 'ko'
  /** Whether the page may keep itself for offline use, which takes seconds of every first load. */
  offline?: boolean
  /** Whether the address counts as one by http, as a teacher's machine is for phones: less is there. */
  plain?: boolean
}

/** The browser of all stories; what is opened in it closes with this connection. */
export function connect(): Promise<Browser> {
  return chromium.connect(inject('browser'))
}

/** A page of its own, and what its console complained of. */
export async function open(browser: Browser, address: string, { phone, dark, language, offline, plain }: Setting = {}) {
  const context = await browser.newContext({
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 900 },
    hasTouch: phone ?? false,
    isMobile: phone ?? false,
    colorScheme: dark ? 'dark' : 'light',
    locale: language === 'ko' ? 'ko-KR' : 'en-US',
    serviceWorkers: offline ? 'allow' : 'block',
  })
  if (plain) await context.addInitScript(() => Reflect.deleteProperty(PointerEvent.prototype, 'getCoalescedEvents'))
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`)
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  const quiet = quietness(page)
  await page.goto(address)
  return { context, page, complaints, quiet }
}

/** A wait until nothing was on its way to the page for a tenth of a second. */
function quietness(page: Page): () => Promise<void> {
  const asked = new Set<Request>()
  page.on('request', (request) => asked.add(request))
  page.on('requestfinished', (request) => asked.delete(request))
  page.on('requestfailed', (request) => asked.delete(request))
  return async () => {
    for (let calm = 0; calm < 5; calm = asked.size ? 0 : calm + 1) await page.waitForTimeout(20)
  }
}

export const shots = new URL('shots/', import.meta.url).pathname

/** A picture to look at by eye, where SHOTS asks for one. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (process.env['SHOTS']) await page.screenshot({ path: `${shots}${name}.png`, fullPage: true })
}

type Drawn = [x: number, y: number][][]

/** Drawings, in shares of the pad. */
export const DRAWINGS: Record<string, Drawn> = {
  '3': [[[0.32, 0.25], [0.5, 0.18], [0.66, 0.28], [0.62, 0.42], [0.45, 0.48], [0.62, 0.52], [0.7, 0.66], [0.6, 0.8], [0.42, 0.82], [0.3, 0.74]]],
  '7': [[[0.3, 0.25], [0.7, 0.25], [0.45, 0.8]]],
  '12': [[[0.2, 0.3], [0.28, 0.2], [0.28, 0.8]], [[0.5, 0.32], [0.6, 0.22], [0.74, 0.26], [0.76, 0.4], [0.65, 0.58], [0.5, 0.78], [0.8, 0.78]]],
}

export async function draw(page: Page, what: string): Promise<void> {
  const pad = page.getByRole('application')
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  expect(box).not.toBeNull()
  if (!box) return
  for (const [first, ...rest] of DRAWINGS[what] ?? []) {
    if (!first) continue
    await page.mouse.move(box.x + first[0] * box.width, box.y + first[1] * box.height)
    await page.mouse.down()
    for (const [x, y] of rest) await page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 4 })
    await page.mouse.up()
  }
}

/** Draw a line with a finger, from the pad's upper part to its lower. */
export async function swipe(context: BrowserContext, page: Page): Promise<void> {
  const box = await page.getByRole('application').boundingBox()
  if (!box) return
  const touch = await context.newCDPSession(page)
  const x = box.x + box.width / 2
  const at = (share: number) => [{ x, y: box.y + share * box.height }]
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0.9) })
  for (let step = 1; step <= 10; step++) {
    await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(0.9 - 0.08 * step) })
  }
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}

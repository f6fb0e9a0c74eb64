import axe from 'axe-core'
import { readdirSync, readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { connect, open } from './browser'

let browser: Browser
const address = inject('address')
beforeAll(async () => {
  browser = await connect()
})
afterAll(() => browser.close())

const PLACES = ['draw', 'photo', 'lab', 'runs', 'samples/write', 'samples/collect', 'samples/browse', 'samples/scores', 'samples/keeping']

/** axe's script comes from this test, which the page's policy does not know: the debugger ran it. */
function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const found = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] })
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
  })
}

describe.each([
  { dark: false, phone: false, language: 'en' as const },
  { dark: true, phone: true, language: 'ko' as const },
])('dark: $dark, phone: $phone, $language', (setting) => {
  let opened: Awaited<ReturnType<typeof open>>
  beforeAll(async () => {
    opened = await open(browser, address, setting)
    await opened.page.evaluate(axe.source)
  })
  afterAll(() => opened.context.close())

  test.each(PLACES)('%s has nothing that axe objects to, and is no wider than the screen', async (place) => {
    const { page, complaints, quiet } = opened
    await page.evaluate((to) => (location.hash = `/${to}`), place)
    await quiet()
    await page.locator('main h1').first().waitFor({ state: 'attached' })
    expect(await violations(page)).toEqual([])
    expect(complaints).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
  })
})

test('the first load is small', () => {
  const folder = new URL('../../src/pilgi/serve/page/', import.meta.url)
  const html = readFileSync(new URL('index.html', folder), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, name]) => name ?? '')
  const reading = readdirSync(new URL('assets/', folder)).filter((name) => /^(digit-tiny-.*\.wasm|worker-.*\.js)$/.test(name))
  const files = [...named, ...reading.map((name) => `assets/${name}`)]
  expect(reading).toHaveLength(2)
  const sizes = files.map((name) => readFileSync(new URL(`${name}.gz`, folder)).length)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000)
})

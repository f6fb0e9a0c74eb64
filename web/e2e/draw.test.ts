import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { draw, DRAWINGS, connect, open, shoot, swipe } from './browser'

let browser: Browser
const address = inject('address')
beforeAll(async () => {
  browser = await connect()
})
afterAll(() => browser.close())

describe.each([
  { phone: false, language: 'en' as const, unsure: 'Not sure' },
  { phone: true, language: 'ko' as const, unsure: '잘 모르겠어요' },
])('Draw, phone: $phone, $language', (setting) => {
  const name = `${setting.phone ? 'phone' : 'desktop'}-${setting.language}`
  let opened: Awaited<ReturnType<typeof open>>
  beforeAll(async () => {
    opened = await open(browser, address, setting)
  })
  afterEach(() => opened.page.getByRole('button', { name: /^(Clear|지우기)$/ }).click())
  afterAll(() => opened.context.close())

  test('a digit is answered while it is drawn, and everything about it is shown', async () => {
    const { page, complaints } = opened
    await draw(page, '3')
    await page.locator('.figure', { hasText: '3' }).waitFor()
    await page.locator('summary').click()
    await page.locator('img.wide').nth(5).waitFor()
    expect(await page.locator('img.square').count()).toBe(3)
    await page.getByRole('img', { name: /training digit|학습 그림/ }).first().waitFor()
    await shoot(page, `draw-${name}`)
    expect(complaints).toEqual([])
  })

  test('a number is read as one', async () => {
    const { page } = opened
    await draw(page, '12')
    await page.locator('.figure', { hasText: '12' }).waitFor()
    await shoot(page, `draw-number-${name}`)
  })

  test('what is nothing is not sure, in words', async () => {
    const { page } = opened
    await page.getByRole('application').click({ position: { x: 100, y: 100 } })
    await page.getByText(setting.unsure, { exact: true }).first().waitFor()
    await shoot(page, `draw-unsure-${name}`)
  })
})

test('drawing with a finger does not scroll the page', async () => {
  const { page, context } = await open(browser, address, { phone: true })
  await swipe(context, page)
  expect(await page.evaluate(() => scrollY)).toBe(0)
  expect(await page.locator('svg path[stroke-width]').getAttribute('d')).toMatch(/^M\d+ \d+L/)
  await page.locator('.figure:not(.nothing), .words').first().waitFor()
  await context.close()
})

describe('with a mouse and a keyboard', () => {
  let opened: Awaited<ReturnType<typeof open>>
  beforeAll(async () => {
    opened = await open(browser, address)
  })
  afterEach(() => opened.page.keyboard.press('Escape'))
  afterAll(() => opened.context.close())

  test('the keyboard draws, takes back and clears', async () => {
    const { page } = opened
    const path = page.locator('svg path[stroke-width]')
    await page.getByRole('application').focus()
    await page.keyboard.press('Space')
    for (let step = 0; step < 14; step++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    await page.locator('.figure', { hasText: '1' }).waitFor()
    await page.keyboard.press('Control+z')
    expect(await path.getAttribute('d')).toBe('')
    await page.keyboard.press('Control+z')
    await draw(page, '7')
    await page.keyboard.press('Escape')
    expect(await path.getAttribute('d')).toBe('')
    await page.keyboard.press('Control+z')
    expect(await path.getAttribute('d')).not.toBe('')
  })

  test('the browser answers before the pen is lifted, without the server', async () => {
    const { page, context } = opened
    await draw(page, '12')
    await page.getByText(/here in the browser, the same ink is read as 12/).waitFor()
    await page.keyboard.press('Escape')
    await context.setOffline(true)
    const box = await page.getByRole('application').boundingBox()
    const points = DRAWINGS['3']?.[0] ?? []
    for (const [at, [x, y]] of points.entries()) {
      await page.mouse.move((box?.x ?? 0) + x * (box?.width ?? 0), (box?.y ?? 0) + y * (box?.height ?? 0), { steps: 4 })
      if (!at) await page.mouse.down()
    }
    await page.locator('.figure', { hasText: '3' }).waitFor()
    await page.mouse.up()
    await context.setOffline(false)
  })

  test('a correction is kept as a sample once its writer agreed', async () => {
    const { page } = opened
    await draw(page, '3')
    await page.getByRole('button', { name: '8', exact: true }).click()
    await page.getByLabel(/Nickname/).fill('river')
    await page.getByLabel('I agree').check()
    await page.getByRole('button', { name: 'Keep my drawings' }).click()
    await page.getByText('Kept as a 8').waitFor()
    await page.goto(`${address}/#/samples/browse`)
    await page.getByText('river', { exact: true }).waitFor()
  })
})

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { draw, connect, open, shoot } from './browser'

let browser: Browser
const address = inject('address')
let picture: Buffer
beforeAll(async () => {
  browser = await connect()
  const { page, context } = await open(browser, address)
  await draw(page, '12')
  picture = await page.getByRole('application').screenshot()
  await context.close()
})
afterAll(() => browser.close())

test.each([
  { phone: false, language: 'en' as const },
  { phone: true, language: 'ko' as const },
])('a photo is read, corrected and copied as CSV; phone: $phone, $language', async (setting) => {
  const { page, context, complaints } = await open(browser, `${address}/#/photo`, setting)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.locator('input[type=file]').first().setInputFiles({ name: 'twelve.png', mimeType: 'image/png', buffer: picture })
  const number = page.locator('#number-0')
  await number.waitFor()
  expect(await number.inputValue()).toBe('12')
  await page.locator('svg g').first().click()
  await page.getByText(/How 12 is read|12 읽는 순서/).waitFor()
  await shoot(page, `photo-${setting.phone ? 'phone' : 'desktop'}-${setting.language}`)
  await number.fill('72')
  await page.getByRole('button', { name: /CSV/ }).click()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toMatch(/^page,number,confidence,left,top,width,height,corrected\r?\n1,72,0\.\d{4},\d+,\d+,\d+,\d+,yes\r?\n$/)
  expect(complaints).toEqual([])
  await context.close()
})

test('a picture is taken from the clipboard', async () => {
  const { page, context } = await open(browser, `${address}/#/photo`)
  await page.locator('.drop').waitFor()
  await page.evaluate((base64) => {
    const file = new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], 'pasted.png', { type: 'image/png' })
    const clipboardData = new DataTransfer()
    clipboardData.items.add(file)
    dispatchEvent(new ClipboardEvent('paste', { clipboardData }))
  }, picture.toString('base64'))
  await page.locator('#number-0').waitFor()
  await context.close()
})

test('what is no picture is refused in a sentence', async () => {
  const { page, context } = await open(browser, `${address}/#/photo`)
  await page.locator('input[type=file]').first().setInputFiles({ name: 'note.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
  expect(await page.getByRole('alert').textContent()).toContain('note.png')
  await context.close()
})

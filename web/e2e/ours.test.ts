import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { draw, DRAWINGS, open, shoot } from './browser'
import { stage } from './stage'

const on = stage()

const WRITERS = ['cloud', 'field', 'hill', 'moon', 'river', 'stone']

/** Hand in what one person wrote: each drawing several times, never quite alike. */
async function write(page: Page, writer: string): Promise<void> {
  const drawings = Object.fromEntries(['3', '7'].map((label) => [label, DRAWINGS[label] ?? []]))
  await page.evaluate(async ({ writer: name, drawings: all }) => {
    for (const [label, drawn] of Object.entries(all))
      for (let at = 0; at < 5; at++) {
        const strokes = drawn.map((stroke) => stroke.map(([x, y]) => [x + 0.03 * Math.sin(at + 9 * y + name.length), y]))
        const body = JSON.stringify({ writer: name, consent: true, strokes, label })
        await fetch('/api/samples', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } })
      }
  }, { writer, drawings })
}

test.each([
  { phone: false, language: 'en' as const, tune: 'Fine-tune', use: 'Read with it' },
  { phone: true, dark: true, language: 'ko' as const, tune: '미세 조정 (fine-tuning)', use: '이 인식기로 읽기' },
])('a class teaches the recognizer its hands, reads with it and goes back; phone: $phone, $language', async ({ tune, use, ...setting }) => {
  const { page, context, complaints } = await open(on.browser, `${on.server.address}/#/samples/scores`, setting)
  for (const writer of WRITERS) await write(page, writer)
  await page.getByRole('button', { name: tune, exact: true }).click()
  const read = page.getByRole('button', { name: use, exact: true })
  await read.waitFor({ timeout: 300_000 })
  await page.getByText(/(Left out|뺀 사람):/).waitFor()
  await shoot(page, `ours-${setting.phone ? 'phone' : 'desktop'}-${setting.language}`)
  await read.click()
  const back = page.getByRole('button', { name: /^(Go back to digit|digit 인식기로 되돌리기)$/ })
  await back.waitFor()
  await page.goto(`${on.server.address}/#/draw`)
  await draw(page, '3')
  await page.getByText(/digit-ours-\d+-\d+.*(In whole numbers|정수로 계산하면)/s).waitFor()
  await page.locator('.figure', { hasText: '3' }).waitFor()
  await page.locator('summary').click()
  await page.locator('img.wide').first().waitFor()
  await page.getByRole('img', { name: /training digit|학습 그림/ }).first().waitFor({ timeout: 60_000 })
  await shoot(page, `ours-draw-${setting.phone ? 'phone' : 'desktop'}-${setting.language}`)
  await page.goto(`${on.server.address}/#/samples/scores`)
  await back.click()
  await read.waitFor()
  expect(complaints).toEqual([])
  await context.close()
}, 400_000)

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { draw, DRAWINGS, open, shoot } from './browser'
import { stage } from './stage'

const on = stage('--share')

/** Hand drawings in as phones do. */
async function collect(page: Page, writer: string, count: number): Promise<void> {
  const strokes = DRAWINGS['3'] ?? []
  const asked = { writer, strokes, count }
  await page.evaluate(async ({ writer: name, strokes: drawn, count: times }) => {
    for (let at = 0; at < times; at++) {
      const moved = drawn.map((stroke) => stroke.map(([x, y]) => [x + 0.02 * Math.sin(at + 9 * y), y]))
      const body = JSON.stringify({ writer: name, consent: true, strokes: moved, label: '3' })
      await fetch('/api/samples', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } })
    }
  }, asked)
}

test('a phone that scanned the code writes what it is asked for', async () => {
  const { page, context, complaints } = await open(on.browser, `${on.server.address}/#code=${on.server.classCode}`, { phone: true, language: 'ko', plain: true })
  await page.getByLabel(/별명/).fill('달'.repeat(40))
  await page.getByLabel('동의해요').check()
  await shoot(page, 'consent-phone-ko')
  await page.getByRole('button', { name: '내 글씨 모으기' }).click()
  await draw(page, '3')
  expect(await page.locator('svg path[stroke-width]').getAttribute('d')).toMatch(/^M\d+ \d+L/)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
  await shoot(page, 'write-phone-ko')
  await page.getByRole('button', { name: '제출하기' }).click()
  await page.getByText('1장 제출했어요').waitFor()
  expect(complaints).toEqual([])
  await context.close()
})

test('the teacher shows the QR code, browses, relabels, deletes, and sees the scores', async () => {
  const { page, context, complaints } = await open(on.browser, `${on.server.address}/#/samples/collect`)
  await page.getByText(on.server.classCode).waitFor()
  await shoot(page, 'samples-collect-desktop-en')
  for (const writer of ['river', 'stone']) await collect(page, writer, 4)
  await page.goto(`${on.server.address}/#/samples/browse`)
  const cards = page.locator('.card')
  await cards.nth(8).waitFor()
  await cards.first().getByLabel('Label').selectOption('5')
  await page.getByLabel('Only those answered wrong').check()
  await page.getByText(/^1 to [12] of [12]/).waitFor()
  await page.getByLabel('Only those answered wrong').uncheck()
  page.on('dialog', (dialog) => void dialog.accept())
  await cards.nth(8).waitFor()
  await shoot(page, 'samples-browse-desktop-en')
  await cards.first().getByRole('button', { name: 'Delete' }).click()
  await page.getByText('of 8, the newest first').waitFor()
  await page.goto(`${on.server.address}/#/samples/scores`)
  await page.getByRole('button', { name: 'Score it' }).click()
  await page.getByText(/of 8 wrong; the true accuracy/).waitFor()
  await shoot(page, 'samples-scores-desktop-en')
  await page.goto(`${on.server.address}/#/samples/browse`)
  await page.getByLabel('Writer').selectOption('river')
  await page.getByRole('button', { name: 'Delete all of river' }).click()
  await page.getByText(/of [45], the newest first/).waitFor()
  expect(complaints).toEqual([])
  await context.close()
})

test('samples are exported, and all of them deleted', async () => {
  const { page, context } = await open(on.browser, `${on.server.address}/#/samples/keeping`, { language: 'ko' })
  const file = page.waitForEvent('download')
  await page.getByRole('button', { name: 'CSV' }).click()
  expect((await file).suggestedFilename()).toMatch(/\.csv$/)
  page.on('dialog', (dialog) => void dialog.accept())
  await page.getByRole('button', { name: '모든 글씨 지우기' }).click()
  await page.getByText(/장을 지웠어요/).waitFor()
  await shoot(page, 'samples-keeping-desktop-ko')
  await context.close()
})

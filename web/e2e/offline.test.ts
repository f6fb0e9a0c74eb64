import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { draw, open, shoot } from './browser'
import { stage } from './stage'

const on = stage()

test('without the server digits and numbers are read, a correction waits and is sent later', async () => {
  const { page, context } = await open(on.browser, on.server.address, { language: 'ko', phone: true, offline: true })
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(async () => {
    const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
    return kept.flat().some(({ url }) => /\/line-.*wasm/.test(url))
  })
  await page.evaluate(() => localStorage.setItem('pilgi.writer', '바람'))
  await context.setOffline(true)
  await page.reload()
  await page.getByText('오프라인', { exact: true }).waitFor()
  await draw(page, '3')
  await page.locator('.figure', { hasText: '3' }).waitFor()
  await page.getByText(/이 브라우저에서/).waitFor()
  await page.getByRole('button', { name: '3', exact: true }).click()
  await page.getByText(/이 기기에 두었어요/).waitFor()
  await shoot(page, 'draw-offline-phone-ko')
  await page.getByRole('button', { name: '지우기' }).click()
  await draw(page, '12')
  await page.locator('.figure', { hasText: '12' }).waitFor()
  await page.getByText(/line 인식기가 이 브라우저에서/).waitFor()
  await shoot(page, 'draw-offline-number-phone-ko')
  await page.goto(`${on.server.address}/#/photo`)
  await page.getByText(/사진은 서버가 읽는데/).waitFor()
  await context.setOffline(false)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await page.waitForFunction(() => localStorage.getItem('pilgi.outbox') === '[]')
  const kept = await page.evaluate(async () => (await fetch('/api/samples')).json() as Promise<{ total: number }>)
  expect(kept.total).toBe(1)
  await context.close()
})

test('a recognizer of one’s own reads in the browser too, offline as well, until one goes back', async () => {
  const run = join(on.server.data, 'runs', 'mine')
  mkdirSync(run, { recursive: true })
  writeFileSync(join(run, 'recipe.toml'), 'name = "mine"\n')
  copyFileSync(new URL('../../src/pilgi/recognizers/digit-tiny.onnx', import.meta.url), join(run, 'recognizer.onnx'))
  const use = (name: string) =>
    fetch(`${on.server.address}/api/recognizers/in-use`, {
      method: 'PUT',
      body: JSON.stringify({ name }),
      headers: { 'Content-Type': 'application/json' },
    })
  expect(await (await use('mine')).text()).toContain('mine')
  const { page, context } = await open(on.browser, on.server.address, { offline: true })
  await page.evaluate(() => navigator.serviceWorker.ready)
  await draw(page, '3')
  await page.getByText(/Read by mine on the server.*In whole numbers/s).waitFor()
  await shoot(page, 'draw-own-desktop-en')
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(async () => (await (await caches.match('/api/recognizers/in-use/browser'))?.text())?.includes('mine'))
  await context.setOffline(true)
  await page.reload()
  await draw(page, '3')
  await page.getByText(/Read here in the browser by mine/).waitFor()
  await context.setOffline(false)
  await use('digit')
  await page.reload()
  await draw(page, '3')
  await page.getByText(/Read by digit on the server.*In whole numbers/s).waitFor()
  await context.close()
})

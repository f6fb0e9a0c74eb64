import axe from 'axe-core'
import { expect, test } from 'vitest'
import { open, shoot } from './browser'
import { stage } from './stage'

const on = stage()

const SMALL = 'recipe=mlp&set=data%3Ddigits&set=validation%3D200&set=epochs%3D3&set=threads%3D1&set=model.widths%3D%5B32%5D'

test('a link carries the setting; a training is watched, stopped, resumed, and has a twin', async () => {
  const { page, context, complaints } = await open(on.browser, `${on.server.address}/#/lab?${SMALL.replace('epochs%3D3', 'epochs%3D2000')}`)
  await page.getByText('pilgi train mlp data=digits epochs=2000 model.widths=[32] threads=1 validation=200').waitFor()
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.locator('.u-over').first().waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.getByRole('button', { name: 'Go on' }).click({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Stop', exact: true }).click({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Go on' }).waitFor({ timeout: 60_000 })
  await page.getByLabel('Setting').fill('epochs')
  await page.getByLabel('Value').fill('4')
  await page.getByRole('button', { name: 'Start the twin' }).click()
  await page.getByText('Finished').first().waitFor({ timeout: 60_000 })
  await page.getByText('Inside, as it learns').first().waitFor()
  await page.locator('figure path').nth(5).waitFor()
  await page.locator('fieldset input').first().check()
  await shoot(page, 'lab-desktop-en')
  expect(await violations(page)).toEqual([])
  expect(complaints).toEqual([])
  await context.close()
})

test('a method is chosen with its formula, in Korean on a phone', async () => {
  const { page, context } = await open(on.browser, `${on.server.address}/#/lab?${SMALL}`, { phone: true, language: 'ko' })
  await page.getByText('학습 방법', { exact: true }).click()
  await page.getByLabel('최적화 방법').selectOption('adam')
  await page.getByText('m = b1 m + (1-b1) g').waitFor()
  await page.getByText('학습률을 찾을 시간이 없을 때 씁니다.').waitFor()
  expect(new URL(page.url()).hash).toContain('optimizer%3Dadam')
  await page.getByRole('button', { name: '학습 시작', exact: true }).click()
  await page.getByText('끝남').first().waitFor({ timeout: 60_000 })
  await shoot(page, 'lab-phone-ko')
  await context.close()
})

test('what cannot be trained says why', async () => {
  const { page, context } = await open(on.browser, `${on.server.address}/#/lab?recipe=mlp&set=data%3Ddigits`)
  await page.getByRole('button', { name: 'Start training' }).click()
  await page.getByText(/validation=5000 of .* leaves none to train on/).first().waitFor({ timeout: 60_000 })
  await context.close()
})

test.each([
  { phone: false, language: 'en' as const },
  { phone: true, dark: true, language: 'ko' as const },
])('runs are compared, looked into, deleted and brought back; phone: $phone, $language', async (setting) => {
  const name = `${setting.phone ? 'phone' : 'desktop'}-${setting.language}`
  const { page, context, complaints } = await open(on.browser, `${on.server.address}/#/runs`, setting)
  await page.getByRole('button', { name: /Test accuracy|테스트 정확도/ }).click()
  const ticks = page.locator('tbody input[type=checkbox]')
  await ticks.nth(0).check()
  await ticks.nth(1).check()
  await page.locator('.u-over').first().waitFor()
  await shoot(page, `runs-${name}`)
  await page.locator('tbody a').first().click()
  await page.getByRole('button', { name: /Score it on|테스트 그림으로/ }).click()
  await page.locator('td.right').first().waitFor({ timeout: 30_000 })
  await page.locator('li button').first().click()
  await page.locator('img.wide').first().waitFor()
  await page.getByText(/Show the report|보고서 보기/).click()
  await page.frameLocator('iframe').getByText('The run').waitFor()
  await shoot(page, `run-${name}`)
  expect(await violations(page)).toEqual([])
  const file = page.waitForEvent('download')
  await page.getByRole('button', { name: 'ZIP' }).click()
  expect((await file).suggestedFilename()).toMatch(/\.zip$/)
  await page.getByRole('button', { name: /^(Read with it|이 인식기로 읽기)$/ }).click()
  await page.getByRole('button', { name: /^(Go back to digit|digit 인식기로 되돌리기)$/ }).click()
  await page.getByRole('button', { name: /^(Read with it|이 인식기로 읽기)$/ }).waitFor()
  const heading = (await page.locator('h1').textContent()) ?? ''
  await page.getByRole('button', { name: /^(Delete|지우기)$/ }).click()
  await page.getByRole('button', { name: /Undo|되돌리기/ }).click()
  await page.locator('h1', { hasText: heading }).waitFor()
  expect(complaints).toEqual([])
  await context.close()
})

async function violations(page: import('playwright-core').Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const found = await (globalThis as unknown as { axe: typeof axe }).axe.run({ exclude: [['iframe']] }, { resultTypes: ['violations'] })
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
  })
}

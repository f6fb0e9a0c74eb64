/** Draws public/icon-*.png from icon.svg in Chromium: `npm run icons`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const folder = new URL('../public/', import.meta.url)
const svg = readFileSync(new URL('icon.svg', folder), 'utf8')

const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
const page = await browser.newPage()
for (const [name, side, margin] of [
  ['icon-192', 192, 0], ['icon-512', 512, 0], ['icon-maskable-512', 512, 77]]) {
  const ground = margin ? '#FAF8F3' : 'transparent'
  await page.setViewportSize({ width: side, height: side })
  await page.setContent(`<style>body{margin:${margin}px;background:${ground}}svg{display:block}</style>${svg}`)
  writeFileSync(new URL(`${name}.png`, folder), await page.screenshot({ omitBackground: !margin }))
}
await browser.close()

import type { BrowserContext, CDPSession, Page } from 'playwright-core'

/** How much slower than this machine the page is measured on: a phone of the middle class. */
export const SLOWER = 4

declare global {
  interface Window {
    seen: { pad?: number; long: number[] }
  }
}

/** Notes when the pad is there, and what keeps the page from answering for more than 50 ms. */
export async function watch(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    window.seen = { long: [] }
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) window.seen.long.push(startTime + duration)
    }).observe({ type: 'longtask', buffered: true })
    new MutationObserver((_, observer) => {
      if (!document.querySelector('[role=application]')) return
      window.seen.pad = performance.now()
      observer.disconnect()
    }).observe(document, { childList: true, subtree: true })
  })
}

export async function throttled(context: BrowserContext, page: Page, rate: number): Promise<CDPSession> {
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate })
  return session
}

/** Milliseconds of the processor that the page's thread has taken so far: scripts, layout, painting. */
export async function worked(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

export function rounded(value: number): number {
  return Math.round(10 * value) / 10
}

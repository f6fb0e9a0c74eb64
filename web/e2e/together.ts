import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { serve } from './server'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A server that stories share which mind no one else's drawings. */
    address: string
    /** Where Chromium listens. */
    browser: string
  }
}

const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]

/** One Chromium and one server for all stories: each takes seconds to start. */
export default async function start(project: TestProject): Promise<() => Promise<void>> {
  const server = await serve()
  const browser = await chromium.launchServer({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ARGUMENTS,
  })
  project.provide('address', server.address)
  project.provide('browser', browser.wsEndpoint())
  return async () => {
    await browser.close()
    server.stop()
  }
}

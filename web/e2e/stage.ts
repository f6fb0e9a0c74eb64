import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { connect } from './browser'
import { serve, type Server } from './server'

/** The browser, and a server of a story's own, while its tests last; there once they have begun. */
export function stage(...flags: string[]): { browser: Browser; server: Server } {
  const on = {} as { browser: Browser; server: Server }
  beforeAll(async () => {
    on.server = await serve(...flags)
    on.browser = await connect()
  })
  afterAll(async () => {
    await on.browser.close()
    on.server.stop()
  })
  return on
}

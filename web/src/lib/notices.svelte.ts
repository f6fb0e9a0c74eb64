import { OfflineError } from './api/client'
import { speech } from './i18n/language.svelte'
import { server } from './server.svelte'

/** One short message, with a way back where there is one. */
export interface Notice {
  text: string
  undo?: (() => void) | undefined
}

const SHOWN_MS = 12_000

/** Why something failed, in words. */
export function reason(error: unknown): string {
  if (error instanceof OfflineError) return speech.words.silent
  return error instanceof Error && error.message ? error.message : String(error)
}

class Notices {
  now = $state.raw<Notice | null>(null)
  private timer: ReturnType<typeof setTimeout> | undefined

  say(text: string, undo?: () => void): void {
    this.now = { text, undo }
    clearTimeout(this.timer)
    this.timer = setTimeout(() => (this.now = null), SHOWN_MS)
  }

  /** Say why something failed. */
  fail(error: unknown): void {
    this.say(reason(error))
    if (error instanceof OfflineError) void server.look()
  }

  dismiss(): void {
    this.now = null
  }
}

export const notices = new Notices()

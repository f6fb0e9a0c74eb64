import { OfflineError } from '../api/client'
import { isSingle } from '../ink/single'
import type { Stroke } from '../ink/strokes'
import type { BrowserReader } from './browser'
import type { Answer, Reader } from './reader'

/**
 * Reads a drawing while it grows. The browser's reader answers a single digit at once; the server's
 * answers as soon as it can, of the newest strokes: a number, or the same digit in float.
 */
export class Watching {
  answer = $state.raw<Answer | null>(null)
  /** A number, and nobody there who reads numbers. */
  unread = $state(false)
  problem = $state.raw<string | null>(null)
  private strokes: readonly Stroke[] = []
  private asking = false

  constructor(
    private readonly browser: (moving: boolean) => BrowserReader | null,
    private readonly server: Reader,
    private readonly online: () => boolean,
  ) {}

  /** resting: whether the pen is up. */
  look(strokes: readonly Stroke[], resting: boolean): void {
    this.strokes = strokes
    this.unread = false
    this.problem = null
    if (!strokes.length) {
      this.answer = null
      return
    }
    const single = isSingle(strokes)
    const browser = this.browser(!resting)
    if (browser && single) this.answer = browser.answer(strokes)
    if (resting || !browser || !single) void this.ask(single)
  }

  private async ask(single: boolean): Promise<void> {
    if (!this.online()) {
      this.giveUp(single)
      return
    }
    if (this.asking) return
    this.asking = true
    const asked = this.strokes
    try {
      const answer = await this.server.recognize(asked)
      if (asked === this.strokes) this.answer = this.withOwnSteps(answer)
    } catch (error) {
      if (asked === this.strokes) this.fail(error, single)
    } finally {
      this.asking = false
    }
    if (asked !== this.strokes && this.strokes.length) void this.ask(isSingle(this.strokes))
  }

  /** The browser drew the same ink: its steps are finer than the server's, which are kept else. */
  private withOwnSteps(answer: Answer): Answer {
    const own = this.answer
    const same = own?.where === 'browser' && own.ink.every((level, at) => level === answer.ink[at])
    return answer.kind === 'digit' && same ? { ...answer, steps: own.steps } : answer
  }

  private fail(error: unknown, single: boolean): void {
    if (error instanceof OfflineError) this.giveUp(single)
    else this.problem = error instanceof Error ? error.message : String(error)
  }

  private giveUp(single: boolean): void {
    if (single && this.browser(false)) return
    this.answer = null
    this.unread = true
  }
}

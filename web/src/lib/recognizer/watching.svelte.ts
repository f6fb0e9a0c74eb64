import { OfflineError } from '../api/client'
import type { Stroke } from '../ink/strokes'
import type { Here } from './here.svelte'
import type { Answer, Reader } from './reader'

/** While the pen moves the answer is shown ten times a second: showing it costs more than reading. */
const PACE_MS = 100

/**
 * Reads a drawing while it grows. The browser answers as fast as it can, always the newest strokes;
 * when the pen rests the server answers the same strokes in float.
 */
export class Watching {
  answer = $state.raw<Answer | null>(null)
  /** Nobody within reach reads this. */
  unread = $state(false)
  problem = $state.raw<string | null>(null)
  private strokes: readonly Stroke[] = []
  private answered: readonly Stroke[] | null = null
  private resting = true
  private reading = false
  private hurry: () => void = () => undefined
  private asking = false

  constructor(
    private readonly here: Here,
    private readonly server: Reader,
    private readonly online: () => boolean,
  ) {}

  /** resting: whether the pen is up. */
  look(strokes: readonly Stroke[], resting: boolean): void {
    const { loaded } = this.here // looked at each time: who is loaded later reads what is drawn already
    this.strokes = strokes
    this.resting = resting
    if (resting) this.hurry()
    this.unread = false
    this.problem = null
    if (!strokes.length) {
      this.answer = null
      return
    }
    void this.read()
    if ((resting || !loaded) && this.answered !== strokes) void this.ask()
  }

  /** By the browser, the newest strokes again until there are no newer ones. */
  private async read(): Promise<void> {
    if (this.reading) return
    this.reading = true
    let read: readonly Stroke[] | null = null
    while (read !== this.strokes && this.strokes.length) {
      read = this.strokes
      const answer = await this.here.recognize(read)
      this.show(read, answer)
      if (!this.resting) await this.pause()
    }
    this.reading = false
  }

  /** Until the next answer is due, or the pen rests. */
  private pause(): Promise<void> {
    return new Promise((resolve) => {
      this.hurry = resolve
      setTimeout(resolve, PACE_MS)
    })
  }

  /** An answer of the browser: to older strokes it stands until the newest are read. */
  private show(read: readonly Stroke[], answer: Answer | null): void {
    if (!this.strokes.length) return
    if (this.answered === this.strokes) this.answer = read === this.strokes ? beside(this.answer, answer) : this.answer
    else if (answer) this.answer = answer
    else if (read === this.strokes && !this.online()) this.giveUp()
  }

  private async ask(): Promise<void> {
    if (this.asking || !this.online()) return
    this.asking = true
    const asked = this.strokes
    try {
      const answer = await this.server.recognize(asked)
      if (asked === this.strokes) await this.replace(asked, answer)
    } catch (error) {
      if (asked === this.strokes) await this.fail(asked, error)
    } finally {
      this.asking = false
    }
    if (asked !== this.strokes && this.strokes.length) void this.ask()
  }

  private async replace(asked: readonly Stroke[], answer: Answer): Promise<void> {
    const own = await this.here.recognize(asked)
    if (asked !== this.strokes) return
    this.answered = asked
    this.answer = beside(answer, own)
  }

  private async fail(asked: readonly Stroke[], error: unknown): Promise<void> {
    if (!(error instanceof OfflineError)) this.problem = error instanceof Error ? error.message : String(error)
    else if (!(await this.here.recognize(asked)) && asked === this.strokes) this.giveUp()
  }

  private giveUp(): void {
    this.answer = null
    this.unread = true
  }
}

/** The server's answer, its steps the browser's where it saw the same ink, and beside it what the same net says in whole numbers. */
function beside(answer: Answer | null, own: Answer | null): Answer | null {
  if (!answer || answer.where === 'browser' || own?.kind !== answer.kind) return answer
  const seen = answer.steps.at(-1)?.picture.pixels
  const same = own.steps.at(-1)?.picture.pixels.every((level, at) => level === seen?.[at])
  if (!same) return answer
  return { ...answer, steps: own.steps, ...(own.model === answer.model && { beside: own }) }
}

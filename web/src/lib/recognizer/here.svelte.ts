import type { Stroke } from '../ink/strokes'
import type { Asked, Known, Told } from './messages'
import type { Answer, Layer } from './reader'

/** What reads in this browser. */
export interface Here {
  /** How much is loaded: what could not be read may be readable once it grows. */
  readonly loaded: number
  /** The answer; null where nobody who reads it is loaded. */
  recognize(strokes: readonly Stroke[]): Promise<Answer | null>
}

type Question = { strokes: readonly Stroke[] } | { ink: Uint8Array }

/** Reads in a thread of its own, so that the pen never waits. */
class Thread implements Here {
  loaded = $state(0)
  /** Of the accurate recognizers, once they are loaded. */
  known = $state.raw<Known>({})
  private worker: Worker | null = null
  private readonly waiting = new Map<number, (told: Told) => void>()
  private last = 0

  start(): void {
    if (this.worker) return
    this.worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    this.worker.onmessage = ({ data }: MessageEvent<Told>) => this.told(data)
  }

  async recognize(strokes: readonly Stroke[]): Promise<Answer | null> {
    return this.loaded ? ((await this.ask({ strokes })).answer ?? null) : null
  }

  async layers(ink: Uint8Array): Promise<Layer[]> {
    return this.loaded ? ((await this.ask({ ink })).layers ?? []) : []
  }

  private told(told: Told): void {
    if (told.id === 0) this.loaded += 1
    this.known = { ...this.known, ...told.known }
    this.waiting.get(told.id)?.(told)
    this.waiting.delete(told.id)
  }

  private ask(question: Question): Promise<Told> {
    this.last += 1
    const asked: Asked = { id: this.last, ...question }
    return new Promise((resolve) => {
      this.waiting.set(asked.id, resolve)
      this.worker?.postMessage(asked)
    })
  }
}

export const here = new Thread()

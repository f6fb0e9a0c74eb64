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
  /** Those that read, but for the small one, once they are loaded. */
  known = $state.raw<Known>({})
  private worker: Worker | null = null
  private readonly waiting = new Map<number, (told: Told) => void>()
  private last = 0
  private followed: string | null | undefined

  start(): void {
    if (this.worker) return
    this.worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    this.worker.onmessage = ({ data }: MessageEvent<Told>) => this.told(data)
  }

  /** Read digits with what the server reads them with; name: its name, null where the server is out of reach. */
  follow(name: string | null): void {
    if (name === this.followed) return
    this.followed = name
    this.tell({ id: 0, follow: true })
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
    const id = this.last
    return new Promise((resolve) => {
      this.waiting.set(id, resolve)
      this.tell({ id, ...question })
    })
  }

  private tell(asked: Asked): void {
    this.worker?.postMessage(asked)
  }
}

export const here = new Thread()

import { api, content, OfflineError, type Schema } from './api/client'
import { server } from './server.svelte'

const WRITER = 'pilgi.writer'
const OUTBOX = 'pilgi.outbox'

export type Draft = Pick<Schema['SampleRequest'], 'strokes' | 'label'>

/** Hands drawings in for the writer who agreed; what nobody takes now waits in this browser. */
class Collecting {
  writer = $state(localStorage.getItem(WRITER) ?? '')
  waiting = $state(this.kept().length)
  agreed = $derived(this.writer !== '')

  /** Keep the writer's nickname: whoever is kept has agreed to the sentence of consent. */
  agree(writer: string): void {
    this.writer = writer.trim()
    localStorage.setItem(WRITER, this.writer)
  }

  forget(): void {
    this.writer = ''
    localStorage.removeItem(WRITER)
    this.store([])
  }

  /** Hand a drawing in. Says whether it is kept by the server already; else it waits. */
  async keep(draft: Draft): Promise<boolean> {
    try {
      await this.send({ ...draft, writer: this.writer })
      return true
    } catch (error) {
      if (!(error instanceof OfflineError)) throw error
      this.store([...this.kept(), { ...draft, writer: this.writer }])
      return false
    }
  }

  /** Send what waits, the oldest first, until one is not taken. */
  async flush(): Promise<void> {
    while (server.member && this.waiting) {
      const [first, ...rest] = this.kept()
      if (!first) return
      try {
        await this.send(first)
      } catch {
        return
      }
      this.store(rest)
    }
  }

  private async send(draft: Draft & { writer: string }): Promise<void> {
    const body = { ...draft, consent: true, y_up: false, model: 'digit' }
    await content(api.POST('/api/samples', { body }))
  }

  private kept(): (Draft & { writer: string })[] {
    return JSON.parse(localStorage.getItem(OUTBOX) ?? '[]') as (Draft & { writer: string })[]
  }

  private store(drafts: (Draft & { writer: string })[]): void {
    localStorage.setItem(OUTBOX, JSON.stringify(drafts))
    this.waiting = drafts.length
  }
}

export const collecting = new Collecting()

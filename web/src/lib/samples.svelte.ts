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
  private flushing = false

  /** Keep the writer's nickname: whoever is kept has agreed to the sentence of consent. */
  agree(writer: string): void {
    this.writer = writer.trim()
    localStorage.setItem(WRITER, this.writer)
  }

  /** Let another write; what the one before wrote, and waits, is still handed in as theirs. */
  forget(): void {
    this.writer = ''
    localStorage.removeItem(WRITER)
  }

  /** Hand a drawing in. Says whether it is kept by the server already; else it waits. */
  async keep(draft: Draft): Promise<boolean> {
    try {
      await this.send({ ...draft, writer: this.writer })
      return true
    } catch (error) {
      if (!(error instanceof OfflineError)) throw error
      this.store([...this.kept(), { ...draft, writer: this.writer }])
      void server.look() // once it answers again, what waits is sent
      return false
    }
  }

  /** Send what waits, the oldest first, until one is not taken. */
  async flush(): Promise<void> {
    if (this.flushing) return
    this.flushing = true
    try {
      for (let first = this.kept()[0]; server.member && first; first = this.kept()[0]) {
        await this.send(first)
        this.store(this.kept().slice(1)) // others may have come meanwhile
      }
    } catch {
      // It is tried again when the server is back.
    } finally {
      this.flushing = false
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

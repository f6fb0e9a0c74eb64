import { api, code, content, type Schema } from './api/client'

const RETRY_MS = 15_000

/** The recognizer of digits that is in use unless another is chosen. */
export const SHIPPED = 'digit'

/** What the page knows of its server: whether it answers, and what it lets this browser do. */
class Server {
  state = $state.raw<Schema['ServerAnswer'] | null>(null)
  asked = $state(false)
  online = $derived(this.state !== null)
  teacher = $derived(this.state?.rank === 'teacher')
  member = $derived(this.state?.rank === 'teacher' || this.state?.rank === 'class')

  constructor() {
    addEventListener('online', () => void this.look())
    addEventListener('offline', () => (this.state = null))
    setInterval(() => {
      if (!this.online) void this.look()
    }, RETRY_MS)
  }

  async look(): Promise<void> {
    this.state = await content(api.GET('/api/server')).catch(() => null)
    this.asked = true
  }

  /** Use a code from now on; says whether the server knows it. */
  async useCode(text: string): Promise<boolean> {
    const before = code.get()
    code.set(text)
    await this.look()
    const known = this.member
    if (!known && before) {
      code.set(before) // who mistypes the teacher's still has the class's
      await this.look()
    }
    return known
  }
}

export const server = new Server()

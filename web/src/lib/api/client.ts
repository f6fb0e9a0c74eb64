import createClient from 'openapi-fetch'
import type { components, paths } from './schema'

export type Schema = components['schemas']

const CODE = 'pilgi.code'

/** The code that this browser sends: the class's, from the QR code, or the teacher's, typed in. */
export const code = {
  get: () => plain(localStorage.getItem(CODE) ?? ''),
  set: (text: string) => localStorage.setItem(CODE, plain(text)),
}

/** Letters and digits alone: nothing else can stand in a header, not what a Hangul keyboard writes. */
function plain(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, '')
}

export const api = createClient<paths>({ baseUrl: '' })
api.use({
  onRequest({ request }) {
    if (code.get()) request.headers.set('X-Pilgi-Code', code.get())
    return request
  },
})

/** The server said no, in a sentence of its own. */
export class RefusedError extends Error {
  constructor(
    sentence: string,
    readonly status: number,
  ) {
    super(sentence)
  }
}

/** Nobody answered. */
export class OfflineError extends Error {}

interface Answered<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The answer's content. Throws RefusedError with the server's sentence, OfflineError without one. */
export async function content<T>(asked: Promise<Answered<T>>): Promise<T> {
  const { data, error, response } = await asked.catch((cause: unknown) => {
    throw new OfflineError('', { cause })
  })
  if (response.ok) return data as T
  throw refused(error, response)
}

/** What a refusal's body says. */
export function refused(said: unknown, response: Response): RefusedError {
  return new RefusedError(sentenceOf(said) ?? `${response.status} ${response.statusText}`, response.status)
}

function sentenceOf(error: unknown): string | undefined {
  if (typeof error === 'object' && error && 'error' in error) return String(error.error)
  return undefined
}

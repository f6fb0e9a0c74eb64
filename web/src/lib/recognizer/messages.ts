import type { Stroke } from '../ink/strokes'
import type { Costs } from './browser'
import type { Answer, Layer } from './reader'

/** What whole numbers cost those who are loaded, by what they read. */
export type Known = Partial<Record<Answer['kind'], Costs>>

/** What the page asks of the thread that reads: an answer, each layer's maps, or to read with what is in use now. */
export type Asked = { id: number; strokes: readonly Stroke[] } | { id: number; ink: Uint8Array } | { id: 0; follow: true }

/** What it answers; id 0 says that another recognizer is loaded. */
export interface Told {
  id: number
  known?: Known
  answer?: Answer | null
  layers?: Layer[]
}

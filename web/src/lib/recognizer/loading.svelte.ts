import type { Stroke } from '../ink/strokes'
import { BrowserReader, type Described } from './browser'

const modules = import.meta.glob<string>('../../../wasm/built/digit*.wasm', { query: '?url', import: 'default', eager: true })
const described = import.meta.glob<Described>('../../../wasm/built/digit*.json', { import: 'default', eager: true })

/** What one answer may take while the pen moves: half a frame leaves the other half to the page. */
const HALF_A_FRAME_MS = 8
const TRIAL: Stroke[] = [Array.from({ length: 100 }, (_, at) => [at, (at * at) % 97])]

/** The recognizers that run here: the small one first, the accurate one as soon as it is there. */
class Loading {
  reader = $state.raw<BrowserReader | null>(null)
  private quick: BrowserReader | null = null
  private slow = false
  private asked = false

  async start(): Promise<void> {
    if (this.asked) return
    this.asked = true
    this.reader = this.quick = await open('digit-tiny').catch(() => null)
    const accurate = await open('digit').catch(() => null)
    this.slow = accurate !== null && taken(accurate) > HALF_A_FRAME_MS
    this.reader = accurate ?? this.reader
  }

  /** Who reads: where the accurate one is slow, the small one while the pen moves. */
  choose(moving: boolean): BrowserReader | null {
    return moving && this.slow && this.quick ? this.quick : this.reader
  }
}

/** Milliseconds of an answer, once the browser has compiled it. */
function taken(reader: BrowserReader): number {
  reader.answer(TRIAL)
  const began = performance.now()
  reader.answer(TRIAL)
  return performance.now() - began
}

async function open(name: string): Promise<BrowserReader | null> {
  const url = modules[`../../../wasm/built/${name}.wasm`]
  const facts = described[`../../../wasm/built/${name}.json`]
  if (!url || !facts) return null
  const response = await fetch(url)
  return response.ok ? BrowserReader.open(await response.arrayBuffer(), facts) : null
}

export const loading = new Loading()

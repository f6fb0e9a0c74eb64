import { BrowserReader, type Described } from './browser'

const modules = import.meta.glob<string>('../../../wasm/built/*.wasm', { query: '?url', import: 'default', eager: true })
const described = import.meta.glob<Described>('../../../wasm/built/*.json', { import: 'default', eager: true })

/** The recognizers that run here: the small one first, the accurate one as soon as it is there. */
class Loading {
  reader = $state.raw<BrowserReader | null>(null)
  asked = $state(false)

  async start(): Promise<void> {
    if (this.asked) return
    this.asked = true
    for (const name of ['digit-tiny', 'digit']) {
      this.reader = (await open(name).catch(() => null)) ?? this.reader
    }
  }
}

async function open(name: string): Promise<BrowserReader | null> {
  const url = modules[`../../../wasm/built/${name}.wasm`]
  const facts = described[`../../../wasm/built/${name}.json`]
  if (!url || !facts) return null
  const response = await fetch(url)
  return response.ok ? BrowserReader.open(await response.arrayBuffer(), facts) : null
}

export const loading = new Loading()

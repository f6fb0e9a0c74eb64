import type { components } from '../api/schema'
import { bytesOf } from '../ink/grey'
import { BrowserReader, type Described } from './browser'
import { LineReader } from './line'
import type { Asked, Told } from './messages'
import { OwnReader } from './own'

const modules = import.meta.glob<string>('../../../wasm/built/*.wasm', { query: '?url', import: 'default', eager: true })
const described = import.meta.glob<Described>('../../../wasm/built/{digit,digit-tiny,line}.json', { import: 'default', eager: true })

const worker = self as unknown as DedicatedWorkerGlobalScope
const own = new OwnReader()

/** The small recognizer first; the accurate one and the reader of lines as soon as they are there. */
async function load(): Promise<void> {
  own.shipped = await opened('digit-tiny', BrowserReader.open)
  tell({ id: 0 })
  const digit = await opened('digit', BrowserReader.open)
  own.shipped = digit ?? own.shipped
  tell(digit ? knownDigit(own.used ?? digit) : { id: 0 })
  own.line = await opened('line', LineReader.open)
  tell(own.line ? { id: 0, known: { number: own.line.described } } : { id: 0 })
}

async function opened<T>(name: string, open: (module: ArrayBuffer, facts: Described) => Promise<T>): Promise<T | null> {
  const url = modules[`../../../wasm/built/${name}.wasm`]
  const facts = described[`../../../wasm/built/${name}.json`]
  if (!url || !facts) return null
  try {
    const response = await fetch(url)
    return response.ok ? await open(await response.arrayBuffer(), facts) : null
  } catch {
    return null // out of reach and not kept: the server reads
  }
}

let asked = 0

/** Read digits with the recognizer in use, the server's or the kept one; with the shipped one where that is it, or nothing is known. */
async function follow(): Promise<void> {
  const mine = ++asked
  const used = await inUse().catch(() => null)
  if (mine !== asked || used === own.used) return
  own.used = used
  if (own.digit) tell(knownDigit(own.digit))
}

async function inUse(): Promise<BrowserReader | null> {
  const response = await fetch('/api/recognizers/in-use/browser')
  if (!response.ok) return null
  const { module, ...facts } = (await response.json()) as components['schemas']['BrowserAnswer']
  return module === null ? null : BrowserReader.open(bytesOf(module), facts)
}

function knownDigit({ described: facts }: BrowserReader): Told {
  return { id: 0, known: { digit: facts } }
}

function tell(told: Told): void {
  worker.postMessage(told)
}

/** What it makes, or nothing: whoever asked is waiting for an answer. */
function orElse<T>(nothing: T, make: () => T): T {
  try {
    return make()
  } catch {
    return nothing
  }
}

worker.onmessage = ({ data }: MessageEvent<Asked>) => {
  if ('strokes' in data) tell({ id: data.id, answer: orElse(null, () => own.answer(data.strokes)) })
  else if ('ink' in data) tell({ id: data.id, layers: orElse([], () => own.layers(data.ink)) })
  else void follow()
}
void load()

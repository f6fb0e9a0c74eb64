import type { Digit } from './reader'

/** What stands in one place of a line, as `pilgi.export.lines.answer.Place` has it. */
export interface Place {
  label: number
  digit: number
  confidence: number
  second: number
  unsure: number
}

/** What is less likely than not is left open; `pilgi.read.reading.SURE`. */
export const SURE = 0.5
/** Where so many places hold something else than a digit, it is no number. */
const MOSTLY_OTHER = 1 / 3
/** A character that alone has less confidence is none; `pilgi.read.reading.NO_DIGIT`. */
const NO_DIGIT = 0.1
const SEPARATOR = 10
const OTHER = 11

export interface Numbered {
  kind: 'number'
  text: string | null
  seen: string
  confidence: number
  probabilities: null
  digits: Digit[]
  /** Whether separators stand between them. */
  parted: boolean
  /** The share of its places that hold something else. */
  other: number
}

/** A line's places as a number: what is not sure left open, as `Reading.where_sure` does. */
export function numberOf(places: readonly Place[], confidence: number): Numbered {
  const named = places.filter(({ label }) => label !== SEPARATOR)
  const other = named.length ? named.filter(({ label }) => label === OTHER).length / named.length : 0
  const open = opened(named, confidence)
  const declined = 2 * open.size > named.length || !named.length || other >= MOSTLY_OTHER
  const left = declined ? new Set(named.flatMap((place, at) => (place.confidence < SURE ? [at] : []))) : open
  const digits = named.map((place, at) => digitOf(place, left.has(at)))
  const text = left.size || declined ? null : digits.map(({ digit }) => digit).join('')
  const seen = digits.map(({ digit }) => digit).join('')
  return { kind: 'number', text, seen, confidence, probabilities: null, digits, parted: named.length < places.length, other }
}

/** The places, as little sure of a digit as its character alone is where that is none; `pilgi.read.reading._doubted`. */
export function doubted(places: readonly Place[], alone: readonly number[]): readonly Place[] {
  if (places.length !== alone.length || places.some(({ label }) => label === SEPARATOR)) return places
  return places.map((place, at) => {
    const confidence = alone[at] ?? 1
    return confidence < NO_DIGIT ? { ...place, confidence: Math.min(place.confidence, confidence) } : place
  })
}

function digitOf({ digit, confidence, second, unsure }: Place, open: boolean): Digit {
  const guesses = [{ digit: String(digit), confidence }, { digit: String(second), confidence: unsure }]
  return { digit: open ? '?' : String(digit), open, confidence, guesses }
}

/** The least sure places, as many as leave the rest of the number sure enough. */
function opened(places: readonly Place[], whole: number): Set<number> {
  const byDoubt = places.map(({ confidence }, at) => ({ confidence, at })).sort((a, b) => a.confidence - b.confidence)
  const found = new Set<number>()
  let rest = whole
  for (const { confidence, at } of byDoubt) {
    if (confidence >= SURE && rest >= SURE) break
    found.add(at)
    rest = confidence ? Math.min(1, rest / confidence) : 1
  }
  return found
}

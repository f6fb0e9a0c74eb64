import { apart, isSingle } from '../ink/single'
import type { Stroke } from '../ink/strokes'
import type { BrowserReader } from './browser'
import type { LineReader, LineReading } from './line'
import { doubted, numberOf, SURE } from './number'
import type { Answer, Layer } from './reader'

/** A number this doubtful in a narrow drawing may be one digit; `pilgi.read.reading.DOUBTFUL`. */
const DOUBTFUL = 0.5
/** A number of less confidence is read one character at a time too, where they stand apart. */
const APART = 0.9
const NARROW = 2
const MOSTLY_OTHER = 1 / 3

/** Reads a drawing here, with what is loaded so far, by the rules of `pilgi.read.reading`. */
export class OwnReader {
  shipped: BrowserReader | null = null
  /** Reads digits in the shipped one's place. */
  used: BrowserReader | null = null
  line: LineReader | null = null

  get digit(): BrowserReader | null {
    return this.used ?? this.shipped
  }

  /** The answer; null where nobody who reads it is loaded yet. */
  answer(strokes: readonly Stroke[]): Answer | null {
    if (isSingle(strokes)) return this.digit?.answer(strokes) ?? null
    const read = this.line?.reading(strokes) ?? null
    if (!read || !this.digit) return read?.answer ?? null
    const { answer, parted, other } = read
    const alone = this.oneByOne(strokes, answer)
    const number = allDigits(answer, alone, other >= MOSTLY_OTHER ? APART : answer.confidence)
    if (number) return number
    if (answer.digits.length === 1 && !parted) return this.digit.answer(strokes)
    const mayBeOne = other < MOSTLY_OTHER && answer.confidence < DOUBTFUL && isNarrow(strokes)
    const one = mayBeOne ? this.digit.answer(strokes) : null
    return one?.text && one.confidence >= answer.confidence ? one : left(read, alone)
  }

  /** What each character is read as alone; none where the line is sure. Each is whole strokes, so that none is two that touch. */
  private oneByOne(strokes: readonly Stroke[], line: Answer): Answer[] {
    const found = line.confidence >= APART ? [] : apart(strokes)
    return found.flatMap((character) => this.digit?.answer(character) ?? [])
  }

  layers(ink: Uint8Array): Layer[] {
    return this.digit?.layers(ink) ?? []
  }
}

/** The characters' digits where all are sure, and together as much as is needed. */
function allDigits(line: Answer, alone: readonly Answer[], needed: number): Answer | null {
  const digits = alone.flatMap(({ digits }) => digits)
  const confidence = digits.reduce((whole, digit) => whole * digit.confidence, 1)
  const sure = digits.length && alone.every(({ text }) => text) && confidence >= Math.max(SURE, needed)
  const text = digits.map(({ digit }) => digit).join('')
  return sure ? { ...line, text, seen: text, confidence, digits } : null
}

/** The line's answer, with what alone is no digit left open. */
function left({ answer, places }: LineReading, alone: readonly Answer[]): Answer {
  const { text, seen, digits } = numberOf(doubted(places, alone.map(({ confidence }) => confidence)), answer.confidence)
  return { ...answer, text, seen, digits }
}

function isNarrow(strokes: readonly Stroke[]): boolean {
  const xs = strokes.flat().map(([x]) => x)
  const ys = strokes.flat().map(([, y]) => y)
  return Math.max(...xs) - Math.min(...xs) <= NARROW * (Math.max(...ys) - Math.min(...ys))
}

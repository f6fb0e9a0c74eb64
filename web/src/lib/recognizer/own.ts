import { apart, isSingle } from '../ink/single'
import type { Stroke } from '../ink/strokes'
import type { BrowserReader } from './browser'
import type { LineReader } from './line'
import { SURE } from './number'
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
    const needed = other >= MOSTLY_OTHER ? APART : answer.confidence
    const each = parted || answer.confidence >= APART ? null : this.oneByOne(strokes, answer, needed)
    if (each) return each
    const one = answer.digits.length === 1 && !parted
    if (one) return this.digit.answer(strokes)
    const mayBeOne = other < MOSTLY_OTHER && answer.confidence < DOUBTFUL && isNarrow(strokes)
    const alone = mayBeOne ? this.digit.answer(strokes) : null
    return alone?.text && alone.confidence >= answer.confidence ? alone : answer
  }

  /** The characters' digits where all are sure, and together as much as is needed; fewer than the line's are some that touch. */
  private oneByOne(strokes: readonly Stroke[], line: Answer, needed: number): Answer | null {
    const found = apart(strokes)
    if (found.length < Math.max(2, line.digits.length)) return null
    const said = found.map((character) => this.digit?.answer(character) ?? null)
    const digits = said.flatMap((each) => (each?.text ? each.digits : []))
    const confidence = digits.reduce((whole, digit) => whole * digit.confidence, 1)
    if (digits.length < said.length || confidence < Math.max(SURE, needed)) return null
    const text = digits.map(({ digit }) => digit).join('')
    return { ...line, text, seen: text, confidence, digits }
  }

  layers(ink: Uint8Array): Layer[] {
    return this.digit?.layers(ink) ?? []
  }
}

function isNarrow(strokes: readonly Stroke[]): boolean {
  const xs = strokes.flat().map(([x]) => x)
  const ys = strokes.flat().map(([, y]) => y)
  return Math.max(...xs) - Math.min(...xs) <= NARROW * (Math.max(...ys) - Math.min(...ys))
}

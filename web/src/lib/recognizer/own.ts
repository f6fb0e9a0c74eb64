import { isSingle } from '../ink/single'
import type { Stroke } from '../ink/strokes'
import type { BrowserReader } from './browser'
import type { LineReader } from './line'
import type { Answer, Layer } from './reader'

/** A number this doubtful in a narrow drawing may be one digit; `pilgi.read.reading.DOUBTFUL`. */
const DOUBTFUL = 0.5
const NARROW = 2
const MOSTLY_OTHER = 1 / 3

/** Reads a drawing here, with what is loaded so far, by the rules of `pilgi.read.reading`. */
export class OwnReader {
  digit: BrowserReader | null = null
  line: LineReader | null = null

  /** The answer; null where nobody who reads it is loaded yet. */
  answer(strokes: readonly Stroke[]): Answer | null {
    if (isSingle(strokes)) return this.digit?.answer(strokes) ?? null
    const read = this.line?.reading(strokes) ?? null
    if (!read || !this.digit) return read?.answer ?? null
    const { answer, parted, other } = read
    const one = answer.digits.length === 1 && !parted
    if (one) return this.digit.answer(strokes)
    const mayBeOne = other < MOSTLY_OTHER && answer.confidence < DOUBTFUL && isNarrow(strokes)
    const alone = mayBeOne ? this.digit.answer(strokes) : null
    return alone?.text && alone.confidence >= answer.confidence ? alone : answer
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

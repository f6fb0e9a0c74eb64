import type { Grey } from '../ink/grey'
import type { Stroke } from '../ink/strokes'

export interface Guess {
  digit: string
  confidence: number
}

/** One digit of a reading; null where it is left open. */
export interface Digit extends Guess {
  guesses: Guess[]
  open: boolean
}

/** One step from what was written to what the network sees. */
export interface Step {
  name: string
  picture: Grey
  paperIsBright: boolean
}

/** What a layer makes of a picture: maps, each height x width bytes, channel after channel. */
export interface Layer {
  kind: string
  channels: number
  height: number
  width: number
  values: Uint8Array
}

/** What a drawing is. */
export interface Answer {
  kind: 'digit' | 'number'
  /** Its digits; null where not sure of all of them. */
  text: string | null
  /** Its digits with `?` where not sure. */
  seen: string
  confidence: number
  /** Of a digit: how probable each of 0 to 9 is, as if it were one of them. */
  probabilities: number[] | null
  digits: Digit[]
  /** 28x28 bytes, paper 0; of a number read here its line ink, 32 rows. */
  ink: Uint8Array
  steps: Step[]
  model: string
  where: 'browser' | 'server'
  /** Of the server's: the browser's answer to the same ink, in whole numbers. */
  beside?: Answer
}

/** A digit or a number in a picture, and where it stands there: left, top, width, height. */
export interface Reading {
  text: string | null
  seen: string
  confidence: number
  box: [number, number, number, number]
}

export interface Page {
  page: number
  width: number
  height: number
  error: string | null
  readings: Reading[]
  /** Each step's picture, as a data URI. */
  steps: { name: string; picture: string }[]
}

/** Whoever reads what people write. */
export interface Reader {
  recognize(strokes: readonly Stroke[]): Promise<Answer>
  /** Reads a picture. Throws where this reader cannot. */
  read(image: Blob, name: string): Promise<Page[]>
  /** What each layer makes of 28x28 ink. */
  layers(ink: Uint8Array): Promise<Layer[]>
}

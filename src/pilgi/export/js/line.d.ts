/** What stands in one place of a line. */
export interface Place {
  /** The likeliest: 0 to 9, 10 a separator, 11 something else. */
  label: number;
  /** The likeliest digit, -1 where it is a separator. */
  digit: number;
  /** The digit's calibrated probability against all else there, or the separator's, 0 to 1. */
  confidence: number;
  /** The next digit, -1 where there is none, and its probability. */
  second: number;
  unsure: number;
  /** The steps it takes, both included: two for every four columns of the line. */
  first: number;
  last: number;
}

/** The number in a line. */
export interface Line {
  /** Its digits; the likeliest also where something else is likelier. */
  text: string;
  /** The whole number's calibrated probability, 0 to 1. */
  confidence: number;
  /** From left to right, separators among them. */
  places: Place[];
}

/** What a number may look like. */
export interface Options {
  /** Such as `\\d{5}`, `date`, `amount` or `card`; an empty text with confidence 0 where none fits. */
  readonly pattern?: string;
}

/** A reader of lines, ready to answer. */
export interface LineReader {
  /** Reads a number drawn, or a picture of one, dark on light or the reverse, in any colours. */
  recognize(drawn: Strokes | Picture, options?: Options): Line;
  /** Makes line ink of a drawing or a picture, as Pilgi's ink spec says: what the net sees. */
  ink(drawn: Strokes | Picture): Uint8Array;
  /** Reads line ink: 32 rows of 8 to 1,024 bytes, paper 0, ink up to 255. */
  read(ink: ArrayLike<number>, options?: Options): Line;
}

/** Loads the module: its address, its bytes, or a response that brings them. */
export function load(
  source?: string | URL | ArrayBuffer | ArrayBufferView | Response | Promise<Response>,
): Promise<LineReader>;

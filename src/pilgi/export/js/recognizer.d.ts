/** What the recognizer says of one picture. */
export interface Answer {
  /** The likeliest class, 0 first. */
  digit: number;
  /** Its calibrated probability, 0 to 1. */
  confidence: number;
  /** False: better answer "not sure". */
  sure: boolean;
}

/** A recognizer, ready to answer. */
export interface Recognizer {
  /** Reads a drawing, or a picture of one digit, dark on light or the reverse, in any colours. */
  recognize(drawn: Strokes | Picture): Answer;
  /** Reads 28x28 ink: 784 bytes, paper 0, ink up to 255. */
  read(ink: ArrayLike<number>): Answer;
  /** Makes 28x28 ink of a drawing or a picture, as Pilgi's ink spec says: what the net sees. */
  ink(drawn: Strokes | Picture): Uint8Array;
}

/** Loads the module: its address, its bytes, or a response that brings them. */
export function load(
  source?: string | URL | ArrayBuffer | ArrayBufferView | Response | Promise<Response>,
): Promise<Recognizer>;

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
  /** Reads 28x28 ink: 784 bytes, paper 0, ink up to 255. */
  read(ink: ArrayLike<number>): Answer;
}

/** Loads the module: its address, its bytes, or a response that brings them. */
export function load(
  source?: string | URL | ArrayBuffer | ArrayBufferView | Response | Promise<Response>,
): Promise<Recognizer>;

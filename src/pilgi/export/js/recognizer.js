// A digit recognizer in whole numbers, for browsers and Node; recognizer.d.ts has the types.
import { instantiated, Room } from "./room.js";
import { areBytes, inked } from "./drawn.js";

const PIXELS = 784;

/** Loads the module: its address, its bytes, or a response that brings them. */
export async function load(source = new URL("./recognizer.wasm", import.meta.url)) {
  return new Recognizer(await instantiated(source));
}

class Recognizer {
  #exports;
  #room;

  constructor(exports) {
    this.#exports = exports;
    this.#room = new Room(exports.memory, exports.recognizer_memory);
  }

  /** Reads a drawing, a list of strokes, or a picture, such as a canvas's ImageData. */
  recognize(drawn) {
    return this.read(this.ink(drawn));
  }

  /** Reads 28x28 ink: 784 bytes, paper 0, ink up to 255. */
  read(ink) {
    if (!areBytes(ink, PIXELS)) throw new RangeError(`ink is ${PIXELS} whole numbers from 0 to 255`);
    this.#seen().set(ink);
    const packed = this.#exports.recognizer_answer() >>> 0;
    return { digit: packed & 255, confidence: (packed >>> 16) / 65535, sure: (packed & 256) !== 0 };
  }

  /** Makes 28x28 ink of a drawing or a picture, as Pilgi's ink spec says. */
  ink(drawn) {
    if (inked(this.#exports, this.#room, drawn) !== 0) throw new RangeError("the picture is too large; scale it down");
    return this.#seen().slice();
  }

  #seen() {
    return new Uint8Array(this.#exports.memory.buffer, this.#exports.recognizer_ink(), PIXELS);
  }
}

// A reader of lines of digits in whole numbers, for browsers and Node; recognizer.d.ts has the types.
import { instantiated, Room } from "./room.js";
import { areBytes, inked } from "./drawn.js";
import { table } from "./pattern.js";

const HEIGHT = 32;
const WIDEST = 1024;
const MEMBERS = 7;
const FULL = 65535;

/** Loads the module: its address, its bytes, or a response that brings them. */
export async function load(source = new URL("./recognizer.wasm", import.meta.url)) {
  return new LineReader(await instantiated(source));
}

class LineReader {
  #exports;
  #room;

  constructor(exports) {
    this.#exports = exports;
    this.#room = new Room(exports.memory, exports.recognizer_memory);
  }

  /** Reads a number drawn, a list of strokes, or a picture of one, such as a canvas's ImageData. */
  recognize(drawn, options) {
    return this.read(this.ink(drawn), options);
  }

  /** Reads line ink: 32 rows of as many bytes, paper 0, ink up to 255. */
  read(ink, { pattern } = {}) {
    const width = ink.length / HEIGHT;
    if (!Number.isInteger(width) || width < 8 || width > WIDEST)
      throw new RangeError(`a line is 32 rows of 8 to ${WIDEST} bytes, not ${ink.length} bytes`);
    if (!areBytes(ink, ink.length)) throw new RangeError("line ink is whole numbers from 0 to 255");
    const states = pattern == null ? 0 : this.#lay(table(pattern));
    this.#seen(ink.length).set(ink);
    const { memory, recognizer_answer } = this.#exports;
    const row = new Int32Array(memory.buffer, recognizer_answer(width, states), 2 + MEMBERS * 127);
    const places = Array.from({ length: row[0] }, (_, at) => place(row.subarray(2 + MEMBERS * at)));
    const text = places.map(({ digit }) => (digit < 0 ? "" : digit)).join("");
    return { text, confidence: row[1] / FULL, places };
  }

  /** Makes line ink of a drawing or a picture, as Pilgi's ink spec says. */
  ink(drawn) {
    const columns = inked(this.#exports, this.#room, drawn);
    if (columns < 1) throw new RangeError("the picture is too large; scale it down");
    return this.#seen(HEIGHT * columns).slice();
  }

  #lay({ following, ends }) {
    this.#room.write(2 * following.length + ends.length, ({ int16, bytes }) => {
      int16(following);
      bytes(ends);
    });
    return ends.length;
  }

  #seen(size) {
    return new Uint8Array(this.#exports.memory.buffer, this.#exports.recognizer_ink(), size);
  }
}

function place([label, digit, confidence, second, unsure, first, last]) {
  return { label, digit, confidence: confidence / FULL, second, unsure: unsure / FULL, first, last };
}

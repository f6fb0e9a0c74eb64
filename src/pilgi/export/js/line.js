// A reader of lines of digits in whole numbers, for browsers and Node; recognizer.d.ts has the types.

const HEIGHT = 32;
const WIDEST = 1024;
const MEMBERS = 7;
const FULL = 65535;

/** Loads the module: its address, its bytes, or a response that brings them. */
export async function load(source = new URL("./recognizer.wasm", import.meta.url)) {
  const { instance } = await instantiated(await source);
  return new LineReader(instance.exports);
}

async function instantiated(source) {
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.instantiate(source, {});
  const response = source instanceof Response ? source : await fetch(source);
  if (!response.ok) throw new Error(`${response.url}: ${response.status}; is the .wasm beside the .js?`);
  return WebAssembly.instantiate(await response.arrayBuffer(), {});
}

class LineReader {
  #exports;

  constructor(exports) {
    this.#exports = exports;
  }

  /** Reads line ink: 32 rows of as many bytes, paper 0, ink up to 255. */
  read(ink) {
    const width = ink.length / HEIGHT;
    if (!Number.isInteger(width) || width < 8 || width > WIDEST)
      throw new RangeError(`a line is 32 rows of 8 to ${WIDEST} bytes, not ${ink.length} bytes`);
    const { memory, recognizer_ink, recognizer_answer } = this.#exports;
    new Uint8Array(memory.buffer, recognizer_ink(), ink.length).set(ink);
    const row = new Int32Array(memory.buffer, recognizer_answer(width), 2 + MEMBERS * 127);
    const places = Array.from({ length: row[0] }, (_, at) => place(row.subarray(2 + MEMBERS * at)));
    const text = places.map(({ digit }) => (digit < 0 ? "" : digit)).join("");
    return { text, confidence: row[1] / FULL, places };
  }
}

function place([label, digit, confidence, second, unsure, first, last]) {
  return { label, digit, confidence: confidence / FULL, second, unsure: unsure / FULL, first, last };
}

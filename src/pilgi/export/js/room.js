// The module, and the memory behind all that it uses itself.

/** Returns what a module exports: of its address, its bytes, or a response that brings them. */
export async function instantiated(given) {
  const source = await given;
  const { instance } = await WebAssembly.instantiate(await bytes(source), {});
  return instance.exports;
}

async function bytes(source) {
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return source;
  if (source instanceof URL && source.protocol === "file:" && globalThis.process?.versions?.node) {
    const { readFile } = await import("node:fs/promises"); // Node fetches no files
    return readFile(source);
  }
  const response = source instanceof Response ? source : await fetch(source);
  if (!response.ok) throw new Error(`${response.url}: ${response.status}; is the .wasm beside the .js?`);
  return response.arrayBuffer();
}

/** Where what a module is to read is written, one part after another. */
export class Room {
  #memory;
  #grow;

  constructor(memory, grow) {
    this.#memory = memory;
    this.#grow = grow;
  }

  /** Makes room for so many bytes and lets `write` fill them from their start. */
  write(size, write) {
    let at = this.#grow(size) >>> 0;
    if (!at) throw new RangeError(`no memory for ${size} bytes; scale the picture down`);
    const put = (array) => (values) => {
      const part = new array(this.#memory.buffer, at, values.length);
      part.set(values);
      at += part.byteLength;
    };
    write({ bytes: put(Uint8Array), int16: put(Int16Array), int32: put(Int32Array), uint16: put(Uint16Array) });
  }
}

/** A grey picture: rows of bytes, 0 dark or paper as its owner says. */
export interface Grey {
  width: number
  height: number
  pixels: Uint8Array
}

export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
}

export function base64Of(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** 28x28 ink as a picture. */
export function inkPicture(ink: Uint8Array): Grey {
  return { width: 28, height: 28, pixels: ink }
}

export type Rgb = [number, number, number]

/** The bytes of `#rrggbb`. */
export function rgb(colour: string): Rgb {
  const number = Number.parseInt(colour.slice(1), 16)
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255]
}

/** Pixels from paper (0) to ink (255), or the reverse where bright is paper. */
export function painted(grey: Grey, paper: Rgb, ink: Rgb, paperIsBright = false): ImageData {
  const image = new ImageData(grey.width, grey.height)
  const shown = new Uint32Array(image.data.buffer)
  const tones = paperIsBright ? tonesOf(ink, paper) : tonesOf(paper, ink)
  for (let at = 0; at < shown.length; at++) shown[at] = tones[grey.pixels[at] ?? 0] ?? 0
  return image
}

/** The pixel of each level, as ImageData's memory has it: a picture is painted with every answer, four bytes at once. */
function tonesOf(low: Rgb, high: Rgb): Uint32Array {
  const bytes = new Uint8ClampedArray(4 * 256)
  for (let level = 0; level < 256; level++) {
    const tone = low.map((from, channel) => from + (((high[channel] ?? 0) - from) * level) / 255)
    bytes.set([...tone, 255], 4 * level)
  }
  return new Uint32Array(bytes.buffer)
}

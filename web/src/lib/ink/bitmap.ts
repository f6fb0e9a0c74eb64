import { base64Of, type Grey } from './grey'

export type Rgb = [number, number, number]

const LEVELS = 256
const HEADERS = 54
const PIXELS_AT = HEADERS + 4 * LEVELS

/** The bytes of `#rrggbb`. */
export function rgb(colour: string): Rgb {
  const number = Number.parseInt(colour.slice(1), 16)
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255]
}

/**
 * A grey picture as an image's `src`, from paper (0) to ink (255), or the reverse where bright is paper.
 *
 * A BMP of 8 bits a pixel, rows from the top: nothing is packed, as some are made with every answer.
 */
export function bitmap(grey: Grey, paper: Rgb, ink: Rgb, paperIsBright = false): string {
  const { width, height, pixels } = grey
  const stride = (width + 3) & ~3
  const file = new Uint8Array(PIXELS_AT + stride * height)
  head(new DataView(file.buffer), width, height)
  file.set(paperIsBright ? tones(ink, paper) : tones(paper, ink), HEADERS)
  for (let row = 0; row < height; row++) file.set(pixels.subarray(row * width, (row + 1) * width), PIXELS_AT + row * stride)
  return `data:image/bmp;base64,${base64Of(file)}`
}

function head(view: DataView, width: number, height: number): void {
  view.setUint16(0, 0x424d) // BM
  view.setUint32(2, view.byteLength, true)
  view.setUint32(10, PIXELS_AT, true)
  view.setUint32(14, HEADERS - 14, true)
  view.setInt32(18, width, true)
  view.setInt32(22, -height, true)
  view.setUint16(26, 1, true)
  view.setUint16(28, 8, true)
}

/** Blue, green, red and nothing of each level. */
function tones(low: Rgb, high: Rgb): Uint8Array {
  const found = new Uint8Array(4 * LEVELS)
  for (let level = 0; level < LEVELS; level++) {
    low.forEach((from, channel) => {
      found[4 * level + 2 - channel] = Math.round(from + (((high[channel] ?? 0) - from) * level) / (LEVELS - 1))
    })
  }
  return found
}

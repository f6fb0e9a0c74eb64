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
  grey.pixels.forEach((level, at) => {
    const share = (paperIsBright ? 255 - level : level) / 255
    for (let channel = 0; channel < 3; channel++) {
      const from = paper[channel] ?? 0
      image.data[4 * at + channel] = from + ((ink[channel] ?? 0) - from) * share
    }
    image.data[4 * at + 3] = 255
  })
  return image
}

/** A grey picture: rows of bytes, 0 dark or paper as its owner says. */
export interface Grey {
  width: number
  height: number
  pixels: Uint8Array
}

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
}

/** So many bytes are letters at once: each is an argument of a call. */
const AT_ONCE = 8192

export function base64Of(bytes: Uint8Array): string {
  let letters = ''
  for (let at = 0; at < bytes.length; at += AT_ONCE) letters += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE))
  return btoa(letters)
}

/** 28x28 ink as a picture. */
export function inkPicture(ink: Uint8Array): Grey {
  return { width: 28, height: 28, pixels: ink }
}

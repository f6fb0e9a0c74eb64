/** A share as per cent: 0.9964 is `99.64 %`. */
export function percent(share: number, places = 0): string {
  return `${(100 * share).toFixed(places)} %`
}

/** A probability; what is not certain is not called so. */
export function sure(share: number): string {
  if (share > 0.99) return percent(Math.min(share, 0.9999), share > 0.999 ? 2 : 1)
  return percent(share)
}

/** A difference of shares in points of a hundred. */
export function points(difference: number): string {
  return (100 * difference).toFixed(1)
}

/** As many digits after the point as n answers support. */
export function placesFor(n: number): number {
  return Math.max(0, Math.ceil(Math.log10(n)) - 2)
}

export function accuracy(share: number, n: number): string {
  return percent(share, placesFor(n))
}

/** `99.51-99.75 %` */
export function interval([low = 0, high = 1]: readonly number[], n: number): string {
  const places = placesFor(n)
  return `${(100 * low).toFixed(places)}–${(100 * high).toFixed(places)} %`
}

export function count(value: number): string {
  return value.toLocaleString('en-US')
}

/** Seconds as `8.2 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  if (seconds < 59.5) return `${seconds.toFixed(seconds < 9.95 ? 1 : 0)} s`
  const whole = Math.round(seconds)
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return `${minutes} min ${whole % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

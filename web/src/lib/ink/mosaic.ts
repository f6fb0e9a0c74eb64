import type { Layer } from '../recognizer/reader'
import type { Grey } from './grey'

const GAP = 1

/** A layer's maps side by side in one picture, as near to `columns` a row as there are. */
export function mosaic(layer: Layer, columns: number): Grey {
  const across = Math.min(columns, layer.channels)
  const rows = Math.ceil(layer.channels / across)
  const width = across * (layer.width + GAP) - GAP
  const height = rows * (layer.height + GAP) - GAP
  const pixels = new Uint8Array(width * height)
  for (let channel = 0; channel < layer.channels; channel++) {
    const left = (channel % across) * (layer.width + GAP)
    const top = Math.floor(channel / across) * (layer.height + GAP)
    for (let y = 0; y < layer.height; y++) {
      const from = (channel * layer.height + y) * layer.width
      pixels.set(layer.values.subarray(from, from + layer.width), (top + y) * width + left)
    }
  }
  return { width, height, pixels }
}

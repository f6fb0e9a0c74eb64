import type { Schema } from '../api/client'
import { bytesOf } from '../ink/grey'
import type { Layer } from '../recognizer/reader'

/** torch's names of layers as the page's own. */
const KINDS: Record<string, string> = {
  Conv2d: 'convolution',
  Linear: 'dense',
  ReLU: 'relu',
  GELU: 'gelu',
  ELU: 'elu',
  LeakyReLU: 'leaky relu',
  Sigmoid: 'sigmoid',
  Tanh: 'tanh',
  BatchNorm1d: 'batch norm',
  BatchNorm2d: 'batch norm',
  MaxPool2d: 'max pool',
  AvgPool2d: 'average pool',
  AdaptiveAvgPool2d: 'average pool',
  LSTM: 'lstm',
  GRU: 'gru',
}
/** Layers that only pass numbers on, or do nothing when a picture is read. */
const QUIET = ['Dropout', 'Flatten', 'Identity', 'Unflatten']

export function kindOf(name: string): string {
  return KINDS[name] ?? name
}

export function shows({ kind }: { kind: string }): boolean {
  return !QUIET.some((each) => kind.startsWith(each))
}

export function layerOf({ kind, shape: [channels = 1, height = 1, width = 1], values }: Schema['LayerMaps']): Layer {
  return { kind: kindOf(kind), channels, height, width, values: bytesOf(values) }
}

/** A histogram as an SVG path in a box of 100 by 32. */
export function outline(counts: readonly number[]): string {
  const most = Math.max(...counts, 1)
  const wide = 100 / counts.length
  const tops = counts.map((count, at) => `V${(32 - (32 * count) / most).toFixed(1)}H${((at + 1) * wide).toFixed(2)}`)
  return `M0 32${tops.join('')}V32Z`
}

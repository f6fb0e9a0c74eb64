import type { Line } from '../chart'
import { shortName } from '../runs/table'
import type { Epoch } from './watching.svelte'

export type What = 'accuracy' | 'loss'
export type Part = 'train' | 'validation'

/** One run's curve of training or validation. */
export function curve(epochs: readonly Epoch[], part: Part, what: What): [number, number][] {
  return epochs.flatMap((epoch) => {
    const value = epoch[part]?.[what]
    return typeof value === 'number' ? [[epoch.epoch, value] as [number, number]] : []
  })
}

/** A run's two curves, and of earlier runs the validation's (or, without one, the training's). */
export function lines(
  main: { name: string; epochs: readonly Epoch[] },
  others: readonly { name: string; epochs: readonly Epoch[] }[],
  what: What,
  named: Record<Part, string>,
): Line[] {
  const beside = others.map(({ name, epochs }, tone) => {
    const held = curve(epochs, 'validation', what)
    return { name: shortName(name), tone, points: held.length ? held : curve(epochs, 'train', what), dashed: !held.length }
  })
  const own: Line[] = [
    { name: named.train, tone: 'ink', points: curve(main.epochs, 'train', what) },
    { name: named.validation, tone: 'seal', points: curve(main.epochs, 'validation', what) },
  ]
  return [...beside, ...own].filter(({ points }) => points.length)
}

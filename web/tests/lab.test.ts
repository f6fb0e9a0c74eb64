import { describe, expect, test } from 'vitest'
import { curve, lines } from '../src/lib/lab/curves'
import { changed, inRecipe, planOf, queryOf, settingsOf, type Recipe } from '../src/lib/lab/plan'

const RECIPE = {
  name: 'mlp',
  summary: { en: '', ko: '' },
  expect: null,
  data: 'mnist',
  model: 'mlp',
  settings: { model: { name: 'mlp', widths: [256, 256] }, optimizer: { name: 'nesterov', learning_rate: 0.1 }, epochs: 10 },
} as Recipe

describe('a plan', () => {
  test('is carried whole by its link', () => {
    const plan = { recipe: 'mlp', settings: { optimizer: 'adam', 'optimizer.learning_rate': '0.01', augment: 'a=b' } }
    expect(planOf(new URLSearchParams(queryOf(plan).toString()), 'quick')).toEqual(plan)
  })
  test('names a method before its options', () => {
    expect(settingsOf({ 'optimizer.beta1': '0.8', optimizer: 'adam' })).toEqual(['optimizer=adam', 'optimizer.beta1=0.8'])
  })
  test('loses the options of a method that is replaced', () => {
    expect(changed({ optimizer: 'adam', 'optimizer.beta1': '0.8', epochs: '3' }, 'optimizer', 'sgd')).toEqual({ epochs: '3', optimizer: 'sgd' })
  })
  test('loses a setting that is emptied', () => {
    expect(changed({ epochs: '3' }, 'epochs', '')).toEqual({})
  })
})

test('what a recipe has is found by its key', () => {
  expect(inRecipe(RECIPE, 'optimizer')).toBe('nesterov')
  expect(inRecipe(RECIPE, 'optimizer.learning_rate')).toBe('0.1')
  expect(inRecipe(RECIPE, 'model.activation')).toBe('')
})

const EPOCHS = [
  { epoch: 1, step: 9, learning_rate: 0.1, train: { loss: null, accuracy: 0.5 }, validation: null, seconds: 1 },
  { epoch: 2, step: 18, learning_rate: 0.1, train: { loss: 0.2, accuracy: 0.9 }, validation: null, seconds: 2 },
]

test('a loss that is no number leaves a gap', () => {
  expect(curve(EPOCHS, 'train', 'loss')).toEqual([[2, 0.2]])
})

test('an earlier run without validation is laid beside by its training, dashed', () => {
  const found = lines({ name: 'new', epochs: [] }, [{ name: 'old', epochs: EPOCHS }], 'accuracy', { train: 't', validation: 'v' })
  expect(found).toEqual([{ name: 'old', tone: 0, points: [[1, 0.5], [2, 0.9]], dashed: true }])
})

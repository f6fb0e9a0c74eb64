import type { Schema } from '../api/client'

/** A recipe and what is changed in it: `key=value` as `pilgi train` takes them. */
export interface Plan {
  recipe: string
  settings: Record<string, string>
}

export type Methods = Record<string, Schema['FamilyAnswer']>
export type Recipe = Schema['RecipeAnswer']

/** The families that a menu is made of, in the order in which a net is built and taught. */
export const FAMILIES = ['model', 'activation', 'initializer', 'loss', 'optimizer', 'schedule', 'augment', 'penalty'] as const
export type Family = (typeof FAMILIES)[number]

const KEYS: Record<Family, string> = {
  model: 'model',
  activation: 'model.activation',
  initializer: 'model.initializer',
  loss: 'loss',
  optimizer: 'optimizer',
  schedule: 'schedule',
  augment: 'augment',
  penalty: 'penalty',
}

export function keyOf(family: Family): string {
  return KEYS[family]
}

export function planOf(query: URLSearchParams, fallback: string): Plan {
  const pairs = query.getAll('set').map((text) => text.split(/=(.*)/s, 2))
  const settings = Object.fromEntries(pairs.map(([key = '', value = '']) => [key, value]))
  return { recipe: query.get('recipe') ?? fallback, settings }
}

export function queryOf({ recipe, settings }: Plan): URLSearchParams {
  const query = new URLSearchParams({ recipe })
  for (const setting of settingsOf(settings)) query.append('set', setting)
  return query
}

/** `key=value` of each, a method before its options. */
export function settingsOf(settings: Record<string, string>): string[] {
  return Object.keys(settings)
    .sort()
    .map((key) => `${key}=${settings[key] ?? ''}`)
}

/** The settings with one changed; an empty value takes it away. A method takes its options along. */
export function changed(settings: Record<string, string>, key: string, value: string): Record<string, string> {
  const methods = Object.values(KEYS)
  const kept = Object.entries(settings).filter(([each]) => {
    return each !== key && !(methods.includes(key) && each.startsWith(`${key}.`))
  })
  return Object.fromEntries(value === '' ? kept : [...kept, [key, value]])
}

/** What the recipe itself has at a key, as text; nothing where it leaves it to the default. */
export function inRecipe(recipe: Recipe | undefined, key: string): string {
  let found: unknown = recipe?.settings
  for (const part of key.split('.')) found = isTable(found) ? found[part] : undefined
  return text(found)
}

function text(value: unknown): string {
  if (Array.isArray(value)) return value.map(text).join(', ')
  if (isTable(value)) return typeof value['name'] === 'string' ? value['name'] : ''
  return value === undefined || value === null ? '' : String(value)
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The method of a family that would be used: the plan's, else the recipe's. */
export function methodOf(plan: Plan, recipe: Recipe | undefined, family: Family): string {
  return plan.settings[keyOf(family)] ?? inRecipe(recipe, keyOf(family))
}

/** Whether the plan's model has something to choose there: an activation, for one. */
export function applies(plan: Plan, recipe: Recipe | undefined, methods: Methods, family: Family): boolean {
  const model = methodOf(plan, recipe, 'model')
  if (methods['baseline']?.methods[model]) return false
  if (family !== 'activation' && family !== 'initializer') return true
  return methods['model']?.methods[model]?.options.some(({ name }) => name === family) ?? false
}

/** What a family has where the plan says nothing: the recipe's, else the model's own default. */
export function usual(plan: Plan, recipe: Recipe | undefined, methods: Methods, family: Family): string {
  const own = inRecipe(recipe, keyOf(family))
  if (own && !(family in { activation: 1, initializer: 1 } && plan.settings['model'])) return own
  const model = methods['model']?.methods[methodOf(plan, recipe, 'model')]
  return text(model?.options.find(({ name }) => name === family)?.default)
}

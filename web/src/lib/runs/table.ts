import type { Schema } from '../api/client'

export type RunShort = Schema['RunAnswer']

export const COLUMNS = ['name', 'model', 'data', 'epochs', 'accuracy', 'errors', 'parameters', 'time'] as const
export type Column = (typeof COLUMNS)[number]

export interface Sorting {
  column: Column
  down: boolean
}

function valueOf(run: RunShort, column: Column): string | number | null {
  if (column === 'time') return run.train_seconds
  return run[column]
}

/** The runs in a column's order; those without a value last. */
export function sorted(runs: readonly RunShort[], { column, down }: Sorting): RunShort[] {
  const sign = down ? -1 : 1
  return [...runs].sort((one, other) => {
    const a = valueOf(one, column)
    const b = valueOf(other, column)
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b)))
  })
}

/** Press a column's head: the best first, then turned round. */
export function pressed(now: Sorting, column: Column): Sorting {
  if (now.column !== column) return { column, down: column === 'accuracy' }
  return { column, down: !now.down }
}

/** A run's name without the day it began: `mlp-20261127-212524` is `mlp 212524`. */
export function shortName(name: string): string {
  return name.replace(/-\d{8}-(\d{6})/, ' $1')
}

/** The keys and values of a recipe's TOML, its sections' names before their keys. */
export function flat(toml: string): Map<string, string> {
  const found = new Map<string, string>()
  const tables = new Map<string, number>()
  let section = ''
  let key = ''
  for (const line of toml.split('\n')) {
    const head = /^\[([^[\]]+)\]$/.exec(line)?.[1]
    const table = /^\[\[([^[\]]+)\]\]$/.exec(line)?.[1]
    const pair = /^([A-Za-z_]\w*) = (.*)$/.exec(line)
    if (head !== undefined) section = `${head}.`
    else if (table !== undefined) section = `${table}.${counted(tables, table)}.`
    else if (pair) {
      key = section + (pair[1] ?? '')
      found.set(key, pair[2] ?? '')
    } else if (line.trim()) found.set(key, `${found.get(key) ?? ''} ${line.trim()}`)
  }
  return new Map([...found].map(([each, value]) => [each, plain(value)]))
}

function counted(tables: Map<string, number>, table: string): number {
  const count = (tables.get(table) ?? 0) + 1
  tables.set(table, count)
  return count
}

/** A value as people write it: `"adam"` is adam, `[ 256, 256, ]` is [256, 256]. */
function plain(value: string): string {
  return value.replace(/^"(.*)"$/, '$1').replace(/\[\s+/g, '[').replace(/,?\s+\]/g, ']')
}

/** The settings in which recipes differ, and each recipe's value. */
export function differences(tomls: readonly string[]): [key: string, values: string[]][] {
  const each = tomls.map(flat)
  const keys = [...new Set(each.flatMap((found) => [...found.keys()]))]
  return keys
    .filter((key) => key !== 'name' && !key.startsWith('summary'))
    .map((key): [string, string[]] => [key, each.map((found) => found.get(key) ?? '–')])
    .filter(([, values]) => new Set(values).size > 1)
}

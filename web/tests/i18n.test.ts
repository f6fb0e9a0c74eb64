import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { en } from '../src/lib/i18n/en'
import { ko } from '../src/lib/i18n/ko'

type Leaf = string | ((...words: never[]) => string)

function leaves(words: object, path = ''): [string, Leaf][] {
  return Object.entries(words).flatMap(([key, value]: [string, Leaf | object]) =>
    typeof value === 'object' ? leaves(value, `${path}${key}.`) : [[`${path}${key}`, value] as [string, Leaf]],
  )
}

const SAME = /^(ReLU|GELU|ELU|Leaky ReLU|tanh|LSTM|GRU|TensorBoard|IDX|CSV|mnist|\d*|.* \(\$?\{?.*)$/

test('both languages have the same keys', () => {
  expect(leaves(ko).map(([path]) => path).sort()).toEqual(leaves(en).map(([path]) => path).sort())
})

test('no Korean text was left in English', () => {
  const korean = new Map(leaves(ko))
  const left = leaves(en).filter(([path, text]) => typeof text === 'string' && korean.get(path) === text && !SAME.test(text))
  expect(left).toEqual([])
})

test('every Korean text is Korean', () => {
  const texts = leaves(ko).filter(([path, text]) => path !== 'otherLanguage' && typeof text === 'string' && !SAME.test(text))
  expect(texts.filter(([, text]) => !/[가-힣]/.test(String(text)))).toEqual([])
})

test('no text stands in a component', () => {
  for (const folder of ['../src/components/', '../src/pages/', '../src/']) {
    const at = new URL(folder, import.meta.url)
    for (const name of readdirSync(at).filter((each) => each.endsWith('.svelte'))) {
      const source = readFileSync(new URL(name, at), 'utf8')
      const markup = source.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').replace(/<!--[\s\S]*?-->/g, '').replace(/\{[^{}]*(\{[^{}]*(\{[^{}]*\}[^{}]*)*\}[^{}]*)*\}/g, '')
      const text = markup.replace(/<(code|pre)>[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' ')
      expect(`${name}: ${(/[A-Za-z가-힣]{2,}/.exec(text) ?? [''])[0]}`).toBe(`${name}: `)
    }
  }
})

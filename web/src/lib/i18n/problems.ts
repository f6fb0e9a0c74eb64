import { en, type Problems } from './en-problems'
import { ko } from './ko-problems'
import type { Language } from './language.svelte'

const WORDS: Record<Language, Problems> = { en, ko }
const GAP = /\\\{(\w+)\\\}/g
const KEYS = Object.keys(en) as (keyof Problems)[]
const PATTERNS = KEYS.map((key) => [key, new RegExp(`^${escaped(en[key]).replace(GAP, '(?<$1>.+?)')}$`, 's')] as const)

/** A sentence of the server in the page's language, as the server says it where there is no other. */
export function translated(sentence: string, language: Language): string {
  if (language === 'en') return sentence
  for (const [key, pattern] of PATTERNS) {
    const found = pattern.exec(sentence)
    if (found) return WORDS[language][key].replace(/\{(\w+)\}/g, (_, gap: string) => found.groups?.[gap] ?? '')
  }
  return sentence
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

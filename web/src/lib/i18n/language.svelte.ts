import { en, type Words } from './en'
import { ko } from './ko'
import { translated } from './problems'

export type Language = 'en' | 'ko'

const WORDS: Record<Language, Words> = { en, ko }
const KEY = 'pilgi.language'

function first(): Language {
  const kept = localStorage.getItem(KEY)
  if (kept === 'en' || kept === 'ko') return kept
  return navigator.language.startsWith('ko') ? 'ko' : 'en'
}

/** The language that the page speaks: the person's choice, else the browser's. */
class Speech {
  now = $state<Language>(first())
  words = $derived(WORDS[this.now])

  /** A sentence of the server, in this language where it is known. */
  of(sentence: string): string {
    return translated(sentence, this.now)
  }

  choose(language: Language): void {
    this.now = language
    localStorage.setItem(KEY, language)
  }
}

export const speech = new Speech()

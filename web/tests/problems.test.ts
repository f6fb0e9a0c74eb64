import { expect, test } from 'vitest'
import { en } from '../src/lib/i18n/en-problems'
import { ko } from '../src/lib/i18n/ko-problems'
import { translated } from '../src/lib/i18n/problems'

const gaps = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, gap]) => gap)

test('a sentence that is known is said in Korean, with what it is about', () => {
  expect(translated('mlp-1: it is being trained; stop it first', 'ko')).toBe('mlp-1: 지금 학습하고 있어요. 먼저 멈춰 주세요.')
  expect(translated('mnist is not on this machine; fetch it with `pilgi data get mnist`', 'ko')).toContain('`pilgi data get mnist`')
})

test('another sentence stays as the server says it, and so does every one in English', () => {
  expect(translated('something else; do that', 'ko')).toBe('something else; do that')
  expect(translated('mlp-1: it is being trained; stop it first', 'en')).toBe('mlp-1: it is being trained; stop it first')
})

test('a translation names nothing that the sentence does not', () => {
  for (const key of Object.keys(en) as (keyof typeof en)[]) {
    expect(gaps(en[key])).toEqual(expect.arrayContaining(gaps(ko[key])))
    expect(ko[key]).toMatch(/[가-힣]/)
  }
})

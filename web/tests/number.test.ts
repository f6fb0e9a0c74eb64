import { expect, test } from 'vitest'
import { doubted, numberOf, type Place } from '../src/lib/recognizer/number'

function place(digit: number, confidence: number, label = digit): Place {
  return { label, digit, confidence, second: 7, unsure: 0.1 }
}

test('a number that is sure is answered', () => {
  const said = numberOf([place(1, 0.99), place(3, 0.98)], 0.97)
  expect([said.text, said.seen, said.other, said.parted]).toEqual(['13', '13', 0, false])
})

test('the least sure digits are left open until the rest is sure', () => {
  expect(numberOf([place(1, 0.9), place(3, 0.4), place(5, 0.9)], 0.3).seen).toBe('1?5')
  expect(numberOf([place(1, 0.9), place(3, 0.6), place(5, 0.9)], 0.45).seen).toBe('1?5')
})

test('where more than half would be open, or a third is something else, it is declined', () => {
  expect(numberOf([place(1, 0.1), place(3, 0.2), place(5, 0.9)], 0.01).text).toBeNull()
  const other = numberOf([place(1, 0.99), place(3, 0.99, 11), place(5, 0.99)], 0.99)
  expect([other.text, other.seen]).toEqual([null, '135'])
})

test('separators are left out and known', () => {
  const said = numberOf([place(1, 0.99), { label: 10, digit: -1, confidence: 0.9, second: -1, unsure: 0 }, place(2, 0.99)], 0.9)
  expect([said.seen, said.parted]).toEqual(['12', true])
})

test('what alone is no digit is left open, unless separators stand between', () => {
  const places = [place(4, 0.9), place(1, 0.8), place(5, 0.9)]
  expect(numberOf(doubted(places, [0.99, 0.02, 0.99]), 0.7).seen).toBe('4?5')
  expect(doubted(places, [0.99, 0.4, 0.99])).toEqual(places)
  expect(doubted(places, [0.02, 0.99])).toBe(places)
  const parted = [place(4, 0.9), place(-1, 0.8, 10), place(5, 0.9)]
  expect(doubted(parted, [0.99, 0.02, 0.99])).toBe(parted)
})

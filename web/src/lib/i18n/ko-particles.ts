/** `으로` after 영, 삼, 육, which end in a consonant; `로` after the others. */
export function ro(digit: string): string {
  return ['0', '3', '6'].includes(digit) ? '으로' : '로'
}

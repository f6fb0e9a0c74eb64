/** `이` after 영, 일, 삼, 육, 칠, 팔, which end in a consonant; `가` after the others. */
export function ga(digit: string): string {
  return ['0', '1', '3', '6', '7', '8'].includes(digit) ? '이' : '가'
}

/** `으로` after 영, 삼, 육, which end in a consonant; `로` after the others. */
export function ro(digit: string): string {
  return ['0', '3', '6'].includes(digit) ? '으로' : '로'
}

import { en as explore } from './en-explore'
import { en as lab } from './en-lab'
import { en as samples } from './en-samples'

export interface Counted {
  label: string
  count: number
}

/** What whole numbers cost a recognizer; apart: in points of the confidence. */
export interface Cost {
  name: string
  drawings: number
  others: number
  apart: string
}

export const en = {
  name: 'Pilgi',
  pages: 'Pages',
  skip: 'Skip to the content',
  undo: 'Undo',
  close: 'Close',
  licences: 'Licences of the page’s parts',
  offline: 'Offline',
  silent: 'The server is out of reach. Start it again, or look for the network.',
  offlinePage: 'This page is not kept on this device yet. Open it once while the server is there.',
  otherLanguage: '한국어',
  nav: { draw: 'Draw', photo: 'Photo', lab: 'Lab', runs: 'Runs', samples: 'Samples', tensorboard: 'TensorBoard' },
  theme: {
    auto: 'Light: auto',
    light: 'Light: on',
    dark: 'Light: off',
    change: (now: string, next: string) => `${now}; change to ${next}`,
  },
  draw: {
    title: 'Draw a digit or a number',
    hint: 'Write a digit here',
    undo: 'Undo',
    clear: 'Clear',
    pen: 'Pen',
    pens: { thin: 'Thin pen', middle: 'Middle pen', thick: 'Thick pen' },
    penNote: 'For your eyes: the network sees strokes of one width, whatever the pen.',
    bars: 'How probable each digit is',
    here: (model: string) => `Read here in the browser by ${model}, in whole numbers.`,
    there: (model: string) => `Read by ${model} on the server, in floating point.`,
    beside: (seen: string, share: string) =>
      seen.includes('?')
        ? 'In whole numbers, here in the browser, the same ink is not sure.'
        : `In whole numbers, here in the browser, the same ink is read as ${seen}, ${share} sure.`,
    cost: ({ name, drawings, others, apart }: Cost) =>
      `Over ${drawings} drawings that every build of Pilgi is tested with, ${name} in whole numbers answers ${others ? `${others} otherwise` : 'all of them the same'}, and is at most ${apart} points more or less sure.`,
    seen: {
      title: 'What the network sees',
      note: 'Not your strokes but 28 x 28 grey values. Every picture goes through the same steps.',
      noteLine: 'Not your strokes but 32 rows of grey values, as many columns as the number is long.',
      empty: 'Draw something, and it appears here.',
    },
  },
  pad: {
    label: 'Drawing pad',
    keys: 'Arrow keys move the pen, Space puts it down or lifts it, Control Z takes a stroke back, Escape clears.',
    down: 'Pen down',
    up: 'Pen up',
  },
  answer: {
    digit: 'Digit',
    share: 'Sure',
    others: 'Or else',
    nothing: 'The answer stands here while you draw.',
    unsure: 'Not sure',
    closest: (digits: readonly string[]) => (digits.length ? `Closest: ${digits.join(' or ')}. If it were a digit:` : ''),
    confidence: (share: string) => `${share} sure (calibrated)`,
    open: 'The digits marked ? are left open.',
    said: (text: string, share: string) => `${text}, ${share} sure`,
    offline: 'What reads this is not kept on this device yet. Leave the page open for a moment while the server is there.',
  },
  steps: {
    canvas: 'Drawn with one pen, as large as fits',
    scale: 'Scaled: the longer side is 20',
    scaleLine: 'Scaled to 28 rows',
    centre: 'Centred by mass in 28 x 28',
    drawing: 'The drawing',
    ink: 'Ink, 28 x 28',
    grey: 'Grey',
    noise: 'Salt and pepper taken out',
    stripes: 'Stripes turned back',
    polarity: 'Dark ink on bright paper',
    margin: 'Without empty margins',
    reduce: 'Brought to the working height',
    light: 'Light made even',
    threshold: 'Paper becomes 0',
    rules: 'Ruled lines taken out',
    specks: 'Specks taken out',
    pen: 'Hairlines made wider',
    crop: 'Cropped to the ink',
    place: 'Placed in 32 rows',
  },
  inside: {
    title: 'Inside the network',
    note: 'Each square is a feature map: the stronger, the more a layer found there of what it looks for.',
    single: 'Shown of a single digit.',
    show: 'Show the feature maps, layer by layer',
    size: (channels: number, height: number, width: number) =>
      height * width === 1 ? `${channels} numbers` : `${channels} maps of ${height} x ${width}`,
    kinds: {
      convolution: 'Convolution',
      largest: 'Largest of each neighbourhood (max pool)',
      mean: 'Mean of each neighbourhood (average pool)',
      addition: 'Sum of two paths (residual)',
      edges: 'Edges',
      lookup: 'Curve (activation)',
      upright: 'Straightening',
      relu: 'ReLU',
      gelu: 'GELU',
      elu: 'ELU',
      'leaky relu': 'Leaky ReLU',
      sigmoid: 'Sigmoid',
      tanh: 'tanh',
      'batch norm': 'Batch norm',
      'max pool': 'Max pool',
      'average pool': 'Average pool',
      dense: 'Dense',
      lstm: 'LSTM',
      gru: 'GRU',
    },
  },
  why: {
    title: 'Why',
    note: 'The training digits that look most alike to the network.',
    near: (counted: readonly Counted[], data: string) =>
      `Nearest of ${data}: ${counted.map(({ label, count }) => `${count} of them a ${label}`).join(', ')}.`,
    prototypes: (data: string) => `The most typical training digit of each class (${data}).`,
    looking: 'Looking for training digits that are alike …',
    none: 'The server looks for training digits that are alike; it is out of reach, or has none.',
    example: (label: string) => `A training digit, a ${label}`,
  },
  correction: {
    title: 'That was a …',
    note: 'Say what you meant, and the drawing is kept as a sample to test and to teach with.',
    kept: (label: string, writer: string) => `Kept as a ${label}, written by ${writer}. Thank you.`,
    waiting: (label: string) => `Waits on this device as a ${label} until the server is there.`,
    code: 'To hand in a drawing from this device, type the class code.',
  },
  consent: {
    days: (days: number) => `Kept for ${days} days at most.`,
    nickname: 'Nickname (not your real name)',
    agree: 'I agree',
    keep: 'Keep my drawings',
    offline: 'The sentence of consent comes from the server, which is out of reach.',
  },
  code: { label: 'Code', use: 'Use the code', wrong: 'The server does not know this code. Look at it again.' },
  ...explore,
  ...lab,
  ...samples,
}

export type Words = typeof en

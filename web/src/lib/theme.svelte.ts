export type Theme = 'auto' | 'light' | 'dark'

const KEY = 'pilgi.theme'
const THEMES: readonly Theme[] = ['auto', 'light', 'dark']

/** Light or dark: the person's choice, else the system's. */
class Look {
  theme = $state<Theme>(THEMES.find((each) => each === localStorage.getItem(KEY)) ?? 'auto')
  /** Counts changes, so that what is painted in the theme's colours is painted again. */
  changes = $state(0)

  constructor() {
    this.show()
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.changed())
  }

  choose(theme: Theme): void {
    this.theme = theme
    localStorage.setItem(KEY, theme)
    this.show()
  }

  private show(): void {
    document.documentElement.dataset['theme'] = this.theme
    this.changed()
  }

  private changed(): void {
    colours = {}
    this.changes++
  }
}

/** Those asked for since the theme changed: asking makes the browser work out all styles anew. */
let colours: Record<string, string> = {}

export const look = new Look()

/** One of the page's colours, as the theme has it now. */
export function colour(name: 'paper' | 'ink' | 'muted' | 'line' | 'seal'): string {
  return (colours[name] ??= getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim())
}

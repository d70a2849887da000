/** Figures and times as the report writes them, the same in every format. */
/** By hand: what Intl calls them hangs on the version of Node. */
const languageNames: ReadonlyMap<string, string> = new Map([
  ['en', 'English'],
  ['de', 'German'],
  ['fr', 'French'],
  ['es', 'Spanish'],
  ['it', 'Italian'],
  ['pt', 'Portuguese'],
  ['ro', 'Romanian'],
  ['tr', 'Turkish'],
  ['bn', 'Bengali'],
  ['sw', 'Swahili'],
  ['zu', 'Zulu'],
  ['th', 'Thai'],
  ['jv', 'Javanese'],
  ['zh', 'Chinese'],
  ['ja', 'Japanese'],
  ['ar', 'Arabic'],
  ['hi', 'Hindi'],
  ['vi', 'Vietnamese'],
  ['ko', 'Korean'],
  ['other', 'other languages'],
  ['und', 'language not determined'],
  ['all', 'all languages'],
])

export const languageName = (code: string): string => languageNames.get(code) ?? code

const setNames: ReadonlyMap<string, string> = new Map([
  ['should_refuse', 'requests to refuse'],
  ['benign', 'harmless requests'],
  ['unclassified', 'all requests, unsorted'],
  ['all', 'all requests'],
])
export const setName = (set: string): string => setNames.get(set) ?? set

/** `31 Jan 2026, 14:00`, UTC. */
export const moment = (iso: string): string => {
  const [date = '', clock = ''] = iso.split('T')
  return `${day(date)}, ${clock.slice(0, 5)}`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** `31 Jan 2026` */
export const day = (iso: string): string => {
  const [year = '', month = '', date = ''] = iso.slice(0, 10).split('-')
  return `${Number(date)} ${months[Number(month) - 1] ?? month} ${year}`
}

const tidy = (text: string): string => (/^-0(?:\.0+)?$/.test(text) ? text.slice(1) : text)

export const percent = (share: number): string => `${tidy((100 * share).toFixed(1))} %`
export const points = (value: number): string => tidy(value.toFixed(1))
export const signed = (value: number): string => (value > 0 ? `+${points(value)}` : points(value))
export const whole = (value: number): string => value.toLocaleString('en-GB')

export const figure = (value: number | null, unit: string): string => {
  if (value === null) return 'unknown'
  switch (unit) {
    case 'share':
      return percent(value)
    case 'points':
      return `${signed(value)} points`
    case 'grade':
      return tidy(value.toFixed(2))
    default:
      return tidy(value.toPrecision(3))
  }
}

export const between = (
  limits: { lo: number; hi: number } | null | undefined,
  unit: string,
): string => {
  if (limits === null || limits === undefined) return 'no interval'
  const bare = (value: number): string => figure(value, unit).replace(/ points$| %$/, '')
  const tail = unit === 'share' ? ' %' : unit === 'points' ? ' points' : ''
  return `${bare(limits.lo)} to ${bare(limits.hi)}${tail}`
}

export const rateOf = ({ refused, n }: { refused: number; n: number }): string =>
  n === 0 ? 'none judged' : `${percent(refused / n)} (${whole(refused)} of ${whole(n)})`

export const hoursBetween = (from: string, to: string): string => {
  const hours = (Date.parse(to) - Date.parse(from)) / 3_600_000
  if (hours >= 48) return `${tidy((hours / 24).toFixed(1))} days`
  return hours === 1
    ? '1 hour'
    : `${tidy(hours.toFixed(hours < 10 ? 1 : 0)).replace(/\.0$/, '')} hours`
}

export const listed = (words: readonly string[]): string => {
  if (words.length <= 1) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`
}

const metricNames: ReadonlyMap<string, string> = new Map([
  ['refusal_gap', 'gap to English'],
  ['refusal_level', 'refusal against its own reference'],
  ['over_refusal', 'refusal of harmless requests'],
  ['unclear_rate', 'unclear answers'],
  ['repeat_flip', 'changed verdicts on repeated requests'],
  ['tool_surprisal', 'tool sequences'],
])
export const metricName = (metric: string): string => metricNames.get(metric) ?? metric

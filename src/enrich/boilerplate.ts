/**
 * Removes what clients, not people, put into user messages: reminder and context blocks in tags.
 * Promise: linear in the (capped) input, and text a person typed outside such a block is kept.
 */

/** Blocks known from coding agents and chat clients; dropped wherever they stand. Lower case. */
const insertedTags: readonly string[] = [
  'system-reminder',
  'system_reminder',
  'environment_context',
  'environment_details',
  'user_instructions',
  'instructions',
  'command-name',
  'command-message',
  'local-command-caveat',
  'local-command-stdout',
  'local-command-stderr',
  'bash-input',
  'bash-stdout',
  'bash-stderr',
  'task-notification',
  'attached_files',
  'file_content',
  'file_contents',
  'additional_data',
  'ide_selection',
  'ide_opened_file',
  'open_and_recently_viewed_files',
  'user_info',
  'project_layout',
  'git_status',
  'turn_aborted',
  'user_shell_command',
  'permissions',
  'skill',
]

/** Tags that clients put around the person's own words: the tag goes, the words stay. Lower case. */
const humanTags: ReadonlySet<string> = new Set([
  'user_query',
  'user_message',
  'user_request',
  'user_input',
  'user_prompt',
  'user-message',
  'command-args',
  'task',
  'feedback',
  'answer',
  'query',
  'question',
  'prompt',
  'message',
])

/** A leading `<tag ...>`, with at most 200 characters of attributes. */
const openingTag = /^<([a-z][a-z0-9_.:-]{0,63})(?:\s[^<>]{0,200})?>/i
/** Any number of blocks may stand in one part; a part with more than this many is cut off there. */
const leadingBlocksMax = 64
/** More of one part is never looked at: its end, where people write, and where the tags close. */
export const partCharactersMax = 65_536

export const withoutBoilerplate = (part: string): string => {
  let text = part.length > partCharactersMax ? part.slice(-partCharactersMax) : part
  if (text.includes('<')) text = withoutWrapping(withoutInserted(text))
  text = text.trim()
  return text.startsWith('# AGENTS.md instructions for') ? '' : text
}

const withoutInserted = (text: string): string => {
  let kept = text
  const lower = text.toLowerCase()
  // Some letters change their length in lower case; positions would then no longer agree.
  const searchable = lower.length === text.length ? lower : text
  const spans: [start: number, end: number][] = []
  for (const tag of insertedTags) collectSpans(searchable, tag, spans)
  if (spans.length > 0) kept = cutOut(text, spans)
  return kept
}

const collectSpans = (text: string, tag: string, spans: [number, number][]): void => {
  const opening = `<${tag}`
  const closing = `</${tag}>`
  let position = 0
  const firstClose = text.indexOf(closing)
  if (firstClose < 0 && text.indexOf(opening) < 0) return
  const firstOpen = nextOpening(text, opening, 0)
  if (firstClose >= 0 && (firstOpen < 0 || firstClose < firstOpen)) {
    // The opening tag fell to the cap or to the client: all before the close is the block.
    spans.push([0, firstClose + closing.length])
    position = firstClose + closing.length
  }
  for (;;) {
    const start = nextOpening(text, opening, position)
    if (start < 0) return
    const close = text.indexOf(closing, start)
    // An unclosed tag is a mention of the tag, not a block.
    if (close < 0) return
    position = close + closing.length
    spans.push([start, position])
  }
}

/** `<skill` must not match `<skills>`. */
const nextOpening = (text: string, opening: string, from: number): number => {
  let at = text.indexOf(opening, from)
  while (at >= 0) {
    const after = text[at + opening.length]
    if (after === '>' || after === ' ' || after === '\n' || after === '\t') return at
    at = text.indexOf(opening, at + 1)
  }
  return -1
}

const cutOut = (text: string, spans: [number, number][]): string => {
  spans.sort((a, b) => a[0] - b[0])
  let kept = ''
  let position = 0
  for (const [start, end] of spans) {
    if (start > position) kept += `${text.slice(position, start)}\n`
    position = Math.max(position, end)
  }
  return kept + text.slice(position)
}

/** Leading blocks of any tag, and a whole part in one tag pair. */
const withoutWrapping = (text: string): string => {
  let rest = text.trim()
  for (let blocks = 0; blocks < leadingBlocksMax && rest.startsWith('<'); blocks++) {
    const opening = openingTag.exec(rest)
    const tag = opening?.[1]
    if (opening === null || tag === undefined) return rest
    const closing = `</${tag}>`
    const close = rest.indexOf(closing)
    if (close < 0) return rest
    const after = rest.slice(close + closing.length).trim()
    if (humanTags.has(tag.toLowerCase())) {
      const words = rest.slice(opening[0].length, close).trim()
      return after === '' ? words : `${words}\n${after}`
    }
    // `<b>Hello</b> there` is a person's; `<open_files>...</open_files> Hello` is a client's.
    const insertedByName = tag.includes('_') || tag.includes('-')
    if (after !== '' && !insertedByName) return rest
    rest = after
  }
  return rest
}

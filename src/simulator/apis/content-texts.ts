/** The text parts of a message's `content`, in the spellings of all three APIs. */
import { stringAt } from '../../decode/untrusted-json.ts'

const textKinds = new Set(['text', 'input_text', 'output_text'])

export function contentTexts(content: unknown): string[] {
  if (typeof content === 'string') return [content]
  if (!Array.isArray(content)) return []
  return content.flatMap((part: unknown) => {
    const text = stringAt(part, 'text')
    return text !== undefined && textKinds.has(stringAt(part, 'type') ?? '') ? [text] : []
  })
}

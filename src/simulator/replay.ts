/**
 * Recorded answers: lines of {prompt, response}, further fields ignored but `model`. A request whose
 * last user text is the prompt gets exactly that response; with several models for one prompt the
 * one recorded for the requested model, else the first.
 */
import { parseJsonText, stringAt } from '../decode/untrusted-json.ts'

export interface Replay {
  size: number
  answerTo(prompt: string, model: string): string | undefined
}

export type ReadReplay = { ok: true; replay: Replay } | { ok: false; reason: string }

export const readReplay = (jsonl: string): ReadReplay => {
  const byModel = new Map<string, string>()
  const byPrompt = new Map<string, string>()
  const lines = jsonl.split('\n')
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    const parsed = parseJsonText(line)
    if (!parsed.ok) return { ok: false, reason: `line ${index + 1} is not JSON` }
    const prompt = stringAt(parsed.value, 'prompt')
    const response = stringAt(parsed.value, 'response')
    if (prompt === undefined || response === undefined) {
      return { ok: false, reason: `line ${index + 1} has no string \`prompt\` and \`response\`` }
    }
    const model = stringAt(parsed.value, 'model')
    if (model !== undefined) keepFirst(byModel, modelKey(prompt, model), response)
    keepFirst(byPrompt, prompt, response)
  }
  if (byPrompt.size === 0) return { ok: false, reason: 'no line in it' }
  return {
    ok: true,
    replay: {
      size: Math.max(byPrompt.size, byModel.size),
      answerTo: (prompt, model) => byModel.get(modelKey(prompt, model)) ?? byPrompt.get(prompt),
    },
  }
}

const modelKey = (prompt: string, model: string): string => JSON.stringify([model, prompt])

const keepFirst = (map: Map<string, string>, key: string, value: string): void => {
  if (!map.has(key)) map.set(key, value)
}

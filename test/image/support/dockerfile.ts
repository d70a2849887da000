/** The Dockerfile as data: its stages, and the instructions of each, in order. */
import { readFileSync } from 'node:fs'

export interface Instruction {
  word: string
  /** What stands behind it, on one line. */
  rest: string
}

export interface Stage {
  name: string
  /** With the defaults of ARG put in. */
  image: string
  instructions: readonly Instruction[]
}

const path = 'Dockerfile'

function instructionsOf(text: string): Instruction[] {
  const lines = text.split('\n').filter((line) => !/^\s*(#|$)/.test(line))
  return lines
    .join('\n')
    .replace(/\s*\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => {
      const [, word = '', rest = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? []
      return { word, rest }
    })
}

export function readDockerfile(): { stages: readonly Stage[]; text: string } {
  const text = readFileSync(path, 'utf8')
  const defaults = new Map<string, string>()
  const stages: { name: string; image: string; instructions: Instruction[] }[] = []
  for (const instruction of instructionsOf(text)) {
    const { word, rest } = instruction
    const current = stages.at(-1)
    if (word === 'FROM') {
      const [, from = '', name = ''] = /^(\S+) AS (\S+)$/.exec(rest) ?? []
      const image = from.replace(/\$\{(\w+)\}/g, (_, key: string) => defaults.get(key) ?? '')
      stages.push({ name, image, instructions: [] })
    } else if (current === undefined) {
      const [key = '', value = ''] = rest.split('=')
      defaults.set(key, value)
    } else current.instructions.push(instruction)
  }
  return { stages, text }
}

/** The only instruction of its kind in a stage; throws when there is none or more than one. */
export function one(stage: Stage, word: string): string {
  const [found, ...more] = stage.instructions.filter((instruction) => instruction.word === word)
  if (found === undefined || more.length > 0) throw new Error(`${stage.name}: not one ${word}`)
  return found.rest
}

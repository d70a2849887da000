/** Finds the command that the words name, or says what there is. Touches no process state. */
import type { CommandIo } from './commands/command.ts'
import type { CommandEntry } from './commands/commands.ts'
import { didYouMean, nearest } from './did-you-mean.ts'
import { scrub } from './scrub.ts'

export interface CommandTable {
  commands: readonly CommandEntry[]
  hidden: readonly CommandEntry[]
  version: string
}

const usageFault = 2

/** @returns the exit code */
export async function runCommandLine(
  args: readonly string[],
  io: CommandIo,
  table: CommandTable,
): Promise<number> {
  const entry = findCommand(args, [...table.commands, ...table.hidden])
  if (entry !== undefined) {
    const command = await entry.load()
    const rest = args.slice(command.words.length)
    if (rest.includes('--help') || rest.includes('-h')) {
      io.stdout.write(`${command.help}\n`)
      return 0
    }
    return command.run(rest, io)
  }
  const [first] = args
  if (first === '--version' || first === '-v') {
    io.stdout.write(`${table.version}\n`)
    return 0
  }
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    const out = first === undefined ? io.stderr : io.stdout
    out.write(await usage(table.commands))
    return first === undefined ? usageFault : 0
  }
  const group = table.commands.filter(({ words }) => words.length > 1 && words[0] === first)
  if (group.length > 0) {
    const asked = args.includes('--help') || args.includes('-h')
    const out = asked ? io.stdout : io.stderr
    out.write(await usage(group))
    return asked ? 0 : usageFault
  }
  io.stderr.write(`${unknownText(args, table.commands)}\n\n${await usage(table.commands)}`)
  return usageFault
}

/** The command with the most words that the arguments begin with. */
function findCommand(
  args: readonly string[],
  commands: readonly CommandEntry[],
): CommandEntry | undefined {
  let found: CommandEntry | undefined
  for (const command of commands) {
    const fits = command.words.every((word, i) => args[i] === word)
    if (fits && command.words.length > (found?.words.length ?? 0)) found = command
  }
  return found
}

function unknownText(args: readonly string[], commands: readonly CommandEntry[]): string {
  const longest = Math.max(...commands.map((command) => command.words.length))
  const words: string[] = []
  for (const arg of args.slice(0, longest)) {
    if (arg.startsWith('-')) break
    words.push(arg)
  }
  const names = commands.map((command) => command.words.join(' '))
  // `evla judge` is near as a whole, `serve URL` by its first word.
  const near = nearest(words.join(' '), names) ?? nearest(words[0] ?? '', names)
  const typed = scrub((words.length > 0 ? words.join(' ') : (args[0] ?? '')).slice(0, 100))
  return `holdfast: unknown command ${typed}${didYouMean(near === undefined ? undefined : `holdfast ${near}`)}`
}

export async function usage(entries: readonly CommandEntry[]): Promise<string> {
  const commands = await Promise.all(entries.map((entry) => entry.load()))
  const width = Math.max(...commands.map((command) => command.words.join(' ').length))
  const lines = commands.map(
    (command) => `  ${command.words.join(' ').padEnd(width)}  ${command.summary}`,
  )
  return `Usage: holdfast COMMAND [options]

${lines.join('\n')}

  holdfast COMMAND --help   what a command does and takes
  holdfast --version
`
}

import t from 'tap'
import { commands, hiddenCommands } from '../../src/commands/commands.ts'

t.test('every command has words of its own, a summary and a help that names it', async (t) => {
  const entries = [...commands, ...hiddenCommands]
  const all = await Promise.all(entries.map((entry) => entry.load()))
  t.same(
    all.map((command) => command.words),
    entries.map((entry) => entry.words),
  )
  const names = all.map((command) => command.words.join(' '))
  t.equal(new Set(names).size, all.length)
  t.ok(all.length >= 8)
  for (const command of all) {
    const name = command.words.join(' ')
    t.match(command.summary, /^\S.*[^.\s]$/, name)
    t.ok(command.help.includes(`holdfast ${name}`), name)
  }
})

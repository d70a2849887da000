/** `holdfast start`: what `npm start` runs. The demo when no upstream is named anywhere, else the main job. */
import { readFlags } from '../config/layers.ts'
import { namesUpstream } from '../config/load.ts'
import type { Command } from './command.ts'

export interface StartsInto {
  serve(): Promise<Command>
  demo(): Promise<Command>
}

export const createStart = (into: StartsInto): Command => ({
  words: ['start'],
  summary: 'Run `serve` when an upstream is configured, else `demo`',
  help: `Usage: holdfast start [options]

With an upstream named by --upstream, HOLDFAST_UPSTREAM or a configuration file: the same as
\`holdfast serve\`. With none: the same as \`holdfast demo\`.`,
  async run(args, io) {
    // Someone who sets options of the proxy means the proxy, and is told that the upstream is missing.
    const meansServe = namesUpstream({ args, env: io.env }) || readFlags(args).said.length > 0
    const command = await (meansServe ? into.serve() : into.demo())
    return command.run(args, io)
  },
})

export const start = createStart({
  serve: async () => (await import('./serve.ts')).serve,
  demo: async () => (await import('./demo.ts')).demo,
})

/** Faults of the configuration and of the place in the network: F34 to F37. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { cliPath } from '../../e2e/support/holdfast-process.ts'
import type { Fault } from '../fault.ts'
import { pause } from '../support/load.ts'
import type { Scene } from '../support/scene.ts'

/** @returns the exit code and what it said */
async function serve(args: readonly string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [cliPath(), 'serve', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      said += bytes.toString()
    })
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000)
  const [code] = (await once(child, 'exit')) as [number | null]
  clearTimeout(timer)
  return { code, said }
}

const goodText = (scene: Scene): string =>
  `upstream: "http://127.0.0.1:${scene.wire.port}"\nsample:\n  rate: 1\n`

async function damageWhileRunning(scene: Scene): Promise<void> {
  const live = join(scene.folder, 'live.yaml')
  const good = goodText(scene)
  const other = scene.file('other.yaml', 'upstream: [')
  const put = (text: string) => () => void scene.file('live.yaml', text)
  const ways: readonly (() => void)[] = [
    () => put(good.slice(0, 1 + scene.random.below(20)))(),
    put(''),
    put('upstream: 1\n'),
    put(`${good}no_such_key: 1\n`),
    () => rmSync(live, { force: true }),
    () => {
      symlinkSync(other, `${live}.new`)
      renameSync(`${live}.new`, live)
    },
  ]
  const until = performance.now() + 6000 * scene.scale.factor + 1500
  let damaged = 0
  while (performance.now() < until) {
    rmSync(live, { force: true })
    ways[damaged++ % ways.length]?.()
    await pause(350)
  }
  const outcome = (name: string): Promise<number> =>
    scene.metric('holdfast_config_reloads_total', { outcome: name })
  const counted = (await outcome('refused')) + (await outcome('unreadable'))
  scene.injected(counted, 'damaged files read')
  scene.expect((await outcome('applied')) === 0, 'a damaged file was taken')
  rmSync(live, { force: true })
  scene.file('live.yaml', good)
  await scene.until(
    'I5: the good file is taken again',
    async () => (await scene.metric('holdfast_config_last_reload_successful')) === 1,
    10_000,
  )
  scene.note(`${damaged} times damaged, ${counted} counted, none taken`)
}

export const configurationFaults: readonly Fault[] = [
  {
    id: 'F34',
    name: 'the configuration file is damaged',
    injects:
      'a file that is cut at bytes that are drawn, emptied, wrong, gone or swapped by a symbolic link, at the start and while it runs',
    promise:
      'refused at the start with exit code 2 and the key to change; while it runs the last good one stays',
    observe: 'exit code and message; config_reloads_total, config_last_reload_successful',
    tests: [
      {
        file: 'test/stages/config-watch.test.ts',
        title: 'a file under constant change is never read half, and its end is taken',
      },
      {
        file: 'test/e2e/reload.test.ts',
        title: 'a file with faults changes nothing and names them',
      },
      {
        file: 'test/config/load.test.ts',
        title: 'a file that cannot be used says so, and nothing is guessed about its content',
      },
    ],
    scenarios: [
      {
        variant: 'while it runs',
        settings: async (scene: Scene) => ({
          config: scene.file('live.yaml', goodText(scene)),
          HOLDFAST_RELOAD_WATCH_MS: '100',
        }),
        run: damageWhileRunning,
      },
      {
        variant: 'at the start',
        async run(scene: Scene) {
          const whole = `upstream: "http://127.0.0.1:${scene.wire.port}"\ncapture:\n  enabled: true\n  budget_bytes: 67108864\nlisten: 127.0.0.1:0\nadmin: 127.0.0.1:0\nunknown_key_at_the_end: 1\n`
          const texts = [
            '',
            '[',
            'upstream: 1\n',
            whole,
            ...Array.from({ length: 3 }, () => whole.slice(0, 3 + scene.random.below(40))),
          ]
          for (const [i, text] of texts.entries()) {
            const file = scene.file(`damaged-${i}.yaml`, text)
            const { code, said } = await serve(['--config', file])
            scene.injected(code === 2 ? 1 : 0, `refusals of ${JSON.stringify(text)}`)
            scene.expect(code === 2, `a damaged file ended with ${code}: ${JSON.stringify(text)}`)
            scene.expect(
              said.length > 10 && !said.includes('    at '),
              `it said ${JSON.stringify(said)}`,
            )
          }
          const gone = await serve(['--config', `${scene.folder}/is-not-there.yaml`])
          scene.expect(gone.code === 2, `a missing file ended with ${gone.code}`)
          scene.note(`${texts.length + 1} files refused`)
        },
      },
    ],
  },
  {
    id: 'F35',
    name: 'patterns without end',
    injects: 'patterns of suites that repeat without a bound',
    promise: 'refused as the suite is read',
    observe: 'the message',
    missing: 'no rule of an operator is a pattern; those of suites are the only ones',
    tests: [
      {
        file: 'test/probe/pattern.test.ts',
        title: 'what repeats without end, refers back or has too many ways is refused',
      },
    ],
  },
  {
    id: 'F37',
    name: 'the upstream is holdfast itself; two in a chain',
    injects:
      'an upstream that resolves to an own listener; a second holdfast in front of the first',
    promise: 'refused at the start; through a chain bytes are identical, and each counts its own',
    observe: 'exit code; exchanges_total of both',
    tests: [
      {
        file: 'test/config/own-listener.test.ts',
        title: 'an upstream that is an own listener is refused however it is written',
      },
      {
        file: 'test/proxy/capture.test.ts',
        title: 'a probe passes, is counted, and is neither sampled nor held',
      },
    ],
    scenarios: [
      {
        variant: 'a chain of two',
        async run(scene: Scene) {
          const outer = await scene.startAnother({
            upstream: `http://127.0.0.1:${scene.holdfast.port}`,
          })
          const total = Math.max(5, Math.round(100 * scene.scale.factor))
          let ok = 0
          for (let i = 0; i < total; i++) {
            const { outcome } = await scene.ask({ port: outer.port })
            if (outcome.kind === 'ok') ok++
          }
          const counted = await outer.metric('holdfast_exchanges_total', { outcome: 'complete' })
          scene.expect(ok === total, `I2: ${ok} of ${total} identical through two`)
          scene.injected(counted, 'exchanges through both')
          scene.expect(counted === total, `the outer one counts ${counted} of ${total}`)
          const marked = await scene.metric('holdfast_probe_exchanges_total')
          scene.expect(marked === 0, `${marked} of them look like probes`)
          const { code } = await outer.stop()
          scene.expect(code === 0, `the outer one ended with ${code}`)
          const self = await serve([
            '--upstream',
            'http://localhost:18787',
            '--listen',
            '127.0.0.1:18787',
          ])
          scene.expect(self.code === 2, `an upstream that is itself ended with ${self.code}`)
          scene.note(`${ok} of ${total} identical through two`)
        },
      },
    ],
  },
]

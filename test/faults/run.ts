/** `npm run faults`: breaks holdfast on purpose and says what held. */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { faults } from './faults.ts'
import { runReference } from './reference.ts'
import { durationMs, soak } from './soak.ts'
import { type Run, runScenario } from './support/run-scenario.ts'
import {
  type Planned,
  planOf,
  type SetName,
  type Skipped,
  scaleOf,
  seedsOf,
} from './support/sets.ts'
import { document, runTable } from './support/table.ts'

const help = `Usage: npm run faults -- [options]

  --smoke           the set of ten minutes, one seed
  --commit          the set of a minute, one seed, a small load
  --seeds N         runs of each way of each fault (3; 1 with a smaller set); 2-3: the second and the third
  --only F03,F07    these faults only; "F23 2 restarts": one way of one
  --clients N       clients of the load (40; a smaller machine may need less)
  --shared          the machine has other work: bounds of time as in the smaller sets
  --reference       the same load straight, through nginx and through HAProxy, and nothing else
  --soak 20m        a long run with faults at moments that are drawn, and nothing else
  --json FILE       everything that was found
  --from FILE,...   no run: the table of earlier --json files
  --write           docs/faults.md
  --help            this

Exit code 1 when a promise did not hold.
`

const { values } = parseArgs({
  options: {
    smoke: { type: 'boolean', default: false },
    commit: { type: 'boolean', default: false },
    seeds: { type: 'string' },
    only: { type: 'string' },
    clients: { type: 'string' },
    shared: { type: 'boolean', default: false },
    reference: { type: 'boolean', default: false },
    soak: { type: 'string' },
    json: { type: 'string' },
    from: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

// What was started ends with this process, however it is ended.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))

if (values.help) process.stdout.write(help)
else if (values.soak !== undefined)
  process.exitCode = await soak(durationMs(values.soak), Number(values.clients ?? 16))
else await main()

async function main(): Promise<void> {
  const set: SetName = values.commit ? 'commit' : values.smoke ? 'smoke' : 'full'
  const plan = planOf({
    set,
    seeds: seedsOf(values.seeds ?? (set === 'full' ? '3' : '1')),
    only: values.only === undefined ? [] : values.only.split(','),
  })
  const scale = {
    ...scaleOf[set],
    clients: Number(values.clients ?? scaleOf[set].clients),
    isShared: scaleOf[set].isShared || values.shared,
  }
  const from = performance.now()
  const runs: Run[] = []
  if (values.from === undefined && !values.reference) {
    for (const { fault, scenario, seed } of plan.runs) {
      const run = await runScenario(fault, scenario, seed, scale)
      runs.push(run)
      say(run)
      if (values.json !== undefined) save(values.json, { runs, minutes: minutesSince(from) })
    }
    for (const { fault, variant, reason } of plan.skipped) {
      process.stdout.write(`${fault} ${variant}: not run: ${reason}\n`)
    }
  }
  let minutes = minutesSince(from)
  for (const file of values.from?.split(',') ?? []) {
    const saved = JSON.parse(readFileSync(file, 'utf8')) as { runs: Run[]; minutes: number }
    for (const run of saved.runs) replace(runs, run)
    minutes += saved.minutes
  }
  const reference = values.reference || values.write ? await runReference() : []
  for (const { target, requests, failed } of reference) {
    process.stdout.write(`${target}: ${failed} of ${requests} failed\n`)
  }
  process.stdout.write(`\n${runTable(runs)}\n`)
  const bad = runs.filter(({ violations }) => violations.length > 0).length
  process.stdout.write(`\n${runs.length} runs, ${bad} with a promise that did not hold\n`)
  if (values.write) {
    const text = document(
      {
        command: commandText(),
        date: new Date().toISOString().slice(0, 10),
        clients: values.clients ?? String(scale.clients),
        machine: `Node ${process.version}, ${cpus().length} cores shared with the model, the load and other work (load average ${loadavg()[0]?.toFixed(0)} at the end)`,
        minutes,
        runs,
        skipped: [...plan.skipped, ...notAmong(plan.runs, runs)],
        reference,
      },
      faults,
    )
    writeFileSync('docs/faults.md', text)
  }
  const worse = Math.max(
    0,
    ...reference.filter(({ target }) => target === 'holdfast').map(({ failed }) => failed),
  )
  if (bad > 0 || worse > 0) process.exitCode = 1
}

function say({ fault, variant, seed, requests, violations, notes, seconds }: Run): void {
  const verdict = violations.length === 0 ? 'held' : `NOT HELD: ${violations.join('; ')}`
  const figures = notes.length === 0 ? '' : ` (${notes.join('; ')})`
  process.stdout.write(
    `${fault} ${variant}, seed ${seed}: ${verdict}${figures}, ${requests} requests, ${seconds.toFixed(1)} s\n`,
  )
}

function commandText(): string {
  const set = values.commit ? ' --commit' : values.smoke ? ' --smoke' : ''
  const seeds = values.seeds === undefined ? '' : ` --seeds ${values.seeds}`
  const words = `npm run faults --${set}${seeds}`
  if (values.from === undefined) return `${words} --write`
  return `${words} --json FILE, in parts, put together by --from`
}

/** Ways of faults of which these runs hold none. */
function notAmong(planned: readonly Planned[], runs: readonly Run[]): Skipped[] {
  return planned
    .filter(({ seed }) => seed === 1)
    .filter(
      ({ fault, scenario }) =>
        !runs.some((run) => run.fault === fault.id && run.variant === scenario.variant),
    )
    .map(({ fault, scenario }) => ({
      fault: fault.id,
      variant: scenario.variant,
      reason: 'not part of this run',
    }))
}

/** A run that was repeated counts once, as it came out last. */
function replace(runs: Run[], run: Run): void {
  const same = runs.findIndex(
    ({ fault, variant, seed }) =>
      fault === run.fault && variant === run.variant && seed === run.seed,
  )
  if (same < 0) runs.push(run)
  else runs[same] = run
}

function minutesSince(from: number): number {
  return (performance.now() - from) / 60_000
}

function save(file: string, found: { runs: readonly Run[]; minutes: number }): void {
  writeFileSync(file, `${JSON.stringify(found, null, 2)}\n`)
}

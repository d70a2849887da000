/**
 * `npm run bench`: what holdfast costs beside other proxies, all in one run. Rounds are interleaved, so
 * a machine that gets slower gets slower for all; the table gives medians over the rounds and ratios.
 *
 *   npm run bench [-- --rounds 5 --seconds 3 --json FILE]
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { load } from './load.ts'
import { type Figures, figuresOf } from './process-figures.ts'
import { startTargets, startUpstream, type Target } from './targets.ts'
import { type Workload, workloads } from './workloads.ts'

interface Row {
  workload: string
  target: string
  requests: number
  failures: number
  /** Microseconds of CPU per request: the whole process, and its main thread. */
  cpu: number | undefined
  mainCpu: number | undefined
  p50: number
  p99: number
  firstByteP50: number
  firstByteP99: number
  rssMb: number | undefined
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    json: { type: 'string' },
  },
})

const upstream = await startUpstream()
const targets = [{ ...upstream, pid: undefined }, ...(await startTargets(upstream.port))]
const rows: Row[] = []
try {
  for (const target of targets)
    for (const workload of workloads) await load(target.port, workload, 500)
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const workload of workloads) {
      for (const target of targets) rows.push(await measure(target, workload))
    }
  }
} finally {
  for (const target of [upstream, ...targets]) target.stop()
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`)
print()

async function measure(target: Target, workload: Workload): Promise<Row> {
  const before = target.pid === undefined ? undefined : figuresOf(target.pid)
  const result = await load(target.port, workload, Number(values.seconds) * 1000)
  const after = target.pid === undefined ? undefined : figuresOf(target.pid)
  const perRequest = (read: (figures: Figures) => number): number | undefined =>
    before === undefined || after === undefined
      ? undefined
      : ((read(after) - read(before)) * 1e6) / result.requests
  return {
    workload: workload.name,
    target: target.name,
    requests: result.requests,
    failures: result.failures,
    cpu: perRequest((figures) => figures.cpu),
    mainCpu: perRequest((figures) => figures.mainCpu),
    p50: quantile(result.total, 0.5),
    p99: quantile(result.total, 0.99),
    firstByteP50: quantile(result.firstByte, 0.5),
    firstByteP99: quantile(result.firstByte, 0.99),
    rssMb: after?.rssMb,
  }
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
}

function print(): void {
  const out = (line: string): void => void process.stdout.write(`${line}\n`)
  for (const { name } of workloads) {
    const of = (target: string, read: (row: Row) => number | undefined): number | undefined => {
      const found = rows.flatMap((row) => {
        const value = row.workload === name && row.target === target ? read(row) : undefined
        return value === undefined ? [] : [value]
      })
      return found.length === 0 ? undefined : quantile(found, 0.5)
    }
    const text = (value: number | undefined, digits = 0): string => value?.toFixed(digits) ?? '-'
    const added = (target: string, read: (row: Row) => number): string =>
      text((of(target, read) ?? Number.NaN) - (of('direct', read) ?? Number.NaN), 2)
    const off = of('holdfast, capture off', (row) => row.mainCpu)
    const nginx = of('nginx', (row) => row.cpu)
    out(`\n## ${name}\n`)
    out(
      '| through | req/s | CPU us/request | of it main thread | main / capture off | CPU / nginx | added p50 ms | added p99 ms | added first byte p50 ms | p99 ms | RSS MB | failures |',
    )
    out('|---|---|---|---|---|---|---|---|---|---|---|---|')
    for (const { name: target } of targets) {
      const cpu = of(target, (row) => row.cpu)
      const main = of(target, (row) => row.mainCpu)
      const ratio = (a: number | undefined, b: number | undefined): string =>
        a === undefined || b === undefined ? '-' : (a / b).toFixed(2)
      const cells = [
        target,
        text((of(target, (row) => row.requests) ?? 0) / Number(values.seconds)),
        text(cpu, 1),
        text(main, 1),
        ratio(main, off),
        ratio(cpu, nginx),
        added(target, (row) => row.p50),
        added(target, (row) => row.p99),
        added(target, (row) => row.firstByteP50),
        added(target, (row) => row.firstByteP99),
        text(of(target, (row) => row.rssMb)),
        String(
          rows
            .filter((row) => row.target === target && row.workload === name)
            .reduce((sum, row) => sum + row.failures, 0),
        ),
      ]
      out(`| ${cells.join(' | ')} |`)
    }
  }
}

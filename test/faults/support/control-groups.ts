/** Control groups of version 1 or 2 for one run, where this machine lets us make them. */
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { pause } from './load.ts'

export interface ControlGroup {
  /** Of a shell: joins before it goes on. */
  joinLine: string
  /** How often the kernel ended a process of the group for memory. */
  killed(): number
  /** How often the kernel made the group wait for its share of the processor. */
  throttled(): number
  remove(): Promise<void>
}

const v1 = '/sys/fs/cgroup'
const v2 = '/sys/fs/cgroup'
const isV2 = existsSync(`${v2}/cgroup.controllers`)

let count = 0

function make(controller: 'memory' | 'cpu'): string {
  const base = isV2 ? v2 : `${v1}/${controller}`
  const path = `${base}/holdfast-faults-${process.pid}-${count++}`
  mkdirSync(path)
  return path
}

function group(path: string): ControlGroup {
  return {
    joinLine: `echo $$ > ${path}/cgroup.procs`,
    killed() {
      const file = `${path}/${isV2 ? 'memory.events' : 'memory.oom_control'}`
      return Number(/oom_kill (\d+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? 0)
    },
    throttled() {
      return Number(/nr_throttled (\d+)/.exec(readFileSync(`${path}/cpu.stat`, 'utf8'))?.[1] ?? 0)
    },
    async remove() {
      for (let tries = 0; tries < 50; tries++) {
        try {
          rmdirSync(path)
          return
        } catch {
          await pause(100)
        }
      }
    },
  }
}

export function memoryGroup(bytes: number): ControlGroup {
  const path = make('memory')
  writeFileSync(`${path}/${isV2 ? 'memory.max' : 'memory.limit_in_bytes'}`, String(bytes))
  return group(path)
}

/** @param share of one core */
export function cpuGroup(share: number): ControlGroup {
  const path = make('cpu')
  const quota = Math.round(share * 100_000)
  if (isV2) writeFileSync(`${path}/cpu.max`, `${quota} 100000`)
  else writeFileSync(`${path}/cpu.cfs_quota_us`, String(quota))
  return group(path)
}

/** Whether both kinds can be made here. */
export function mayMakeGroups(): boolean {
  try {
    for (const made of [make('memory'), make('cpu')]) {
      const usable = ['memory.limit_in_bytes', 'cpu.cfs_quota_us', 'memory.max', 'cpu.max']
      const found = usable.some((name) => existsSync(`${made}/${name}`))
      rmdirSync(made)
      if (!found) return false
    }
    return true
  } catch {
    return false
  }
}

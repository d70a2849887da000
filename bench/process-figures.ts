/** What the kernel says a process and its main thread have used (Linux /proc). */
import { readFileSync } from 'node:fs'

const ticksPerSecond = 100

export interface Figures {
  /** CPU seconds, user and system, all threads. */
  cpu: number
  /** The same of the main thread alone. */
  mainCpu: number
  rssMb: number
}

export function figuresOf(pid: number): Figures {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return {
    cpu: cpuSeconds(`/proc/${pid}/stat`),
    mainCpu: cpuSeconds(`/proc/${pid}/task/${pid}/stat`),
    rssMb: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024,
  }
}

function cpuSeconds(file: string): number {
  const text = readFileSync(file, 'utf8')
  // The name in parentheses may hold spaces; user and system ticks are the 12th and 13th after it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/**
 * The memory this process may use before the kernel ends it: the smallest limit of its control group
 * and of every group above it, in version 2 or 1. In a container the group's own path may not be
 * visible; the root of the mount is then the container's group, and the walk ends there.
 */
import { readFileSync } from 'node:fs'

/** Undefined: there is no such file. */
export type ReadText = (path: string) => string | undefined

const hierarchies = [
  { line: /^0::(.*)$/m, mount: '/sys/fs/cgroup', file: 'memory.max' },
  {
    line: /^\d+:(?:[^:\n]*,)?memory(?:,[^:\n]*)?:(.*)$/m,
    mount: '/sys/fs/cgroup/memory',
    file: 'memory.limit_in_bytes',
  },
] as const

/** @returns bytes; undefined: nothing limits it, or nothing says so */
export function readMemoryLimit(read: ReadText = readText): number | undefined {
  const groups = read('/proc/self/cgroup') ?? ''
  let limit: number | undefined
  for (const { line, mount, file } of hierarchies) {
    const path = line.exec(groups)?.[1]
    if (path === undefined) continue
    for (const group of withAncestors(path)) {
      const bytes = bytesOf(read(`${mount}${group}/${file}`))
      if (bytes !== undefined && (limit === undefined || bytes < limit)) limit = bytes
    }
  }
  return limit
}

/** '/a/b' -> '/a/b', '/a', ''. */
function withAncestors(path: string): string[] {
  const names = path.split('/').filter((name) => name !== '')
  return [...names.keys(), names.length].reverse().map((depth) =>
    names
      .slice(0, depth)
      .map((name) => `/${name}`)
      .join(''),
  )
}

/** Version 2 writes `max` where there is no limit, version 1 the largest number of pages. */
function bytesOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d+\n?$/.test(text)) return undefined
  const bytes = Number(text)
  return bytes > 0 && bytes < Number.MAX_SAFE_INTEGER ? bytes : undefined
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

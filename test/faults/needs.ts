/** What a scenario needs of the machine, and what to say where it is not there. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { Need } from './fault.ts'
import { mayMakeGroups } from './support/control-groups.ts'

const runs = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0

export const faketimeLibrary: string | undefined = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/faketime/libfaketime.so.1',
].find((path) => existsSync(path))

const checks: Record<Need, { here(): boolean; otherwise: string }> = {
  redis: {
    here: () => runs('redis-server', '--version'),
    otherwise: 'redis-server is not installed: apt-get install redis-server',
  },
  haproxy: {
    here: () => runs('haproxy', '-v'),
    otherwise: 'haproxy is not installed: apt-get install haproxy',
  },
  faketime: {
    here: () => faketimeLibrary !== undefined,
    otherwise: 'libfaketime is not installed: apt-get install faketime',
  },
  cgroups: {
    here: mayMakeGroups,
    otherwise: 'control groups cannot be made here: needs root and a writable /sys/fs/cgroup',
  },
  prlimit: {
    here: () => runs('prlimit', '--version'),
    otherwise: 'prlimit is not installed: apt-get install util-linux',
  },
  netns: {
    here: () => runs('nft', '--version') && runs('unshare', '-n', 'true'),
    otherwise: 'network namespaces cannot be made here: needs root, iproute2 and nftables',
  },
}

const known = new Map<Need, boolean>()

/** The reason for which it cannot run here; undefined: it can. */
export function missingNeed(needs: readonly Need[] = []): string | undefined {
  for (const need of needs) {
    const here = known.get(need) ?? checks[need].here()
    known.set(need, here)
    if (!here) return checks[need].otherwise
  }
  return undefined
}

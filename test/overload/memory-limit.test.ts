import t from 'tap'
import { readMemoryLimit } from '../../src/overload/memory-limit.ts'

const reader =
  (files: Readonly<Record<string, string>>) =>
  (path: string): string | undefined =>
    files[path]

t.test('the smallest limit of the group and of those above it, version 2', async (t) => {
  const files = {
    '/proc/self/cgroup': '0::/kubepods/pod1/app\n',
    '/sys/fs/cgroup/kubepods/pod1/app/memory.max': 'max\n',
    '/sys/fs/cgroup/kubepods/pod1/memory.max': '268435456\n',
    '/sys/fs/cgroup/kubepods/memory.max': '8589934592\n',
  }
  t.equal(readMemoryLimit(reader(files)), 268_435_456)
})

t.test('version 1, beside other controllers and an unlimited version 2', async (t) => {
  const files = {
    '/proc/self/cgroup': '5:cpu,cpuacct:/\n4:memory:/docker/abc\n0::/\n',
    '/sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes': '134217728\n',
    '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
  }
  t.equal(readMemoryLimit(reader(files)), 134_217_728)
})

t.test('in a container that sees its own group only as the root of the mount', async (t) => {
  const files = {
    '/proc/self/cgroup': '4:memory:/docker/not-visible-here\n',
    '/sys/fs/cgroup/memory/memory.limit_in_bytes': '536870912\n',
  }
  t.equal(readMemoryLimit(reader(files)), 536_870_912)
})

t.test('no group, no limit, or a file that says something else: unknown', async (t) => {
  t.equal(readMemoryLimit(reader({})), undefined)
  for (const text of ['max\n', '9223372036854771712\n', '', '0\n', '-1\n', '12 MB\n']) {
    const files = { '/proc/self/cgroup': '0::/a\n', '/sys/fs/cgroup/a/memory.max': text }
    t.equal(readMemoryLimit(reader(files)), undefined, JSON.stringify(text))
  }
})

t.test('this machine is read without an error', async (t) => {
  const limit = readMemoryLimit()
  t.ok(limit === undefined || limit > 0, String(limit))
})

/** The rights that docs/state.md tells operators to grant, as arguments of ACL SETUSER. */
import { readFileSync } from 'node:fs'

export function aclLine(kind: 'plain' | 'cluster', password: string): string[] {
  const text = readFileSync('docs/state.md', 'utf8')
  const lines = [...text.matchAll(/^user (holdfast on >PASSWORD .*)$/gm)].map(([, line]) => line)
  const line = lines[kind === 'plain' ? 0 : 1]
  if (lines.length !== 2 || line === undefined) throw new Error('docs/state.md has two ACL lines')
  return line.split(' ').map((word) => (word === '>PASSWORD' ? `>${password}` : word))
}

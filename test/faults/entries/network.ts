/** F36: a network that loses, narrows and parts, between namespaces of its own. */
import { spawnSync } from 'node:child_process'
import type { Fault, Scenario } from '../fault.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { pause } from '../support/load.ts'
import type { Scene } from '../support/scene.ts'

let count = 0

interface Link {
  name: string
  here: string
  there: string
  inside: (...command: string[]) => void
}

const links = new WeakMap<Scene, Link>()

function run(...[command = '', ...args]: string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
}

/** A namespace with holdfast in it; the model and the clients stay outside. */
function makeLink(scene: Scene): Link {
  const number = (process.pid + count++) % 250
  const name = `hf${process.pid % 10_000}x${count}`
  const [here, there] = [`10.199.${number}.1`, `10.199.${number}.2`]
  run('ip', 'netns', 'add', name)
  scene.onEnd(() => run('ip', 'netns', 'del', name))
  run('ip', 'link', 'add', `${name}a`, 'type', 'veth', 'peer', 'name', `${name}b`)
  run('ip', 'link', 'set', `${name}b`, 'netns', name)
  run('ip', 'addr', 'add', `${here}/24`, 'dev', `${name}a`)
  run('ip', 'link', 'set', `${name}a`, 'up')
  const inside = (...command: string[]): void => run('ip', 'netns', 'exec', name, ...command)
  inside('ip', 'addr', 'add', `${there}/24`, 'dev', `${name}b`)
  inside('ip', 'link', 'set', `${name}b`, 'up')
  inside('ip', 'link', 'set', 'lo', 'up')
  inside('nft', 'add table inet faults')
  inside('nft', 'add chain inet faults in { type filter hook input priority 0; }')
  return { name, here, there, inside }
}

/** holdfast is reached through relays on 127.0.0.1, the model from the namespace through another. */
async function settings(scene: Scene): Promise<Readonly<Record<string, string>>> {
  const link = makeLink(scene)
  links.set(scene, link)
  const toModel = await startFaultProxy({ port: scene.wire.port, listenHost: link.here })
  scene.onEnd(() => toModel.close())
  scene.wrap([`exec ip netns exec ${link.name} ${process.execPath} "$@"`])
  return {
    upstream: `http://${link.here}:${toModel.port}`,
    listen: `${link.there}:0`,
    admin: `${link.there}:0`,
  }
}

async function relayed(scene: Scene): Promise<void> {
  const { there } = linkOf(scene)
  const { port, adminPort } = scene.holdfast
  const [data, admin] = await Promise.all(
    [port, adminPort].map((one) => startFaultProxy({ host: there, port: one })),
  )
  if (data === undefined || admin === undefined) return
  scene.onEnd(() => data.close())
  scene.onEnd(() => admin.close())
  scene.relay(data.port, admin.port)
}

function linkOf(scene: Scene): Link {
  const link = links.get(scene)
  if (link === undefined) throw new Error('this run has no link')
  return link
}

const network = (
  variant: string,
  ms: number,
  begin: (link: Link) => void,
  end: (link: Link) => void,
): Scenario => ({
  variant,
  needs: ['netns'],
  settings,
  started: relayed,
  async run(scene) {
    const link = linkOf(scene)
    const asked = scene.load.asked().length
    begin(link)
    await pause(ms * scene.scale.factor)
    scene.injected(seen(link), 'packets that the kernel dropped or made wait')
    end(link)
    await pause(2000)
    scene.note(`${scene.load.asked().length - asked} requests over the link`)
  },
})

/** Of the rules of the link, by the counters of the kernel. */
function seen({ name }: Link): number {
  const said = (...args: string[]): string =>
    spawnSync('ip', ['netns', 'exec', name, ...args], { encoding: 'utf8' }).stdout
  const dropped = /counter packets (\d+)/.exec(said('nft', 'list chain inet faults in'))?.[1]
  const late = /overlimits (\d+)/.exec(said('tc', '-s', 'qdisc', 'show', 'dev', `${name}b`))?.[1]
  return Number(dropped ?? 0) + Number(late ?? 0)
}

const flush = ({ inside }: Link): void => inside('nft', 'flush chain inet faults in')
const lose =
  (percent: number) =>
  ({ inside }: Link): void => {
    const chance = percent < 100 ? `numgen random mod 100 < ${percent} ` : ''
    inside('nft', `add rule inet faults in iif != lo ${chance}counter drop`)
  }

export const networkFaults: readonly Fault[] = [
  {
    id: 'F36',
    name: 'the network loses, narrows and parts',
    injects:
      'loss of 5 % and 30 %, 2 Mbit/s, a partition of 5 s, between namespaces, on the links of clients and model at once',
    promise: 'late, and never failed or changed',
    observe: 'counts and digests of the clients',
    scenarios: [
      network('loss of 5 %', 6000, lose(5), flush),
      network('loss of 30 %', 4000, lose(30), flush),
      network('a partition of 5 s', 5000, lose(100), flush),
      network(
        '2 Mbit/s',
        5000,
        ({ inside, name }) =>
          inside(
            'tc',
            'qdisc',
            'add',
            'dev',
            `${name}b`,
            'root',
            'tbf',
            'rate',
            '2mbit',
            'burst',
            '32kb',
            'latency',
            '400ms',
          ),
        ({ inside, name }) => inside('tc', 'qdisc', 'del', 'dev', `${name}b`, 'root'),
      ),
    ],
  },
]

import t from 'tap'
import { createKeyedHash } from '../../src/enrich/keyed-hash.ts'
import { identifier, metadataIdentity, userKeyOf } from '../../src/enrich/user-identity.ts'
import { noIdentity } from './exchange-example.ts'

const session = '0f0e0d0c-1111-4222-8333-444455556666'

void t.test(
  'a coding agent’s user id: the session names the conversation, the rest the user',
  (t) => {
    t.same(metadataIdentity(`user_ab12_account_cd34_session_${session}`), {
      user: 'user_ab12_account_cd34',
      session,
    })
    t.end()
  },
)

void t.test('the JSON form of the same', (t) => {
  const json = JSON.stringify({ device_id: 'd', account_uuid: 'a', session_id: session })
  t.same(metadataIdentity(json), { user: 'a', session })
  t.same(metadataIdentity(JSON.stringify({ device_id: 'd', session_id: session })), {
    user: 'd',
    session,
  })
  t.end()
})

void t.test('a plain user id names no conversation', (t) => {
  t.same(metadataIdentity('user-7'), { user: 'user-7', session: undefined })
  t.same(metadataIdentity('{not json'), { user: '{not json', session: undefined })
  t.end()
})

void t.test('absent, endless or not an object: nothing', (t) => {
  const nothing = { user: undefined, session: undefined }
  t.same(metadataIdentity(undefined), nothing)
  t.same(metadataIdentity('x'.repeat(5_000)), nothing)
  t.same(metadataIdentity('{}'), nothing)
  t.same(metadataIdentity('{"session_id": 7, "__proto__": {"session_id": "x"}}'), nothing)
  t.end()
})

void t.test('blank identifiers are none, long ones are cut', (t) => {
  t.equal(identifier('  '), undefined)
  t.equal(identifier(' a '), 'a')
  t.equal(identifier('a'.repeat(2_000))?.length, 512)
  t.end()
})

void t.test('user key: safety identifier before user before metadata, and never the value', (t) => {
  const hash = createKeyedHash('s', 'user')
  const all = { ...noIdentity, safetyIdentifier: 'a', user: 'b', metadataUserId: 'c' }
  t.equal(userKeyOf(all, hash), hash('a'))
  t.equal(userKeyOf({ ...all, safetyIdentifier: undefined }, hash), hash('b'))
  t.equal(userKeyOf({ ...noIdentity, metadataUserId: `u_session_${session}` }, hash), hash('u'))
  t.equal(userKeyOf(noIdentity, hash), undefined)
  t.end()
})

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

const kid = 'key-1';

/** An issuer of tokens on this machine: its key set is served over http, as the emulator serves a user pool's. */
export async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const stranger = await generateKeyPair('RS256');
  const keySet = JSON.stringify({
    keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' }],
  });
  const state = { status: 200, body: keySet, requests: 0 };
  const server = createServer((request, response) => {
    state.requests += 1;
    const known = ['/pool/.well-known/jwks.json', '/pool/certs'].includes(request.url ?? '');
    response.writeHead(known ? state.status : 404).end(known ? state.body : 'not here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const issuer = 'https://issuer.example.com/pool';

  /** Signs claims over those of a good token; `undefined` takes a claim away. */
  const sign = (
    claims: { [claim in keyof JWTPayload]: JWTPayload[claim] | undefined } = {},
    { key = privateKey, keyId = kid } = {},
  ): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    const payload = { iss: issuer, sub: 'rose', client_id: 'app', iat: now, exp: now + 3600, ...claims };
    // An undefined claim is left out of the JSON.
    return new SignJWT(payload as JWTPayload).setProtectedHeader({ alg: 'RS256', kid: keyId }).sign(key);
  };
  return {
    issuer,
    endpoint: `http://127.0.0.1:${port}`,
    state,
    sign,
    strangersKey: stranger.privateKey,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

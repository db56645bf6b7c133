// An identity provider, as its own process: `node provider.mjs PORT REDIRECT`. Whoever types a name of PEOPLE is that person; the
// button "Không đồng ý" is the person's no. It speaks the protocol by the library that many providers run.
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const [port, redirect] = process.argv.slice(2);

/** Level and claims of each person. */
const PEOPLE = {
  moi: { name: 'Lê Thị Định Danh', citizen_id: '998195010001', muc: 2, phone_number: '0905 123 456' },
  chiem: { name: 'Lê Thị Có Thẻ', citizen_id: '998195010002', muc: '2' },
  'muc-mot': { name: 'Lê Thị Mức Một', citizen_id: '998195010003', muc: '1' },
  'muc-mot-khac': { name: 'Lê Thị Mức Một', citizen_id: '998195010003', muc: '1' },
  'tu-dang-ky': { name: 'Lê Thị Tự Đăng Ký', citizen_id: '998195010004', muc: '2' },
  thieu: { name: 'Lê Thị Thiếu', muc: '2' },
};

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: 'motcua', client_secret: 'bi-mat-cua-phep-thu-0123456789', redirect_uris: [redirect] }],
  claims: { openid: ['sub'], profile: ['name', 'citizen_id', 'muc'], phone: ['phone_number'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/nguoi/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) }),
  // Who signed in agreed: only the button of the no stands apart.
  async loadExistingGrant({ oidc }) {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope('openid profile phone');
    await grant.save();
    return grant;
  },
  cookies: { keys: ['mot-khoa-cua-phep-thu'] },
});

const speak = provider.callback();

async function person(request, response) {
  if (request.method !== 'POST') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    return response.end(`<!doctype html><title>Định danh</title><h1>Định danh thử</h1><form method="post">
      <label>Tên <input name="ten"></label><button>Đồng ý</button><button name="khong" value="1">Không đồng ý</button></form>`);
  }
  let body = '';
  for await (const part of request) {
    body += part;
  }
  const form = new URLSearchParams(body);
  const no = { error: 'access_denied', error_description: 'the person said no' };
  const result = form.has('khong') ? no : { login: { accountId: form.get('ten') } };
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

createServer((request, response) => {
  if (!request.url.startsWith('/nguoi/')) {
    return speak(request, response);
  }
  return person(request, response).catch((error) => response.writeHead(500).end(String(error)));
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));

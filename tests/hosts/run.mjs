// node run.mjs SITE_DIR – real nginx, Apache and Python's server, each at the root and under a deep sub-path: every published file comes as
// it was written, with the security headers where the host reads ours. The site was built with `comprimidos` and `cabeceras`.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

const [site] = process.argv.slice(2);
if (!site) {
  console.error('usage: node run.mjs SITE_DIR');
  process.exit(2);
}

const manifest = JSON.parse(readFileSync(join(site, 'micrositio.json'), 'utf8'));
const work = mkdtempSync(join(tmpdir(), 'hosts-'));
chmodSync(work, 0o755); // the hosts read as another user
const failures = [];
const fail = (where, message) => failures.push(`${where}: ${message}`);

/** The document root: the site itself at the root, or below `sub`. */
function rootWith(sub) {
  const root = join(work, sub ? 'below' : 'top');
  mkdirSync(join(root, dirname(sub || 'x')), { recursive: true });
  if (sub) cpSync(site, join(root, sub), { recursive: true });
  else {
    rmSync(root, { recursive: true });
    symlinkSync(site, root);
  }
  return root;
}

const freePort = () =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const HOSTS = {
  nginx(root, port, sub) {
    const dir = mkdtempSync(join(work, 'nginx-'));
    const location = sub ? `/${sub}/` : '/';
    writeFileSync(
      join(dir, 'nginx.conf'),
      `daemon off; pid ${dir}/pid; error_log ${dir}/error.log; worker_processes 1;
       events {} http { include /etc/nginx/mime.types; access_log off; client_body_temp_path ${dir}/b; proxy_temp_path ${dir}/p;
       fastcgi_temp_path ${dir}/f; uwsgi_temp_path ${dir}/u; scgi_temp_path ${dir}/s;
       server { listen 127.0.0.1:${port}; root ${root}; location ${location} { include ${join(root, sub, 'servidor/nginx.conf')}; } } }`,
    );
    return spawn('/usr/sbin/nginx', ['-e', `${dir}/error.log`, '-p', dir, '-c', join(dir, 'nginx.conf')], { stdio: 'inherit' });
  },
  apache(root, port) {
    const dir = mkdtempSync(join(work, 'apache-'));
    const modules = ['mpm_event', 'authz_core', 'dir', 'mime', 'headers', 'rewrite'];
    const load = modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n');
    const user = process.getuid?.() === 0 ? 'User www-data\nGroup www-data\n' : '';
    writeFileSync(
      join(dir, 'httpd.conf'),
      `${load}\n${user}ServerRoot ${dir}\nServerName localhost\nListen 127.0.0.1:${port}\nPidFile ${dir}/pid\nErrorLog ${dir}/error.log\nTypesConfig /etc/mime.types
       DocumentRoot ${root}\n<Directory ${work}>\nRequire all granted\n</Directory>\n<Directory ${root}>\nAllowOverride All\nOptions FollowSymLinks\nRequire all granted\n</Directory>
       <Directory ${site}>\nAllowOverride All\nOptions FollowSymLinks\nRequire all granted\n</Directory>\n`,
    );
    return spawn('/usr/sbin/apache2', ['-d', dir, '-f', join(dir, 'httpd.conf'), '-DFOREGROUND'], { stdio: 'inherit' });
  },
  python(root, port) {
    return spawn('python3', ['-m', 'http.server', String(port), '--bind', '127.0.0.1', '--directory', root], { stdio: 'ignore' });
  },
};

/** Status, headers and bytes; nothing is decoded. */
const get = (url, encoding) =>
  new Promise((resolve, reject) => {
    http
      .get(url, { agent, headers: encoding ? { 'accept-encoding': encoding } : {} }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
      })
      .on('error', reject);
  });
const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });

async function ready(url) {
  for (let i = 0; i < 100; i++) {
    if (await get(url).then((a) => a.status === 200, () => false)) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const DECODE = { gzip: gunzipSync, br: brotliDecompressSync, undefined: (bytes) => bytes };

async function check(name, base) {
  const hidden = (path) => path.split('/').some((part) => part.startsWith('.'));
  const files = Object.entries(manifest.archivos).filter(([path]) => !hidden(path));
  await Promise.all(
    Array.from({ length: 8 }, async (_, worker) => {
      for (let i = worker; i < files.length; i += 8) {
        const [path, { sha256: hash }] = files[i];
        const { status, body } = await get(base + path);
        if (status !== 200 || sha256(body) !== hash) fail(name, `${path}: ${status}, not as written`);
      }
    }),
  );
  const missing = await get(`${base}no/existe.html`);
  if (missing.status !== 404) fail(name, `an address that does not exist gives ${missing.status}`);
  if (name.startsWith('python')) return files.length;
  const policy = 'content-security-policy';
  const page = await get(`${base}index.html`);
  if (!page.headers[policy]?.includes("frame-ancestors 'none'")) fail(name, `the home has the policy ${page.headers[policy]}`);
  if (page.headers['x-content-type-options'] !== 'nosniff') fail(name, 'the home has no nosniff');
  if (!page.headers['content-type']?.includes('text/html')) fail(name, `the home is ${page.headers['content-type']}`);
  for (const encoding of name.startsWith('nginx') ? ['gzip'] : ['gzip', 'br']) {
    for (const path of ['index.html', 'tema/estilos/sede.css', 'buscar/buscar.js']) {
      const { headers, body } = await get(base + path, encoding);
      const plain = headers['content-encoding'] === encoding ? DECODE[encoding](body) : undefined;
      if (!plain || sha256(plain) !== manifest.archivos[path].sha256) {
        fail(name, `${path} asked with ${encoding} comes with ${headers['content-encoding']}`);
      }
      if (headers['content-type'] !== (await get(base + path)).headers['content-type']) fail(name, `${path} in ${encoding} is ${headers['content-type']}`);
    }
  }
  return files.length;
}

let fetched = 0;
for (const sub of ['', 'tramites/2026/micrositio']) {
  const root = rootWith(sub);
  for (const [host, start] of Object.entries(HOSTS)) {
    const port = await freePort();
    const server = start(root, port, sub);
    const name = `${host}${sub ? ' below a path' : ''}`;
    const base = `http://127.0.0.1:${port}/${sub ? `${sub}/` : ''}`;
    if (await ready(`${base}index.html`)) fetched += await check(name, base);
    else fail(name, 'it does not answer');
    const gone = new Promise((done) => (server.exitCode === null ? server.once('exit', done) : done()));
    server.kill('SIGTERM');
    await gone;
  }
}
agent.destroy();
rmSync(work, { recursive: true, force: true });
for (const line of failures.slice(0, 40)) console.log(`FAIL ${line}`);
console.log(`${failures.length === 0 ? 'ok' : 'FAILED'}: ${fetched} files fetched from ${Object.keys(HOSTS).length} hosts, ${failures.length} failures`);
process.exitCode = failures.length === 0 ? 0 : 1;

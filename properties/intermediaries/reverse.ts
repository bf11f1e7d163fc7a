import type { Intermediary } from './intermediary.js';

/** Servers drop their rights when root starts them, and could not read a folder of root's then. */
const isRoot = process.getuid?.() === 0;

/**
 * nginx speaks HTTP/1.0 to the server behind it unless told otherwise, and takes Upgrade and Connection away, since both
 * are for one hop: three lines of configuration put them back. The path `/untold` has nginx's defaults.
 */
export const nginx: Intermediary = {
  name: 'nginx',
  kind: 'reverse',
  howToGet: 'apt-get install nginx-light',
  isRequired: true,
  versionCommand: ['nginx', '-v'],
  config: ({ port, upstream, nowhere, folder }) => `
daemon off;
${isRoot ? 'user root;' : ''}
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log;
events {}
http {
  access_log off;
  client_body_temp_path ${folder}/body;
  proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi;
  scgi_temp_path ${folder}/scgi;
  map $http_upgrade $connection_upgrade {
    default upgrade;
    ''      '';
  }
  server {
    listen 127.0.0.1:${port};
    proxy_http_version 1.1;
    proxy_set_header Host $http_host;
    proxy_set_header Upgrade $http_upgrade;
    proxy_set_header Connection $connection_upgrade;
    proxy_read_timeout 1h;
    location / { proxy_pass http://127.0.0.1:${upstream}; }
    location /down { proxy_pass http://127.0.0.1:${nowhere}; }
    location /untold {
      proxy_http_version 1.0;
      proxy_set_header Upgrade "";
      proxy_set_header Connection close;
      proxy_pass http://127.0.0.1:${upstream}/;
    }
  }
}
`,
  startCommand: (config, { folder }) => ['nginx', '-p', folder, '-e', `${folder}/error.log`, '-c', config],
  untold: '/untold',
  // It writes a Connection of its own and leaves alone what the old one named.
  timeoutFaults: [
    'both connection-token-missing',
    'connection-timeout-43201 connection-token-missing',
    'connection-timeout-43201 passed-on',
    'connection-timeout-86399 connection-token-missing',
    'upgrade connection-token-missing',
  ],
  statusWhenDown: 502,
};

/** HAProxy passes Upgrade in its mode http without being told. */
export const haproxy: Intermediary = {
  name: 'haproxy',
  kind: 'reverse',
  howToGet: 'apt-get install haproxy',
  isRequired: true,
  versionCommand: ['haproxy', '-v'],
  config: ({ port, upstream, nowhere }) => `
defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
  timeout tunnel 1h
frontend shared
  bind 127.0.0.1:${port}
  use_backend down if { path /down }
  default_backend up
backend up
  server one 127.0.0.1:${upstream}
backend down
  server none 127.0.0.1:${nowhere}
`,
  startCommand: (config) => ['haproxy', '-db', '-f', config],
  timeoutFaults: ['connection-timeout-43201 passed-on'],
  statusWhenDown: 503,
};

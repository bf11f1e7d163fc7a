import type { Intermediary } from './intermediary.js';

/** tinyproxy: a client asks it for a tunnel by CONNECT. Of what it passes on without one, it drops Upgrade. */
export const tinyproxy: Intermediary = {
  name: 'tinyproxy',
  kind: 'forward',
  howToGet: 'apt-get install tinyproxy-bin',
  isRequired: true,
  versionCommand: ['tinyproxy', '-v'],
  config: ({ port, folder }) => `
Port ${port}
Listen 127.0.0.1
Allow 127.0.0.1
Timeout 60
MaxClients 50
LogFile "${folder}/tinyproxy.log"
LogLevel Error
`,
  startCommand: (config) => ['tinyproxy', '-d', '-c', config],
  timeoutFaults: [],
  statusWhenDown: 500,
};

/** Squid: as tinyproxy. It needs much more memory and disk than the others, and so is no duty. */
export const squid: Intermediary = {
  name: 'squid',
  kind: 'forward',
  howToGet: 'apt-get install squid',
  isRequired: false,
  versionCommand: ['squid', '-v'],
  config: ({ port, folder }) => `
http_port 127.0.0.1:${port}
http_access allow all
access_log none
cache_log ${folder}/cache.log
pid_filename ${folder}/squid.pid
netdb_filename none
pinger_enable off
memory_cache_shared off
cache deny all
cache_mem 8 MB
coredump_dir ${folder}
visible_hostname localhost
shutdown_lifetime 0 seconds
`,
  startCommand: (config, { port }) => ['squid', '-N', '-n', `hybi${port}`, '-f', config],
  timeoutFaults: [],
  statusWhenDown: 503,
};

// A door into another network: what connects to the file ARGUMENT 1 is led to the port ARGUMENT 2 of this network's loopback.
import { connect, createServer } from 'node:net';

const [file, port] = process.argv.slice(2);
createServer((outside) => {
  const inside = connect({ host: '127.0.0.1', port: Number(port) });
  outside.pipe(inside).pipe(outside);
  for (const [one, other] of [[outside, inside], [inside, outside]]) one.on('error', () => other.destroy()).on('close', () => other.destroy());
}).listen(file);

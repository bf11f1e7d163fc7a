import { render } from 'preact';
import { createConnection } from '../../../model/index.js';
import { graphOf } from '../../graph.js';
import { createWorld } from '../../../properties/simulation/world.js';

const place = document.getElementById('stepping');
if (place !== null)
  render(
    <p>
      {createConnection({ role: 'server' })[0].state}
      {graphOf('client').start}
      {String(createWorld)}
    </p>,
    place,
  );

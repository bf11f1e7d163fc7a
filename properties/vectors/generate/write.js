import { writeFileSync } from 'node:fs';
import { textOf, vectorFiles } from './files.js';
/* Writes the vectors where they are committed: `npm run vectors`, from the folder of the package. */
for (const file of vectorFiles()) {
    const text = textOf(file);
    writeFileSync(`properties/vectors/${file.name}.json`, text);
    const results = file.groups.flatMap(({ vectors }) => vectors.map(({ result }) => result));
    const count = (wanted) => results.filter((result) => result === wanted).length;
    process.stdout.write(`${file.name}: ${results.length} vectors, ${count('valid')} valid, ${count('invalid')} invalid, ${count('open')} open, ${text.length} bytes\n`);
}

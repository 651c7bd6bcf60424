// Holds the lines of an NDJSON file against a JSON Schema with ajv, compiled, and prints how many
// documents a second it judges: parsed before, and parsed each time.
// usage: node ajv.mjs FOLDER_OF_MODULES SCHEMA FILE COUNT
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const [modules, schemaFile, file, countText] = process.argv.slice(2);
const require = createRequire(`${modules}/`);
const Ajv = require('ajv/dist/2020');

const count = Number(countText);
const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(schemaFile, 'utf8')));
const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
const documents = lines.map((line) => JSON.parse(line));

function rateOf(judge) {
  const round = (times) => {
    for (let index = 0; index < times; ++index) {
      if (!judge(index % lines.length)) throw new Error(`line ${index % lines.length} is not valid`);
    }
  };
  // Compiled by the engine before it is measured.
  round(Math.min(count, 20_000));
  const start = process.hrtime.bigint();
  round(count);
  return count / (Number(process.hrtime.bigint() - start) / 1e9);
}

const parsedBefore = rateOf((index) => validate(documents[index]));
const parsedToo = rateOf((index) => validate(JSON.parse(lines[index])));
console.log(`${parsedBefore} ${parsedToo}`);

/** The options that a source's schema takes, by name, with what they say of themselves. */
import { z } from 'zod';

/** Read from the JSON Schema, since that is also what the generated documents read. */
export function optionsOf(options: z.ZodType): [name: string, about: string][] {
  const schema = z.toJSONSchema(options, { io: 'input' });
  return Object.entries(schema.properties ?? {}).map(([name, property]) => [
    name,
    typeof property === 'object' ? (property.description ?? '') : '',
  ]);
}

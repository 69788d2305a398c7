/** Cuts text into the JSON objects that it holds one after another, with or without white space between them. */
export function jsonDocuments(text: string): readonly string[] {
  const documents: string[] = [];
  let depth = 0;
  let start = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index];
    if (inString) {
      if (sign === '\\') index += 1;
      else if (sign === '"') inString = false;
    } else if (sign === '"') inString = true;
    else if (sign === '{' || sign === '[') {
      if (depth === 0) start = index;
      depth += 1;
    } else if (sign === '}' || sign === ']') {
      depth -= 1;
      if (depth === 0) documents.push(text.slice(start, index + 1));
    } else if (depth === 0 && sign !== undefined && !/\s/.test(sign)) {
      throw new SyntaxError(`A JSON object was expected at character ${index}`);
    }
  }
  if (depth !== 0 || inString) throw new SyntaxError('The last JSON object does not end');
  return documents;
}

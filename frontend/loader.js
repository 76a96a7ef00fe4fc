const programs = new Map();

/** Makes a program once, whichever part brings it. */
function instantiate(name, bytes) {
  if (!programs.has(name)) {
    const program = WebAssembly.instantiate(bytes, getSharedImports());
    // After a failure the next attempt begins anew.
    program.catch(() => programs.delete(name));
    programs.set(name, program);
  }
  return programs.get(name);
}

/** Loads a part: the programs that it shares with others, and then its own, all from one file. */
function part(file, lengths) {
  const load = async () => {
    const response = await fetch(new URL(file, import.meta.url));
    if (!response.ok) throw new Error(`${file}: ${response.status}`);
    const bytes = await response.arrayBuffer();
    let end = 0;
    const each = lengths.map(([name, length]) => [name, new Uint8Array(bytes, (end += length) - length, length)]);
    const own = each.pop();
    await Promise.all(each.map(([name, bytes]) => instantiate(name, bytes)));
    await instantiate(...own);
  };
  let loading;
  return () => {
    loading ??= load().catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

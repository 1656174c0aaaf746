// Puts nothing in the place of the propagator's set-up.
export async function load(url, context, next) {
  return url.endsWith("/propagation/sgp4init.js") ? { format: "module", shortCircuit: true, source: "export function sgp4init() {}" } : next(url, context);
}

// client.js ADDRESS CASE: plays one interoperability case against a server; exit code 0 when it passes.
'use strict';

const assert = require('node:assert/strict');
const { grpc, testing, initialEcho, trailingEcho, zeros } = require('./service');

const [address, name] = process.argv.slice(2);
const client = new testing.TestService(address, grpc.credentials.createInsecure());
const requestSizes = [27182, 8, 1828, 45904];
const responseSizes = [31415, 9, 2653, 58979];
const { status } = grpc;

/** One unary call; resolves with response or error, and with headers and trailers. */
function unary(stub, method, request, metadata = new grpc.Metadata()) {
  return new Promise((resolve) => {
    const result = {};
    const call = stub[method](request, metadata, (error, response) => Object.assign(result, { error, response }));
    call.on('metadata', (headers) => { result.headers = headers; });
    call.on('status', (end) => { result.status = end; setImmediate(() => resolve(result)); });
  });
}

/** All responses of a stream with its end; a case may act on each response. */
function collect(call, onResponse = () => {}) {
  return new Promise((resolve) => {
    const result = { responses: [] };
    call.on('metadata', (headers) => { result.headers = headers; });
    call.on('data', (response) => { result.responses.push(response); onResponse(result.responses.length); });
    call.on('error', (error) => { result.error = error; });
    call.on('status', (end) => { result.status = end; resolve(result); });
  });
}

const ask = (responseSize, requestSize) => ({ response_parameters: [{ size: responseSize }], payload: zeros(requestSize) });
const sizesOf = (responses) => responses.map((response) => response.payload.body.length);

function customMetadata() {
  const metadata = new grpc.Metadata();
  metadata.set(initialEcho, 'test_initial_metadata_value');
  metadata.set(trailingEcho, Buffer.from([0xab, 0xab, 0xab]));
  return metadata;
}

function assertEchoed({ headers, status: end }) {
  assert.deepEqual(headers.get(initialEcho), ['test_initial_metadata_value']);
  assert.deepEqual(end.metadata.get(trailingEcho), [Buffer.from([0xab, 0xab, 0xab])]);
}

const cases = {
  async empty_unary() {
    const { error } = await unary(client, 'EmptyCall', {});
    assert.equal(error, null);
  },
  async large_unary() {
    const { error, response } = await unary(client, 'UnaryCall', { response_size: 314159, payload: zeros(271828) });
    assert.equal(error, null);
    assert.equal(response.payload.body.length, 314159);
  },
  async client_streaming() {
    const size = await new Promise((resolve, reject) => {
      const call = client.StreamingInputCall((error, response) => (error ? reject(error) : resolve(response.aggregated_payload_size)));
      requestSizes.forEach((bytes) => call.write({ payload: zeros(bytes) }));
      call.end();
    });
    assert.equal(size, 74922);
  },
  async server_streaming() {
    const call = client.StreamingOutputCall({ response_parameters: responseSizes.map((size) => ({ size })) });
    const { responses, status: end } = await collect(call);
    assert.deepEqual(sizesOf(responses), responseSizes);
    assert.equal(end.code, status.OK);
  },
  async ping_pong() {
    const call = client.FullDuplexCall();
    const send = (i) => (i < requestSizes.length ? call.write(ask(responseSizes[i], requestSizes[i])) : call.end());
    send(0);
    const { responses, status: end } = await collect(call, send);
    assert.deepEqual(sizesOf(responses), responseSizes);
    assert.equal(end.code, status.OK);
  },
  async empty_stream() {
    const call = client.FullDuplexCall();
    call.end();
    const { responses, status: end } = await collect(call);
    assert.equal(responses.length, 0);
    assert.equal(end.code, status.OK);
  },
  async cancel_after_begin() {
    const error = await new Promise((resolve) => {
      const call = client.StreamingInputCall((failure) => resolve(failure));
      call.cancel();
    });
    assert.equal(error.code, status.CANCELLED);
  },
  async cancel_after_first_response() {
    const call = client.FullDuplexCall();
    call.write(ask(31415, 27182));
    const { responses, status: end } = await collect(call, () => call.cancel());
    assert.equal(responses.length, 1);
    assert.equal(end.code, status.CANCELLED);
  },
  async timeout_on_sleeping_server() {
    const call = client.FullDuplexCall({ deadline: Date.now() + 5 });
    call.write({ response_parameters: [{ size: 31415, interval_us: 3_000_000 }], payload: zeros(27182) });
    const { status: end } = await collect(call);
    assert.equal(end.code, status.DEADLINE_EXCEEDED);
  },
  async custom_metadata() {
    assertEchoed(await unary(client, 'UnaryCall', { response_size: 314159, payload: zeros(271828) }, customMetadata()));
    const call = client.FullDuplexCall(customMetadata());
    call.write(ask(314159, 271828));
    call.end();
    assertEchoed(await collect(call));
  },
  async status_code_and_message() {
    const response_status = { code: 2, message: 'test status message' };
    const { error } = await unary(client, 'UnaryCall', { response_status });
    assert.deepEqual([error.code, error.details], [2, 'test status message']);
    const call = client.FullDuplexCall();
    call.write({ response_status });
    call.end();
    const { status: end } = await collect(call);
    assert.deepEqual([end.code, end.details], [2, 'test status message']);
  },
  async special_status_message() {
    const message = '\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n';
    const { error } = await unary(client, 'UnaryCall', { response_status: { code: 2, message } });
    assert.deepEqual([error.code, error.details], [2, message]);
  },
  async unimplemented_method() {
    const { error } = await unary(client, 'UnimplementedCall', {});
    assert.equal(error.code, status.UNIMPLEMENTED);
  },
  async unimplemented_service() {
    const stub = new testing.UnimplementedService(address, grpc.credentials.createInsecure());
    const { error } = await unary(stub, 'UnimplementedCall', {});
    assert.equal(error.code, status.UNIMPLEMENTED);
    stub.close();
  },
};

cases[name]().then(
  () => { client.close(); console.log(`${name}: passed`); },
  (error) => { console.error(error); process.exit(1); },
);

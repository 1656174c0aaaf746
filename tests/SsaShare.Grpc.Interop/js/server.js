// Serves the interoperability test service; prints its port; ends with its input.
'use strict';

const { grpc, testing, initialEcho, trailingEcho, zeros } = require('./service');

function echoMetadata(call) {
  const trailers = new grpc.Metadata();
  for (const bytes of call.metadata.get(trailingEcho)) trailers.add(trailingEcho, bytes);
  const text = call.metadata.get(initialEcho);
  if (text.length > 0) {
    const headers = new grpc.Metadata();
    headers.set(initialEcho, text[0]);
    call.sendMetadata(headers);
  }
  return trailers;
}

function askedStatus(request) {
  const status = request.response_status;
  return status && status.code !== 0 ? { code: status.code, details: status.message } : null;
}

function streamResponses(call, request, done) {
  const parameters = [...request.response_parameters];
  const next = () => {
    if (parameters.length === 0) return done();
    const { size, interval_us: pause } = parameters.shift();
    return setTimeout(() => {
      call.write({ payload: zeros(size) });
      next();
    }, pause / 1000);
  };
  next();
}

const server = new grpc.Server();
server.addService(testing.TestService.service, {
  EmptyCall: (call, reply) => reply(null, {}, echoMetadata(call)),
  UnaryCall: (call, reply) => {
    const trailers = echoMetadata(call);
    const status = askedStatus(call.request);
    return status ? reply(status) : reply(null, { payload: zeros(call.request.response_size) }, trailers);
  },
  StreamingOutputCall: (call) => {
    const trailers = echoMetadata(call);
    streamResponses(call, call.request, () => call.end(trailers));
  },
  StreamingInputCall: (call, reply) => {
    const trailers = echoMetadata(call);
    let size = 0;
    call.on('data', (request) => { size += request.payload.body.length; });
    call.on('end', () => reply(null, { aggregated_payload_size: size }, trailers));
  },
  FullDuplexCall: (call) => {
    const trailers = echoMetadata(call);
    let pending = Promise.resolve();
    call.on('data', (request) => {
      const status = askedStatus(request);
      if (status) return call.emit('error', status);
      pending = pending.then(() => new Promise((done) => streamResponses(call, request, done)));
      return undefined;
    });
    call.on('end', () => pending.then(() => call.end(trailers)));
  },
  HalfDuplexCall: (call) => {
    const requests = [];
    call.on('data', (request) => requests.push(request));
    call.on('end', () => requests
      .reduce((before, request) => before.then(() => new Promise((done) => streamResponses(call, request, done))), Promise.resolve())
      .then(() => call.end()));
  },
});

server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});
process.stdin.on('end', () => process.exit(0)).resume();

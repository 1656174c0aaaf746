// The interoperability test service as @grpc/grpc-js sees it, and both of its sides' common parts.
'use strict';

const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const proto = path.join(__dirname, '../../SsaShare.Grpc.Tests/Protos/grpc/testing/interop.proto');
const definition = loader.loadSync(proto, { keepCase: true, defaults: true });

module.exports = {
  grpc,
  testing: grpc.loadPackageDefinition(definition).grpc.testing,
  initialEcho: 'x-grpc-test-echo-initial',
  trailingEcho: 'x-grpc-test-echo-trailing-bin',
  zeros: (size) => ({ body: Buffer.alloc(size) }),
};

"""The interoperability test service as grpcio sees it.

Messages are made from the serialized descriptor whose path is the first argument, so no generated code is needed.
"""

import sys

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

PACKAGE = "grpc.testing"
INITIAL_ECHO = "x-grpc-test-echo-initial"
TRAILING_ECHO = "x-grpc-test-echo-trailing-bin"

with open(sys.argv[1], "rb") as file:
    _file = descriptor_pb2.FileDescriptorProto.FromString(file.read())

_pool = descriptor_pool.DescriptorPool()
_pool.Add(_file)
# Protobuf 4.22 and later have a function where earlier ones have a factory.
_class_of = getattr(message_factory, "GetMessageClass", None) or message_factory.MessageFactory(_pool).GetPrototype
_types = {name: _class_of(_pool.FindMessageTypeByName(f"{PACKAGE}.{name}")) for name in (m.name for m in _file.message_type)}


def message(name):
    """The class of a message of the package."""
    return _types[name]


def methods(service):
    """Name, request class, response class, and which sides stream, for each method of a service."""
    for descriptor in _pool.FindServiceByName(f"{PACKAGE}.{service}").methods:
        proto = next(m for s in _file.service if s.name == service for m in s.method if m.name == descriptor.name)
        yield (
            descriptor.name,
            message(descriptor.input_type.name),
            message(descriptor.output_type.name),
            proto.client_streaming,
            proto.server_streaming,
        )


def payload(size):
    return message("Payload")(body=bytes(size))

"""server.py DESCRIPTOR: serves the interoperability test service; prints its port; ends with its input."""

import sys
import time
from concurrent import futures

import grpc
import service


def echo_metadata(context):
    metadata = dict(context.invocation_metadata())
    if service.TRAILING_ECHO in metadata:
        context.set_trailing_metadata(((service.TRAILING_ECHO, metadata[service.TRAILING_ECHO]),))
    if service.INITIAL_ECHO in metadata:
        context.send_initial_metadata(((service.INITIAL_ECHO, metadata[service.INITIAL_ECHO]),))


def abort_if_asked(request, context):
    if request.HasField("response_status") and request.response_status.code:
        codes = {code.value[0]: code for code in grpc.StatusCode}
        context.abort(codes[request.response_status.code], request.response_status.message)


def respond(request, context):
    abort_if_asked(request, context)
    for parameters in request.response_parameters:
        time.sleep(parameters.interval_us / 1e6)
        yield service.message("StreamingOutputCallResponse")(payload=service.payload(parameters.size))


def empty_call(_request, context):
    echo_metadata(context)
    return service.message("Empty")()


def unary_call(request, context):
    echo_metadata(context)
    abort_if_asked(request, context)
    return service.message("SimpleResponse")(payload=service.payload(request.response_size))


def streaming_output_call(request, context):
    echo_metadata(context)
    yield from respond(request, context)


def streaming_input_call(requests, context):
    echo_metadata(context)
    size = sum(len(request.payload.body) for request in requests)
    return service.message("StreamingInputCallResponse")(aggregated_payload_size=size)


def full_duplex_call(requests, context):
    echo_metadata(context)
    for request in requests:
        yield from respond(request, context)


def half_duplex_call(requests, context):
    for request in list(requests):
        yield from respond(request, context)


HANDLERS = {
    "EmptyCall": empty_call,
    "UnaryCall": unary_call,
    "StreamingOutputCall": streaming_output_call,
    "StreamingInputCall": streaming_input_call,
    "FullDuplexCall": full_duplex_call,
    "HalfDuplexCall": half_duplex_call,
}


def rpc_handlers():
    make = {
        (False, False): grpc.unary_unary_rpc_method_handler,
        (False, True): grpc.unary_stream_rpc_method_handler,
        (True, False): grpc.stream_unary_rpc_method_handler,
        (True, True): grpc.stream_stream_rpc_method_handler,
    }
    for name, request, response, client_streams, server_streams in service.methods("TestService"):
        if name in HANDLERS:
            yield name, make[client_streams, server_streams](
                HANDLERS[name], request_deserializer=request.FromString, response_serializer=response.SerializeToString
            )


server = grpc.server(futures.ThreadPoolExecutor(max_workers=8))
server.add_generic_rpc_handlers(
    (grpc.method_handlers_generic_handler(f"{service.PACKAGE}.TestService", dict(rpc_handlers())),)
)
print(server.add_insecure_port("127.0.0.1:0"), flush=True)
server.start()
sys.stdin.read()
server.stop(0)

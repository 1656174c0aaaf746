"""client.py DESCRIPTOR ADDRESS CASE: plays one interoperability case against a server; exit code 0 when it passes."""

import queue
import sys

import grpc
import service

REQUEST_SIZES = (27182, 8, 1828, 45904)
RESPONSE_SIZES = (31415, 9, 2653, 58979)
METADATA = ((service.INITIAL_ECHO, "test_initial_metadata_value"), (service.TRAILING_ECHO, b"\xab\xab\xab"))

channel = grpc.insecure_channel(sys.argv[2])


def stub(service_name, method):
    for name, request, response, client_streams, server_streams in service.methods(service_name):
        if name == method:
            make = {
                (False, False): channel.unary_unary,
                (False, True): channel.unary_stream,
                (True, False): channel.stream_unary,
                (True, True): channel.stream_stream,
            }[client_streams, server_streams]
            path = f"/{service.PACKAGE}.{service_name}/{name}"
            return make(path, request_serializer=request.SerializeToString, response_deserializer=response.FromString)
    raise KeyError(method)


def call(method):
    return stub("TestService", method)


def new(name, **fields):
    return service.message(name)(**fields)


def ask(response_size, request_size, interval_us=0):
    return new(
        "StreamingOutputCallRequest",
        response_parameters=[new("ResponseParameters", size=response_size, interval_us=interval_us)],
        payload=service.payload(request_size),
    )


def expect(actual, expected):
    if actual != expected:
        raise AssertionError(f"expected {expected!r}, got {actual!r}")


def expect_failure(action, code, details=None):
    try:
        action()
    except grpc.FutureCancelledError:
        expect(grpc.StatusCode.CANCELLED, code)
    except grpc.RpcError as error:
        expect(error.code(), code)
        if details is not None:
            expect(error.details(), details)
    else:
        raise AssertionError(f"expected {code}, got success")


def asked_status(message):
    return new("EchoStatus", code=2, message=message)


def empty_unary():
    expect(call("EmptyCall")(new("Empty")), new("Empty"))


def large_unary():
    request = new("SimpleRequest", response_size=314159, payload=service.payload(271828))
    expect(len(call("UnaryCall")(request).payload.body), 314159)


def client_streaming():
    requests = (new("StreamingInputCallRequest", payload=service.payload(size)) for size in REQUEST_SIZES)
    expect(call("StreamingInputCall")(requests).aggregated_payload_size, sum(REQUEST_SIZES))


def server_streaming():
    request = new("StreamingOutputCallRequest", response_parameters=[new("ResponseParameters", size=s) for s in RESPONSE_SIZES])
    expect([len(response.payload.body) for response in call("StreamingOutputCall")(request)], list(RESPONSE_SIZES))


def ping_pong():
    requests = queue.Queue()
    responses = call("FullDuplexCall")(iter(requests.get, None))
    for request_size, response_size in zip(REQUEST_SIZES, RESPONSE_SIZES):
        requests.put(ask(response_size, request_size))
        expect(len(next(responses).payload.body), response_size)
    requests.put(None)
    expect(list(responses), [])


def empty_stream():
    expect(list(call("FullDuplexCall")(iter(()))), [])


def cancel_after_begin():
    requests = queue.Queue()
    response = call("StreamingInputCall").future(iter(requests.get, None))
    response.cancel()
    requests.put(None)
    expect(response.code(), grpc.StatusCode.CANCELLED)


def cancel_after_first_response():
    requests = queue.Queue()
    responses = call("FullDuplexCall")(iter(requests.get, None))
    requests.put(ask(31415, 27182))
    next(responses)
    responses.cancel()
    expect_failure(lambda: next(responses), grpc.StatusCode.CANCELLED)
    requests.put(None)


def timeout_on_sleeping_server():
    request = ask(31415, 27182, interval_us=3_000_000)
    expect_failure(lambda: list(call("FullDuplexCall")(iter((request,)), timeout=0.005)), grpc.StatusCode.DEADLINE_EXCEEDED)


def expect_echoed(initial, trailing):
    expect(dict(initial)[service.INITIAL_ECHO], METADATA[0][1])
    expect(dict(trailing)[service.TRAILING_ECHO], METADATA[1][1])


def custom_metadata():
    request = new("SimpleRequest", response_size=314159, payload=service.payload(271828))
    _, unary = call("UnaryCall").with_call(request, metadata=METADATA)
    expect_echoed(unary.initial_metadata(), unary.trailing_metadata())
    duplex = call("FullDuplexCall")(iter((ask(314159, 271828),)), metadata=METADATA)
    expect(len(list(duplex)), 1)
    expect_echoed(duplex.initial_metadata(), duplex.trailing_metadata())


def status_code_and_message():
    text = "test status message"
    expect_failure(
        lambda: call("UnaryCall")(new("SimpleRequest", response_status=asked_status(text))), grpc.StatusCode.UNKNOWN, text
    )
    request = new("StreamingOutputCallRequest", response_status=asked_status(text))
    expect_failure(lambda: list(call("FullDuplexCall")(iter((request,)))), grpc.StatusCode.UNKNOWN, text)


def special_status_message():
    text = "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \U0001f608\t\n"
    expect_failure(
        lambda: call("UnaryCall")(new("SimpleRequest", response_status=asked_status(text))), grpc.StatusCode.UNKNOWN, text
    )


def unimplemented_method():
    expect_failure(lambda: call("UnimplementedCall")(new("Empty")), grpc.StatusCode.UNIMPLEMENTED)


def unimplemented_service():
    expect_failure(
        lambda: stub("UnimplementedService", "UnimplementedCall")(new("Empty")), grpc.StatusCode.UNIMPLEMENTED
    )


globals()[sys.argv[3]]()
channel.close()
print(f"{sys.argv[3]}: passed")

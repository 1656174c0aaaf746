using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

internal abstract partial class HttpCall
{
    private Task<Metadata> ResponseHeadersAsync()
    {
        lock (_lock)
        {
            if (_response is not null)
            {
                return Task.FromResult(ToMetadata(_response.Headers.NonValidated));
            }

            if (_ended)
            {
                return Task.FromException<Metadata>(ToException());
            }

            return (_headersWaiter ??= new TaskCompletionSource<Metadata>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Takes the response in, unless the call has ended.</summary>
    protected void OnResponse(HttpResponseMessage response)
    {
        TaskCompletionSource<Metadata>? headersWaiter;
        lock (_lock)
        {
            if (_ended)
            {
                response.Dispose();
                return;
            }

            _response = response;
            (headersWaiter, _headersWaiter) = (_headersWaiter, null);
        }

        headersWaiter?.TrySetResult(ToMetadata(response.Headers.NonValidated));
    }

    /// <summary>Whether the response consists of a status only; the call then ends with it.</summary>
    /// <exception cref="RpcException">The response is not one of gRPC.</exception>
    protected bool EndIfTrailersOnly(HttpResponseMessage response)
    {
        HttpHeadersNonValidated headers = response.Headers.NonValidated;
        if (headers.TryGetValues(GrpcProtocol.StatusHeader, out _))
        {
            End(ToStatus(headers), ToMetadata(headers));
            return true;
        }

        string? contentType = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out HeaderStringValues values)
            ? values.ToString()
            : null;
        if (response.StatusCode != HttpStatusCode.OK || !GrpcProtocol.IsGrpcContentType(contentType))
        {
            throw new RpcException(CallFailure.FromHttpStatus(response.StatusCode, contentType));
        }

        if (response.Version.Major < 2)
        {
            throw new RpcException(new Status(StatusCode.Internal, $"The response came over HTTP/{response.Version}, not HTTP/2."));
        }

        return false;
    }

    /// <summary>Ends the call with the status after the last message.</summary>
    /// <param name="response">The response, read to its end.</param>
    /// <param name="messageMissing">Whether OK would be untrue, because a message should have come.</param>
    protected void EndFromTrailers(HttpResponseMessage response, bool messageMissing)
    {
        HttpHeadersNonValidated trailers = response.TrailingHeaders.NonValidated;
        Status status = ToStatus(trailers);
        End(
            messageMissing && status.StatusCode == StatusCode.OK
                ? new Status(StatusCode.Internal, "The call succeeded without a response.")
                : status,
            ToMetadata(trailers));
    }

    private static Status ToStatus(HttpHeadersNonValidated headers)
    {
        if (!headers.TryGetValues(GrpcProtocol.StatusHeader, out HeaderStringValues code))
        {
            return new Status(StatusCode.Unknown, "The response ended without a status.");
        }

        string detail = headers.TryGetValues(GrpcProtocol.MessageHeader, out HeaderStringValues message)
            ? PercentEncoding.Decode(message.ToString())
            : "";
        return new Status(StatusText.Decode(code.ToString()), detail);
    }

    private static Metadata ToMetadata(HttpHeadersNonValidated headers)
    {
        var metadata = new Metadata();
        foreach ((string name, HeaderStringValues values) in headers)
        {
            foreach (string value in values)
            {
                MetadataCodec.Add(metadata, name, value);
            }
        }

        return metadata;
    }
}

using Grpc.Core;
using Grpc.Wire;

namespace Grpc.AspNetCore.Server;

/// <summary>The messages of a call.</summary>
internal sealed partial class HttpContextCallContext
{
    private CancellationTokenRegistration _abortRegistration;
    private FramePump? _pump;
    private MessageCompressor? _compressor;
    private bool _responseStarted;

    /// <summary>The reader of the requests.</summary>
    public FrameReader CreateReader()
    {
        string? encoding = Http.Request.Headers[GrpcProtocol.EncodingHeader];
        MessageCompressor? decompressor = encoding is null ? null : Options.Compression.Find(encoding);
        if (decompressor is null && encoding is not (null or GrpcProtocol.IdentityEncoding))
        {
            // A call with compressed messages will fail; this tells the client what would not.
            Http.Response.Headers[GrpcProtocol.AcceptEncodingHeader] = Options.Compression.AcceptEncoding;
        }

        return new FrameReader(Http.Request.BodyReader, Options.MaxReceiveMessageBytes) { Encoding = encoding, Decompressor = decompressor };
    }

    /// <summary>Sends one of several responses. Completes when there is room for the next.</summary>
    public Task WriteAsync<T>(T message, Action<T, SerializationContext> serialize)
    {
        MessageCompressor? compressor;
        lock (_endLock)
        {
            if (_ended)
            {
                return Task.FromException(_deadlinePassed || CancellationToken.IsCancellationRequested
                    ? new OperationCanceledException("The call has been cancelled.")
                    : new InvalidOperationException("The call has ended, so no more responses can be written."));
            }

            if (_pump is null)
            {
                SetResponseHeaders();
                _pump = new FramePump(SendAsync);
                _abortRegistration = CancellationToken.UnsafeRegister(
                    static pump => ((FramePump)pump!).Stop(new OperationCanceledException("The call has been cancelled.")), _pump);
            }

            compressor = CompressorForNextMessage();
        }

        return _pump.WriteAsync(message, serialize, Options.MaxSendMessageBytes, compressor);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> frames) => await Http.Response.BodyWriter.WriteAsync(frames);

    /// <summary>Sets the headers that come before the first message.</summary>
    private void StartResponse()
    {
        lock (_endLock)
        {
            if (!_ended)
            {
                SetResponseHeaders();
            }
        }
    }

    private void SetResponseHeaders()
    {
        if (_responseStarted)
        {
            return;
        }

        _responseStarted = true;
        Http.Response.ContentType = GrpcProtocol.ContentType;
        if (ResponseCompressor() is { } compressor)
        {
            Http.Response.Headers[GrpcProtocol.EncodingHeader] = compressor.EncodingName;
        }
    }

    private MessageCompressor? CompressorForNextMessage()
        => Options.ResponseCompressor is null || (WriteOptions?.Flags & WriteFlags.NoCompress) == WriteFlags.NoCompress
            ? null
            : ResponseCompressor();

    private MessageCompressor? ResponseCompressor()
        => _compressor ??= Options.ResponseCompressor is { } compressor
            && CompressionProviders.Accepts(Http.Request.Headers[GrpcProtocol.AcceptEncodingHeader], compressor.EncodingName)
                ? compressor
                : null;
}

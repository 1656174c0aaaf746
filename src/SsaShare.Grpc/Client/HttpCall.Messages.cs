using System.IO.Pipelines;
using System.Net;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>One call on a channel.</summary>
internal sealed class HttpCall<TRequest, TResponse> : HttpCall
    where TRequest : class
    where TResponse : class
{
    /// <summary>Bytes asked of the response at a time. Nothing is held while none have arrived.</summary>
    private static readonly StreamPipeReaderOptions ReaderOptions = new(bufferSize: 32 * 1024, minimumReadSize: 4096, useZeroByteReads: true);

    private readonly Method<TRequest, TResponse> _method;
    private readonly string? _host;
    private readonly string? _requestEncoding;
    private RequestStream<TRequest, TResponse>? _requests;
    private Task<FrameReader?>? _opening;
    private HttpResponseMessage? _response;
    private PipeReader? _pipe;

    public HttpCall(GrpcChannel channel, Method<TRequest, TResponse> method, string? host, CallOptions options)
        : base(channel, options)
    {
        _method = method;
        _host = host;
        _requestEncoding = options.Headers?.GetValue(GrpcProtocol.RequestEncodingHeader);
        MaxSendMessageBytes = channel.MaxSendMessageBytes;
        if (_requestEncoding is not (null or GrpcProtocol.IdentityEncoding))
        {
            Compressor = channel.Compression.Find(_requestEncoding)
                ?? throw new ArgumentException($"The channel has no compression provider for '{_requestEncoding}'.", nameof(options));
        }
    }

    public int? MaxSendMessageBytes { get; }

    /// <summary>How requests are compressed; null when they are not.</summary>
    public MessageCompressor? Compressor { get; }

    public Action<TRequest, SerializationContext> Serialize => _method.RequestMarshaller.ContextualSerializer;

    public Func<DeserializationContext, TResponse> Deserialize => _method.ResponseMarshaller.ContextualDeserializer;

    /// <summary>The options for requests that set none of their own.</summary>
    public WriteOptions? DefaultWriteOptions => Options.WriteOptions;

    /// <summary>The reader of the response once it is there.</summary>
    public FrameReader? Reader { get; private set; }

    public async Task<TResponse> RunUnaryAsync(TRequest request)
    {
        SingleMessageContent? content = null;
        try
        {
            content = CreateContent(request);
            TResponse response = await ReadSingleAsync(content);
            content.Recycle();
            return response;
        }
        catch (Exception exception)
        {
            throw EndWith(exception);
        }
    }

    public async Task<TResponse> RunClientStreamingAsync(HttpContent content)
    {
        try
        {
            return await ReadSingleAsync(content);
        }
        catch (Exception exception)
        {
            throw EndWith(exception);
        }
    }

    public void StartServerStreaming(TRequest request) => Start(OpenOrEndAsync(() => CreateContent(request)));

    public void StartDuplexStreaming(HttpContent content) => Start(OpenOrEndAsync(() => content));

    public RequestStream<TRequest, TResponse> OpenRequestStream()
    {
        _requests = new RequestStream<TRequest, TResponse>(this);
        if (HasEnded)
        {
            // The call was over before it began, so nobody else tells the stream.
            _requests.Stop();
        }

        return _requests;
    }

    /// <summary>Reads on until a message is whole.</summary>
    /// <returns>Null, and the call has ended with OK, when there are no more.</returns>
    public async Task<TResponse?> ReadNextAsync()
    {
        try
        {
            FrameReader? reader = Reader ?? await _opening!;
            TResponse? message = null;
            while (reader is not null && !HasEnded && !reader.TryRead(Deserialize, out message))
            {
                if (!await reader.FillAsync(Cancelled))
                {
                    EndFromTrailers();
                }
            }

            return message ?? (EndedWithOk ? null : throw ToException());
        }
        catch (Exception exception)
        {
            throw EndWith(exception);
        }
    }

    protected override void OnEnded() => _requests?.Stop();

    private async Task<TResponse> ReadSingleAsync(HttpContent content)
    {
        FrameReader? reader = await OpenAsync(content);
        TResponse? message = null;
        while (reader is not null)
        {
            if (reader.TryRead(Deserialize, out TResponse next))
            {
                message = message is null ? next : throw new RpcException(new Status(StatusCode.Internal, "More than one response arrived."));
            }
            else if (!await reader.FillAsync(Cancelled))
            {
                EndFromTrailers(messageMissing: message is null);
                break;
            }
        }

        return EndedWithOk && message is not null ? message : throw ToException();
    }

    private void EndFromTrailers(bool messageMissing = false)
    {
        _pipe!.Complete();
        EndFromTrailers(_response!, messageMissing);
    }

    private void Start(Task<FrameReader?> opening)
    {
        _opening = opening;

        // Nobody may ever read the stream; the failure is then told by the call's status.
        _ = opening.ContinueWith(
            static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private async Task<FrameReader?> OpenOrEndAsync(Func<HttpContent> createContent)
    {
        try
        {
            return await OpenAsync(createContent());
        }
        catch (Exception exception)
        {
            throw EndWith(exception);
        }
    }

    /// <summary>Sends the request and takes the headers of the response in.</summary>
    /// <returns>Null, and the call has ended, when the response is nothing but a status.</returns>
    private async Task<FrameReader?> OpenAsync(HttpContent content)
    {
        Cancelled.ThrowIfCancellationRequested();
        HttpRequestMessage request = CreateRequest(content);
        HttpResponseMessage response = await Channel.SendAsync(request, Cancelled);
        OnResponse(response);
        if (EndIfTrailersOnly(response))
        {
            return null;
        }

        _response = response;
        string? encoding = response.Headers.NonValidated.TryGetValues(GrpcProtocol.EncodingHeader, out var values) ? values.ToString() : null;
        _pipe = PipeReader.Create(await response.Content.ReadAsStreamAsync(Cancelled), ReaderOptions);
        return Reader = new FrameReader(_pipe, Channel.MaxReceiveMessageBytes)
        {
            Encoding = encoding,
            Decompressor = encoding is null ? null : Channel.Compression.Find(encoding),
        };
    }

    private HttpRequestMessage CreateRequest(HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Channel.UriOf(_method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        RequestHeaders.Write(request.Headers, Options.Headers, Channel.Compression.AcceptEncoding, Compressor?.EncodingName, TimeLeft);
        request.Headers.Host = _host;
        return request;
    }

    private SingleMessageContent CreateContent(TRequest request)
    {
        var frame = new FrameBuffer();
        bool compress = (DefaultWriteOptions?.Flags & WriteFlags.NoCompress) is not WriteFlags.NoCompress;
        frame.Append(request, Serialize, MaxSendMessageBytes, compress ? Compressor : null);
        return new SingleMessageContent(frame);
    }
}

using System.Net;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>The requests of a streaming call.</summary>
internal sealed class RequestStream<TRequest, TResponse> : IClientStreamWriter<TRequest>
    where TRequest : class
    where TResponse : class
{
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(1);
    private readonly HttpCall<TRequest, TResponse> _call;
    private readonly FramePump _pump;
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Stream? _stream;
    private bool _sent;

    public RequestStream(HttpCall<TRequest, TResponse> call)
    {
        _call = call;
        _pump = new FramePump(held: true, SendAsync);
        WriteOptions = call.DefaultWriteOptions;
        Content = new StreamedContent(this);
    }

    public WriteOptions? WriteOptions { get; set; }

    public HttpContent Content { get; }

    public Task WriteAsync(TRequest message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_complete.Task.IsCompleted && !_call.HasEnded)
        {
            throw new InvalidOperationException("The request stream is complete.");
        }

        bool compress = (WriteOptions?.Flags & WriteFlags.NoCompress) is not WriteFlags.NoCompress;
        return _pump.WriteAsync(message, _call.Serialize, _call.MaxSendMessageBytes, compress ? _call.Compressor : null);
    }

    /// <summary>Cancelling the wait cancels the call, as part of the message may have left.</summary>
    public Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            _call.Cancel(CancelCause.Token);
            return Task.FromCanceled(cancellationToken);
        }

        Task written = WriteAsync(message);
        return written.IsCompleted || !cancellationToken.CanBeCanceled ? written : WaitAsync(written, cancellationToken);
    }

    public async Task CompleteAsync()
    {
        try
        {
            await _pump.DrainAsync();
        }
        catch (RpcException) when (_call.HasEnded)
        {
            // The call has ended before its requests did: the response tells how, not this.
        }
        finally
        {
            _complete.TrySetResult();
        }
    }

    /// <summary>The call has ended: what waits is dropped, whoever waits or writes learns the status, be it OK.</summary>
    public void Stop()
    {
        _pump.Stop(_call.ToException());
        _complete.TrySetResult();
    }

    private async Task WaitAsync(Task written, CancellationToken cancellationToken)
    {
        using (cancellationToken.UnsafeRegister(static call => ((HttpCall)call!).Cancel(CancelCause.Token), _call))
        {
            await written;
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> frames)
    {
        _sent = true;
        try
        {
            await _stream!.WriteAsync(frames, _call.Cancelled);
            await _stream.FlushAsync(_call.Cancelled);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            // A server that ends the call early resets the request stream, and the answer that says why may be a moment behind.
            await Task.WhenAny(_call.Ended, Task.Delay(AnswerPatience));
            throw _call.HasEnded ? _call.ToException() : new RpcException(CallFailure.ToStatus(exception));
        }
    }

    private async Task SendAllAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (_sent)
        {
            throw new IOException("The connection was lost after requests had been sent, so they cannot be sent again.");
        }

        // The headers leave now, so that the server can answer before the first request.
        await stream.FlushAsync(cancellationToken);
        _stream = stream;
        _pump.Release();
        await _complete.Task.WaitAsync(cancellationToken);
    }

    private sealed class StreamedContent : HttpContent
    {
        private readonly RequestStream<TRequest, TResponse> _requests;

        public StreamedContent(RequestStream<TRequest, TResponse> requests)
        {
            _requests = requests;
            Headers.ContentType = RequestHeaders.ContentType;
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
            => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
            => _requests.SendAllAsync(stream, cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = -1;
            return false;
        }
    }
}

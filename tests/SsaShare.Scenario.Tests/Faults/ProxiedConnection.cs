using System.Net;
using System.Net.Sockets;

namespace SsaShare.Scenario.Tests.Faults;

/// <summary>One caller's connection through a <see cref="FaultProxy"/>.</summary>
internal sealed class ProxiedConnection(Socket caller, Func<int?> pace) : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private readonly Socket _node = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _corruptFromCaller, _corruptFromNode;
    private volatile bool _isDisposed;

    public Task Ended => _ended.Task;

    public void CorruptOnce(bool fromNode)
    {
        if (fromNode) Volatile.Write(ref _corruptFromNode, 1);
        else Volatile.Write(ref _corruptFromCaller, 1);
    }

    /// <summary>Both ends see a reset and not an end.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        foreach (var socket in new[] { caller, _node })
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Dispose();
        }
    }

    public async Task RunAsync(IPEndPoint node)
    {
        try
        {
            await _node.ConnectAsync(node);
            await Task.WhenAny(PassAsync(caller, _node, isFromNode: false), PassAsync(_node, caller, isFromNode: true));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The node does not listen, or the connection was reset: the caller is told by the end of its own.
        }
        Dispose();
        _ended.TrySetResult();
    }

    private async Task PassAsync(Socket from, Socket to, bool isFromNode)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is var length and > 0)
            {
                ref int corrupt = ref isFromNode ? ref _corruptFromNode : ref _corruptFromCaller;
                if (Interlocked.Exchange(ref corrupt, 0) == 1) buffer[length / 2] ^= 0x10;
                await SendAsync(to, buffer.AsMemory(0, length));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One end is gone; the other is told by RunAsync.
        }
    }

    /// <summary>At once where no pace is set; otherwise as much in each tick as the pace allows, which may be nothing.</summary>
    private async Task SendAsync(Socket to, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty && !_isDisposed)
        {
            int now = bytes.Length;
            if (pace() is { } perSecond)
            {
                await Task.Delay(Tick);
                now = Math.Min(now, (int)Math.Ceiling(perSecond * Tick.TotalSeconds));
            }
            if (now > 0) await to.SendAsync(bytes[..now]);
            bytes = bytes[now..];
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace SsaShare.Scenario.Tests.Faults;

/// <summary>Stands before a node's port, at the one that its card names, and does to what passes whatever a network does.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly IPEndPoint _target;
    private readonly ConcurrentDictionary<ProxiedConnection, byte> _connections = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private volatile bool _isCut;

    /// <param name="port">Where it listens: the port of the node's card.</param>
    /// <param name="target">Where the node listens.</param>
    public FaultProxy(int port, int target)
    {
        (_listener, _target) = (new TcpListener(IPAddress.Loopback, port), new IPEndPoint(IPAddress.Loopback, target));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Whether nobody gets through. What is open is reset when it begins.</summary>
    public bool IsCut
    {
        get => _isCut;
        set
        {
            _isCut = value;
            if (value) Reset();
        }
    }

    /// <summary>What is open holds back every byte, without ending, until <see cref="Heal"/>; new connections too.</summary>
    public void Stall() => Pace = 0;

    /// <summary>Bytes in a second and direction that pass on each connection; null for all.</summary>
    public int? Pace { get; private set; }

    public void Slow(int bytesPerSecond) => Pace = bytesPerSecond;

    public void Heal() => (Pace, _isCut) = (null, false);

    /// <summary>Flips one bit of the next byte of every open connection, in one direction.</summary>
    public void CorruptOnce(bool fromNode)
    {
        foreach (var connection in _connections.Keys) connection.CorruptOnce(fromNode);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        Reset();
        await Task.WhenAll(_connections.Keys.Select(connection => connection.Ended));
        _stopping.Dispose();
    }

    private void Reset()
    {
        foreach (var connection in _connections.Keys) connection.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync(_stopping.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException && _stopping.IsCancellationRequested)
            {
                return;
            }
            var connection = new ProxiedConnection(socket, () => Pace);
            if (_isCut) connection.Dispose();
            else
            {
                _connections.TryAdd(connection, 0);
                _ = connection.RunAsync(_target).ContinueWith(_ => _connections.TryRemove(connection, out byte _), TaskScheduler.Default);
            }
        }
    }
}

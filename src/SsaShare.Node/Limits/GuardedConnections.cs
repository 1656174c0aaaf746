using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SsaShare.Node;

/// <summary>
/// The open connections, by whose they are: of a network until a pinned caller calls on them, then of that caller. Where there are too
/// many the oldest goes: it is the likeliest to be dead, and whoever opens many closes its own.
/// </summary>
public sealed class GuardedConnections(IOptions<LimitOptions> options, ILogger<GuardedConnections> logger)
{
    private readonly LimitOptions _options = options.Value;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedList<GuardedConnection>> _byNetwork = [], _byCaller = [];
    private int _strangers;

    /// <summary>Stands before TLS, so that handshakes left open count.</summary>
    public async Task GuardAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var guarded = new GuardedConnection(connection, StrangerNetwork.Of((connection.RemoteEndPoint as IPEndPoint)?.Address));
        Close(Enter(guarded));
        connection.Features.Set(guarded);
        try
        {
            await next(connection);
        }
        finally
        {
            lock (_lock) Leave(guarded);
        }
    }

    /// <summary>A pinned caller calls on the connection of this request.</summary>
    /// <param name="caller">Which, see <see cref="CallerKeys"/>.</param>
    /// <param name="isNode">A node needs few connections; people's tools come with one each.</param>
    internal void Recognise(HttpContext http, string caller, bool isNode)
    {
        // Without the guard, as in tests of other parts, there is nothing to count.
        if (http.Features.Get<GuardedConnection>() is not { } guarded || guarded.Caller == caller) return;
        GuardedConnection? oldest = null;
        lock (_lock)
        {
            if (guarded.Place is null || guarded.Caller == caller) return;
            Leave(guarded);
            var own = Add(_byCaller, caller, guarded);
            guarded.Caller = caller;
            if (own.Count > (isNode ? 1 : 4) * _options.ConnectionsPerCaller) Leave(oldest = own.First!.Value);
        }
        Close(oldest);
    }

    /// <returns>Which connection has to go for it; null for none.</returns>
    private GuardedConnection? Enter(GuardedConnection guarded)
    {
        lock (_lock)
        {
            var ofNetwork = Add(_byNetwork, guarded.Network, guarded);
            _strangers++;
            var oldest = ofNetwork.Count > _options.StrangerConnectionsPerNetwork ? ofNetwork.First!.Value
                : _strangers > _options.StrangerConnections ? _byNetwork.Values.MaxBy(list => list.Count)!.First!.Value
                : null;
            if (oldest is not null) Leave(oldest);
            return oldest;
        }
    }

    private static LinkedList<GuardedConnection> Add(Dictionary<string, LinkedList<GuardedConnection>> lists, string key, GuardedConnection guarded)
    {
        if (!lists.TryGetValue(key, out var list)) lists.Add(key, list = new LinkedList<GuardedConnection>());
        guarded.Place = list.AddLast(guarded);
        return list;
    }

    private void Leave(GuardedConnection guarded)
    {
        if (guarded.Place is not { List: { } list } place) return;
        list.Remove(place);
        guarded.Place = null;
        if (guarded.Caller is null) _strangers--;
        if (list.Count > 0) return;
        if (guarded.Caller is { } caller) _byCaller.Remove(caller);
        else _byNetwork.Remove(guarded.Network);
    }

    private void Close(GuardedConnection? oldest)
    {
        if (oldest is null) return;
        NodeLog.ConnectionClosed(logger, oldest.Caller ?? oldest.Network);
        NodeMetrics.Limited("connections");
        oldest.Connection.Abort(new ConnectionAbortedException("There are too many connections of this caller or network."));
    }
}

/// <summary>One connection and whose it is. The fields belong to the lock of <see cref="GuardedConnections"/>; <see cref="Caller"/> is also read without it.</summary>
internal sealed class GuardedConnection(ConnectionContext connection, string network)
{
    private volatile string? _caller;

    public ConnectionContext Connection => connection;

    public string Network => network;

    /// <summary>Null until a pinned caller has called.</summary>
    public string? Caller
    {
        get => _caller;
        set => _caller = value;
    }

    /// <summary>Null when it is counted no more.</summary>
    public LinkedListNode<GuardedConnection>? Place { get; set; }
}

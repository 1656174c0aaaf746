using System.Net;
using System.Net.Sockets;

namespace SsaShare.Cli;

/// <summary>Ports on loopback for the demo's nodes: the wanted ones where they are free, so that the tour's commands stay the same; held until the nodes start.</summary>
internal sealed class DemoPorts(int first) : IDisposable
{
    private readonly List<TcpListener> _held = [];
    private int _next = first;

    /// <exception cref="IOException">No port is free.</exception>
    public int Reserve()
    {
        foreach (int port in new[] { _next++, 0 })
        {
            var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                _held.Add(listener);
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException) when (port != 0)
            {
                // Taken: the system names another.
                listener.Dispose();
            }
        }
        throw new IOException("No free port on 127.0.0.1.");
    }

    /// <summary>Lets the nodes have them.</summary>
    public void Release()
    {
        foreach (var listener in _held) listener.Dispose();
        _held.Clear();
    }

    public void Dispose() => Release();
}

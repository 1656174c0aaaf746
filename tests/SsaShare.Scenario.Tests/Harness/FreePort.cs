using System.Net;
using System.Net.Sockets;

namespace SsaShare.Scenario.Tests;

/// <summary>Ports for nodes that are killed and started again: below those that the system gives to outgoing connections, which could take one meanwhile.</summary>
internal static class FreePort
{
    private const int First = 20_000, Count = 10_000;
    private static int _next = Random.Shared.Next(Count);

    public static int Next()
    {
        for (int i = 0; i < Count; i++)
        {
            int port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }
        throw new InvalidOperationException("No free port on 127.0.0.1.");
    }
}

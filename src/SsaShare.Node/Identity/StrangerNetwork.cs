using System.Net;
using System.Net.Sockets;

namespace SsaShare.Node;

/// <summary>What callers that nobody knows are told apart by: the address, of IPv6 the first 64 bits, because one host has all of the rest.</summary>
public static class StrangerNetwork
{
    private const int NetworkBytes = 8;

    public static string Of(IPAddress? address)
    {
        if (address is null) return "nowhere";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return $"address {address}";
        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return $"network {new IPAddress(bytes)}/64";
    }
}

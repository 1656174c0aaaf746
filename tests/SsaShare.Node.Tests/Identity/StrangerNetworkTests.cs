using System.Net;

namespace SsaShare.Node.Tests;

public sealed class StrangerNetworkTests
{
    [Theory]
    [InlineData("192.0.2.7", "address 192.0.2.7"), InlineData("::ffff:192.0.2.7", "address 192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "network 2001:db8:1:2::/64"), InlineData("2001:db8:1:2:ffff::", "network 2001:db8:1:2::/64"), InlineData("2001:db8:1:3::", "network 2001:db8:1:3::/64")]
    public void Of_Address_IsWhatOneHostHas(string address, string network) => Assert.Equal(network, StrangerNetwork.Of(IPAddress.Parse(address)));
}

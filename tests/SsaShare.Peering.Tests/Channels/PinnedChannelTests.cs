using System.Net;
using System.Security.Cryptography.X509Certificates;
using SsaShare.Signing;

namespace SsaShare.Peering.Tests;

public sealed class PinnedChannelTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public void IsPinned_PinnedKeyWithinItsValidity_Is()
    {
        using var certificate = Certificate(fromDays: -1, days: 2);
        Assert.True(PinnedChannel.IsPinned(certificate, [new SpkiPin(Hash256.Of("another"u8)), SpkiPin.Of(certificate)]));
    }

    [Theory, InlineData(-3, 1), InlineData(1, 2)]
    public void IsPinned_PinnedKeyOutsideItsValidity_IsNot(int fromDays, int days)
    {
        using var certificate = Certificate(fromDays, days);
        Assert.False(PinnedChannel.IsPinned(certificate, [SpkiPin.Of(certificate)]));
    }

    [Fact]
    public void IsPinned_AnotherKey_IsNot()
    {
        using X509Certificate2 pinned = Certificate(-1, 2), other = Certificate(-1, 2);
        Assert.False(PinnedChannel.IsPinned(other, [SpkiPin.Of(pinned)]));
        Assert.False(PinnedChannel.IsPinned(other, []));
    }

    [Fact]
    public void IsPinned_NoCertificate_IsNot() => Assert.False(PinnedChannel.IsPinned(null, [new SpkiPin(Hash256.Of("a key"u8))]));

    private static X509Certificate2 Certificate(int fromDays, int days)
        => TlsCertificate.CreateForNode("atlantic", [], [IPAddress.Loopback], Now.AddDays(fromDays), TimeSpan.FromDays(days));
}

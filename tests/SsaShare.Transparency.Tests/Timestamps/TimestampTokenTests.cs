using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SsaShare.Transparency.Tests.Timestamps;

public sealed class TimestampTokenTests : IDisposable
{
    private static readonly byte[] Stamped = Encoding.UTF8.GetBytes("ssashare/atlantic/log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
    private readonly OpenSslAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void TryVerify_StampOfATrustedAuthority_HoldsAndTellsTheTime()
    {
        TimestampToken token = Stamp(_authority);
        Assert.True(token.TryVerify(Stamped, _authority.Roots, out string? authority, out string? fault), fault);
        Assert.Equal("CN=Test Time-Stamp Authority", authority);
        Assert.InRange(token.Time, DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.Equal(TimeSpan.FromSeconds(1), token.Accuracy);
    }

    [Fact]
    public void TryParse_TokenReadAgain_IsTheSame()
    {
        Assert.True(TimestampToken.TryParse(Stamp(_authority).Bytes, out TimestampToken? again));
        Assert.True(again.TryVerify(Stamped, _authority.Roots, out _, out string? fault), fault);
    }

    [Fact]
    public void TryVerify_OtherBytes_IsRefused()
        => AssertRefused(Stamp(_authority), [.. Stamped, (byte)'\n'], _authority.Roots, "other bytes");

    [Fact]
    public void TryVerify_AuthorityThatNoRootVouchesFor_IsRefused()
    {
        using var other = new OpenSslAuthority();
        AssertRefused(Stamp(other), Stamped, _authority.Roots, "No trusted root");
        AssertRefused(Stamp(_authority), Stamped, [], "No trusted root");
    }

    [Fact]
    public void TryTakeAnswer_AnswerToAnotherQuestion_IsRefused()
    {
        byte[] answer = _authority.Answer(TimestampQuery.For(Stamped).ToBytes());
        Assert.False(TimestampQuery.For(Stamped).TryTakeAnswer(answer, out _, out string? replayed));
        Assert.NotEmpty(replayed);
        Assert.False(TimestampQuery.For("other"u8).TryTakeAnswer(answer, out _, out _));
    }

    [Fact]
    public void TryVerify_DamagedTokens_NeverThrowAndNeverTellAnotherTime()
    {
        TimestampToken token = Stamp(_authority);
        byte[] original = token.Bytes.ToArray();
        X509Certificate2Collection roots = _authority.Roots;
        var random = new Random(4);
        int read = 0;
        for (int i = 0; i < Nightly.FuzzInputs / 10; i++)
        {
            byte[] damaged = [.. original];
            for (int flips = random.Next(1, 4); flips > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            if (i % 4 == 0)
            {
                damaged = damaged[..random.Next(damaged.Length)];
            }

            if (TimestampToken.TryParse(damaged, out TimestampToken? one))
            {
                read++;
                Assert.True(!one.TryVerify(Stamped, roots, out _, out _) || one.Time == token.Time);
            }
        }

        Assert.True(read > 0, "no damaged token could be read at all: the test shows nothing");
    }

    [Fact]
    public void TryTakeAnswer_AnyBytes_GivesAnAnswer()
    {
        byte[] answer = _authority.Answer(TimestampQuery.For(Stamped).ToBytes());
        var random = new Random(5);
        for (int i = 0; i < Nightly.FuzzInputs / 10; i++)
        {
            byte[] damaged = i % 2 == 0 ? [.. answer] : new byte[random.Next(200)];
            if (i % 2 == 0)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);
            }
            else
            {
                random.NextBytes(damaged);
            }

            Assert.False(TimestampQuery.For(Stamped).TryTakeAnswer(damaged, out _, out _));
        }
    }

    private static TimestampToken Stamp(OpenSslAuthority authority)
    {
        TimestampQuery query = TimestampQuery.For(Stamped);
        Assert.True(query.TryTakeAnswer(authority.Answer(query.ToBytes()), out TimestampToken? token, out string? fault), fault);
        return token;
    }

    private static void AssertRefused(TimestampToken token, byte[] stamped, X509Certificate2Collection roots, string why)
    {
        Assert.False(token.TryVerify(stamped, roots, out _, out string? fault));
        Assert.Contains(why, fault, StringComparison.Ordinal);
    }
}

using System.Text;

namespace SsaShare.Signing.Tests.Keys.Pkcs11;

public class Pkcs11UriTests
{
    private const string Whole = "pkcs11:token=The%20Software%20PKCS%2311;serial=12;manufacturer=Snake%20Oil;model=1.0;object=my-key;id=%01%ff;type=private?module-path=/usr/lib/m.so&pin-source=file:/etc/pin";

    [Fact]
    public void TryParse_EveryAttribute_IsReadAndWrittenAsItWas()
    {
        Assert.True(Pkcs11Uri.TryParse(Whole, out Pkcs11Uri? uri, out string? fault), fault);
        Assert.Equal("The Software PKCS#11"u8.ToArray(), uri.TokenLabel);
        Assert.Equal("12"u8.ToArray(), uri.SerialNumber);
        Assert.Equal("Snake Oil"u8.ToArray(), uri.Manufacturer);
        Assert.Equal("1.0"u8.ToArray(), uri.Model);
        Assert.Equal("my-key"u8.ToArray(), uri.ObjectLabel);
        Assert.Equal([0x01, 0xff], uri.ObjectId);
        Assert.Equal(("/usr/lib/m.so", "/etc/pin", Whole), (uri.ModulePath, uri.PinSource, uri.ToString()));
    }

    [Theory]
    [InlineData("", "begins with")]
    [InlineData("pkcs12:token=a;object=b?module-path=/m", "begins with")]
    [InlineData("pkcs11:object=b?module-path=/m", "token is named")]
    [InlineData("pkcs11:token=a?module-path=/m", "key is named")]
    [InlineData("pkcs11:token=a;object=b", "module is named")]
    [InlineData("pkcs11:token=a;object=b?module-path=m.so", "absolute")]
    [InlineData("pkcs11:token=a;object=b?module-path=/m&pin-source=pin", "absolute")]
    [InlineData("pkcs11:token=a;object=b?module-path=/m&pin-source=|/bin/pin", "absolute")]
    [InlineData("pkcs11:token=a;object=b?module-path=/m&pin-value=1234", "pin-source")]
    [InlineData("pkcs11:token=a;object=b;pin-value=1234?module-path=/m", "pin-source")]
    [InlineData("pkcs11:token=a;object=b;x-more=1?module-path=/m", "'x-more' is not one")]
    [InlineData("pkcs11:token=a;object=b;module-path=/m", "'module-path' is not one")]
    [InlineData("pkcs11:token=a;object=b?module-path=/m&token=c", "'token' is not one")]
    [InlineData("pkcs11:token=a;token=b;object=b?module-path=/m", "twice")]
    [InlineData("pkcs11:token=;object=b?module-path=/m", "percent-encoded")]
    [InlineData("pkcs11:token=%4;object=b?module-path=/m", "percent-encoded")]
    [InlineData("pkcs11:token=%zz;object=b?module-path=/m", "percent-encoded")]
    [InlineData("pkcs11:token=a b;object=b?module-path=/m", "percent-encoded")]
    [InlineData("pkcs11:token=a;object=b;type=cert?module-path=/m", "type is 'private'")]
    [InlineData("pkcs11:token=a;object=b?module-path=/m%00so", "absolute")]
    public void TryParse_AnythingElse_IsRefusedWithTheReason(string text, string because)
    {
        Assert.False(Pkcs11Uri.TryParse(text, out _, out string? fault));
        Assert.Contains(because, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("1234", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_DamagedUris_GivesAUriOrAFault()
    {
        int read = 0;
        foreach (byte[] damaged in Mutations.Of(Encoding.ASCII.GetBytes(Whole), Nightly.FuzzInputs, seed: 7))
        {
            bool parsed = Pkcs11Uri.TryParse(Encoding.Latin1.GetString(damaged), out Pkcs11Uri? uri, out string? fault);
            Assert.Equal(parsed, uri is not null);
            Assert.Equal(parsed, fault is null);
            Assert.True(!parsed || (uri!.ModulePath.StartsWith('/') && (uri.TokenLabel ?? uri.SerialNumber) is not null));
            read += parsed ? 1 : 0;
        }

        Assert.InRange(read, 1, Nightly.FuzzInputs - 1);
    }

    [Fact]
    public void TryParse_TooLong_IsRefused()
        => Assert.False(Pkcs11Uri.TryParse($"pkcs11:token={new string('a', Pkcs11Uri.Longest)};object=b?module-path=/m", out _, out _));
}

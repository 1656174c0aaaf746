using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Peering.Tests;

/// <summary>New keys of a node whose keys are encrypted are encrypted as well, and open with the same passphrase.</summary>
public sealed class KeyChangeProtectionTests : IDisposable
{
    private static readonly KeyChangeRequest Request = new(Signing: true, Log: true, Witness: true, Tls: true, Recovery: true, CompromisedSince: null, "planned");
    private static readonly Passphrase Right = Passphrase.Of("correct horse battery"), Wrong = Passphrase.Of("incorrect horse battery");
    private readonly ManualTime _time = new();
    private readonly NodeFolder _folder = new(Directory.CreateTempSubdirectory("ssashare-key-change-").FullName);

    public KeyChangeProtectionTests()
        => NodeIdentity.Create(_folder, PartnerId.Parse("atlantic"), "Atlantic", new Uri("https://127.0.0.1:1"), _time.GetUtcNow(), new NewKeys(Passphrase: Right)).Dispose();

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    [Fact]
    public void Prepare_WithThePassphrase_EncryptsEveryNewKey()
    {
        int before = _folder.SecretFiles().Count;
        KeyChange.Prepare(_folder, Request, null, Right, Right, _time.GetUtcNow());
        Assert.Equal(before + 5, _folder.SecretFiles().Count);
        Assert.All(_folder.SecretFiles(), path => Assert.Equal(KeyProtection.Passphrase, KeyFile.ProtectionOf(path)));
        KeyChange.Finish(_folder);
        NodeIdentity.Load(_folder, Right).Dispose();
    }

    /// <summary>The recovery key may come from elsewhere, in the clear or with a passphrase of its own: it says nothing about the node's keys.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Prepare_WithNoneOrAnother_MakesNothing(bool none)
    {
        Assert.Throws<KeyFileException>(() => KeyChange.Prepare(_folder, Request, null, none ? null : Wrong, Right, _time.GetUtcNow()));
        Assert.False(Directory.Exists(_folder.NextKeysFolder));
    }
}

using System.Runtime.Versioning;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Signing.Tests.Keys.Pkcs11;

namespace SsaShare.Peering.Tests;

/// <summary>A key that a token holds gets a successor in the token, or in a file when somebody says so, and never by itself.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KeyChangeTokenTests : IDisposable
{
    private static readonly KeyChangeRequest Three = new(Signing: true, Log: true, Witness: true, Tls: false, Recovery: false, CompromisedSince: null, "planned");
    private static int s_number;
    private readonly string _name = $"change-{Interlocked.Increment(ref s_number)}";
    private readonly ManualTime _time = new();
    private readonly NodeFolder _folder = new(Directory.CreateTempSubdirectory("ssashare-key-change-").FullName);

    public KeyChangeTokenTests()
    {
        var (signing, log, witness) = Make("old");
        NodeIdentity.Create(_folder, PartnerId.Parse("atlantic"), "Atlantic", new Uri("https://127.0.0.1:1"), _time.GetUtcNow(), new NewKeys(SigningToken: signing, LogToken: log, WitnessToken: witness)).Dispose();
    }

    public void Dispose() => Directory.Delete(_folder.Path, recursive: true);

    [Theory]
    [InlineData(0, "--signing-key"), InlineData(1, "--log-key"), InlineData(2, "--witness-key")]
    public void Prepare_ATokensKeyWithoutAPlaceForItsSuccessor_MakesNothing(int which, string option)
    {
        var request = Three with { Signing = which == 0, Log = which == 1, Witness = which == 2 };
        var refusal = Assert.Throws<KeyFileException>(() => Prepare(request));
        Assert.Contains(option, refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.NextKeysFolder));
    }

    [Fact]
    public void Prepare_WithNewKeysOfTheToken_LeavesNoKeyInAFile()
    {
        var (signing, log, witness) = Make("new");
        var made = Prepare(Three with { SigningToken = signing, LogToken = log, WitnessToken = witness });
        KeyChange.Finish(_folder);
        Assert.All(new[] { _folder.SigningKeyFile, _folder.LogKeyFile, _folder.WitnessKeyFile }, path => Assert.Equal(KeyProtection.Token, KeyFile.ProtectionOf(path)));
        using var changed = NodeIdentity.Load(_folder);
        Assert.Equal(made.Next.Id, changed.Card.Id);
        using var key = TokenKeys.Open(signing);
        Assert.Equal(key.VerificationKey, changed.SigningKey.VerificationKey);
        Assert.NotEqual(made.Previous.Card.LogKey, changed.LogSigner.Verifier);
        Assert.NotEqual(made.Previous.Card.WitnessKey, changed.WitnessSigner.Verifier);
    }

    [Fact]
    public void Prepare_ToFiles_IsASuccessorInAFile()
    {
        Prepare(Three with { ToFiles = true });
        KeyChange.Finish(_folder);
        Assert.Equal(KeyProtection.None, KeyFile.ProtectionOf(_folder.SigningKeyFile));
        NodeIdentity.Load(_folder).Dispose();
    }

    [Fact]
    public void Prepare_WithTheKeyInUse_IsRefused()
        => Assert.Throws<FormatException>(() => Prepare(new KeyChangeRequest(false, true, false, true, false, null, "planned") { LogToken = SoftHsm.Uri($"{_name}-old-log") }));

    private KeyEvent Prepare(KeyChangeRequest request) => KeyChange.Prepare(_folder, request, null, null, null, _time.GetUtcNow());

    private (Pkcs11Uri Signing, Pkcs11Uri Log, Pkcs11Uri Witness) Make(string age)
    {
        var uris = (SoftHsm.Uri($"{_name}-{age}-signing"), SoftHsm.Uri($"{_name}-{age}-log"), SoftHsm.Uri($"{_name}-{age}-witness"));
        TokenKeys.Generate(uris.Item1, SignatureAlgorithm.EcdsaP256Sha256).Dispose();
        TokenKeys.Generate(uris.Item2, SignatureAlgorithm.Ed25519).Dispose();
        TokenKeys.Generate(uris.Item3, SignatureAlgorithm.Ed25519).Dispose();
        return uris;
    }
}

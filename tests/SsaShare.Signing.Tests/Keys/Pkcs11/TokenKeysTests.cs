using System.Runtime.Versioning;

namespace SsaShare.Signing.Tests.Keys.Pkcs11;

[Collection(TokenTests.Name), UnsupportedOSPlatform("windows")]
public sealed class TokenKeysTests : IDisposable
{
    private static readonly ContextLabel Label = new("test", 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("ssashare-token-").FullName;

    public static TheoryData<SignatureAlgorithm> Algorithms => [SignatureAlgorithm.EcdsaP256Sha256, SignatureAlgorithm.Ed25519];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, MemberData(nameof(Algorithms))]
    public void Generate_Key_SignsAndStaysInTheToken(SignatureAlgorithm algorithm)
    {
        Pkcs11Uri uri = SoftHsm.Uri($"generated-{algorithm}");
        using SigningKey key = TokenKeys.Generate(uri, algorithm), again = TokenKeys.Open(uri);
        Assert.Equal(algorithm, key.Algorithm);
        Assert.Equal(key.VerificationKey, again.VerificationKey);
        Assert.True(key.VerificationKey.Verify(Label, [1, 2, 3], again.Sign(Label, [1, 2, 3])));
        Assert.True(key.VerificationKey.Verify(Label, [], key.Sign(Label, [])));
        Assert.True(key.VerificationKey.VerifyUnlabelled([], key.SignUnlabelled([])));
        Assert.Throws<InvalidOperationException>(() => key.ExportPkcs8());
        Assert.Contains("already", Assert.Throws<Pkcs11Exception>(() => TokenKeys.Generate(uri, algorithm)).Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void MoveToToken_KeyOfAFile_IsTheSameKeyAndTheFileNamesIt(SignatureAlgorithm algorithm)
    {
        string path = In("signing.pem");
        Pkcs11Uri uri = SoftHsm.Uri($"moved-{algorithm}");
        using var key = SigningKey.Generate(algorithm);
        KeyFile.CreateNew(path, key);
        byte[] before = File.ReadAllBytes(path);
        Assert.Equal(key.VerificationKey, KeyFile.MoveToToken(path, uri));
        AssertMoved(path, uri, key);

        // Broken off before the file was replaced: the key is in both places.
        File.WriteAllBytes(path, before);
        KeyFile.MoveToToken(path, uri);
        AssertMoved(path, uri, key);
    }

    [Fact]
    public void MoveToToken_AnotherKeyHasTheName_IsRefusedAndTheFileStays()
    {
        string path = In("signing.pem");
        Pkcs11Uri uri = SoftHsm.Uri("taken");
        using SigningKey taken = TokenKeys.Generate(uri, SignatureAlgorithm.EcdsaP256Sha256), key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        KeyFile.CreateNew(path, key);
        byte[] before = File.ReadAllBytes(path);
        Assert.Contains("another key", Assert.Throws<Pkcs11Exception>(() => KeyFile.MoveToToken(path, uri)).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void ProtectAndUnprotect_FileThatNamesATokensKey_LeaveIt()
    {
        string path = In("signing.pem");
        var passphrase = Passphrase.Of("correct horse battery");
        KeyFile.CreateNew(path, SoftHsm.Uri("unused"));
        Assert.False(KeyFile.Protect(path, passphrase));
        Assert.False(KeyFile.Unprotect(path, passphrase));
        Assert.Equal(KeyProtection.Token, KeyFile.ProtectionOf(path));
    }

    [Fact]
    public void ReadNoteSigner_Ed25519KeyOfAToken_SignsNotesAndP256IsRefused()
    {
        string log = In("log.pem"), p256 = In("p256.pem");
        KeyFile.CreateNew(log, SoftHsm.Uri("note"));
        KeyFile.CreateNew(p256, SoftHsm.Uri("no-note"));
        TokenKeys.Generate(SoftHsm.Uri("note"), SignatureAlgorithm.Ed25519).Dispose();
        TokenKeys.Generate(SoftHsm.Uri("no-note"), SignatureAlgorithm.EcdsaP256Sha256).Dispose();
        using NoteSigner signer = KeyFile.ReadNoteSigner(log, "node.example/log");
        using NoteSigner witness = KeyFile.ReadNoteSigner(log, "node.example/witness", NoteSignatureType.CosignatureV1);
        Assert.True(signer.Verifier.Verify("text\n"u8, signer.Sign("text\n"u8)));
        Assert.True(witness.Verifier.Verify("text\n"u8, witness.Cosign("text\n"u8, 1)));
        Assert.Contains(p256, Assert.Throws<KeyFileException>(() => KeyFile.ReadNoteSigner(p256, "node.example/log")).Message, StringComparison.Ordinal);
    }

    /// <summary>A session that is left open keeps the token logged in, which then takes any PIN.</summary>
    [Fact]
    public void ReadNoteSigner_KeyOfATokenIsRefused_LeavesNoSession()
    {
        string path = In("p256.pem");
        KeyFile.CreateNew(path, SoftHsm.Uri("refused-note"));
        TokenKeys.Generate(SoftHsm.Uri("refused-note"), SignatureAlgorithm.EcdsaP256Sha256).Dispose();
        Assert.Throws<KeyFileException>(() => KeyFile.ReadNoteSigner(path, "node.example/log"));
        Assert.Throws<Pkcs11Exception>(() => TokenKeys.Open(SoftHsm.Uri("refused-note", SoftHsm.PinFile("11111111"))));
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void Sign_ManyThreads_EverySignatureVerifies(SignatureAlgorithm algorithm)
    {
        using SigningKey key = TokenKeys.Generate(SoftHsm.Uri($"threads-{algorithm}"), algorithm);
        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            Assert.True(key.VerificationKey.Verify(Label, [(byte)i, (byte)(i >> 8)], key.Sign(Label, [(byte)i, (byte)(i >> 8)]))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sign_SessionsOrModuleWentAway_OpensThemAgain(bool moduleStops)
    {
        Pkcs11Uri uri = SoftHsm.Uri($"away-{moduleStops}");
        using SigningKey key = TokenKeys.Generate(uri, SignatureAlgorithm.EcdsaP256Sha256);
        var library = Pkcs11Library.Load(SoftHsm.Module);
        for (int round = 0; round < 3; round++)
        {
            Assert.True(key.VerificationKey.Verify(Label, [1], key.Sign(Label, [1])));
            if (moduleStops)
            {
                library.Stop();
            }
            else
            {
                library.CloseAllSessions(library.FindSlot(uri));
            }
        }

        Parallel.For(0, 50, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => Assert.True(key.VerificationKey.Verify(Label, [1], key.Sign(Label, [1]))));
    }

    [Fact]
    public void Sign_KeyDestroyedInTheToken_SaysSo()
    {
        Pkcs11Uri uri = SoftHsm.Uri("destroyed");
        using SigningKey key = TokenKeys.Generate(uri, SignatureAlgorithm.EcdsaP256Sha256);
        using (Pkcs11Session session = Pkcs11Token.Of(uri, null).Open(writable: true))
        {
            session.Destroy(Pkcs11PrivateKey.FindPrivateKey(session, uri));
        }

        Assert.Contains("no private key", Assert.Throws<Pkcs11Exception>(() => key.Sign(Label, [1])).Message, StringComparison.Ordinal);
    }

    /// <summary>A token locks itself after some wrong PINs: one attempt is all it gets.</summary>
    [Fact]
    public void Open_WrongPin_IsTriedOnceAndTheRightOneStillOpens()
    {
        Pkcs11Uri right = SoftHsm.Uri("pin");
        Pkcs11Uri wrong = SoftHsm.Uri("pin", SoftHsm.PinFile("00000000"));
        TokenKeys.Generate(right, SignatureAlgorithm.EcdsaP256Sha256).Dispose();
        Assert.Contains("PIN is wrong", Assert.Throws<Pkcs11Exception>(() => TokenKeys.Open(wrong)).Message, StringComparison.Ordinal);
        Assert.Contains("not tried again", Assert.Throws<Pkcs11Exception>(() => TokenKeys.Open(wrong)).Message, StringComparison.Ordinal);
        TokenKeys.Open(right).Dispose();
    }

    [Fact]
    public void Open_WithoutPinSource_TakesThePassphraseAsPin()
    {
        Pkcs11Uri uri = SoftHsm.Uri("passphrase");
        TokenKeys.Generate(uri, SignatureAlgorithm.Ed25519).Dispose();
        Assert.True(Pkcs11Uri.TryParse(uri.ToString().Split("&pin-source", 2)[0], out Pkcs11Uri? without, out _));
        TokenKeys.Open(without, Passphrase.Of(SoftHsm.Pin)).Dispose();
        Assert.Contains("PIN", Assert.Throws<Pkcs11Exception>(() => TokenKeys.Open(without)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoKeyNoTokenOrNoModule_SaysWhich()
    {
        string uri = SoftHsm.Uri("nothing").ToString();
        AssertFault("no private key", uri);
        AssertFault("No token is there", uri.Replace("token=", "token=other", StringComparison.Ordinal));
        AssertFault("There is no PKCS#11 module", uri.Replace(SoftHsm.Module, "/nowhere/module.so", StringComparison.Ordinal));
        AssertFault("cannot be loaded", uri.Replace(SoftHsm.Module, Path.Combine(AppContext.BaseDirectory, "SsaShare.Signing.dll"), StringComparison.Ordinal));
    }

    [Fact]
    public void Open_TwoKeysOfOneLabel_TakesNeither()
    {
        string uri = SoftHsm.Uri("twin").ToString();
        string first = uri.Replace("object=twin", "object=twin;id=%01", StringComparison.Ordinal), second = uri.Replace("object=twin", "object=twin;id=%02", StringComparison.Ordinal);
        using SigningKey one = TokenKeys.Generate(Parse(first), SignatureAlgorithm.EcdsaP256Sha256), two = TokenKeys.Generate(Parse(second), SignatureAlgorithm.EcdsaP256Sha256);
        AssertFault("2 private keys fit", uri);
        using SigningKey found = TokenKeys.Open(Parse(second));
        Assert.Equal(two.Id, found.Id);
        Assert.NotEqual(one.Id, found.Id);
    }

    [Fact]
    public void Generate_Hybrid_IsRefused()
        => Assert.Contains("stay in files", Assert.Throws<Pkcs11Exception>(() => TokenKeys.Generate(SoftHsm.Uri("hybrid"), SignatureAlgorithm.MlDsa44EcdsaP256)).Message, StringComparison.Ordinal);

    private static void AssertMoved(string path, Pkcs11Uri uri, SigningKey key)
    {
        Assert.Equal($"{uri}\n", File.ReadAllText(path));
        using SigningKey read = KeyFile.ReadSigningKey(path);
        Assert.True(key.VerificationKey.Verify(Label, [1], read.Sign(Label, [1])));
        Assert.Throws<InvalidOperationException>(() => read.ExportPkcs8());
    }

    private static void AssertFault(string expected, string uri)
        => Assert.Contains(expected, Assert.Throws<Pkcs11Exception>(() => TokenKeys.Open(Parse(uri))).Message, StringComparison.Ordinal);

    private static Pkcs11Uri Parse(string text)
    {
        Assert.True(Pkcs11Uri.TryParse(text, out Pkcs11Uri? uri, out string? fault), fault);
        return uri;
    }

    private string In(string name) => Path.Combine(_folder, name);
}

/// <summary>One after the other: some of them stop the module.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TokenTests
{
    public const string Name = "one token";
}

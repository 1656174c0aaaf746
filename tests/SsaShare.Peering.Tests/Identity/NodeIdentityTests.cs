using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Peering.Tests;

public sealed class NodeIdentityTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly ManualTime _time = new();
    private readonly Party _atlantic;

    public NodeIdentityTests() => _atlantic = Party.Create("atlantic", _time);

    private string[] Secrets => [_atlantic.Folder.SigningKeyFile, _atlantic.Folder.LogKeyFile, _atlantic.Folder.TlsFile, _atlantic.Folder.OperatorFile, _atlantic.Folder.CursorKeyFile,
        _atlantic.Folder.WitnessKeyFile, _atlantic.Folder.RecoveryKeyFile];

    [Fact]
    public void Create_NewFolder_FilesAreTheOwnersAlone()
    {
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(_atlantic.Folder.Path));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(_atlantic.Folder.SigningKeyFile)!));
        Assert.All(Secrets, path => Assert.Equal(OwnerOnly, File.GetUnixFileMode(path)));
    }

    [Fact]
    public void Load_WhatWasCreated_IsTheSameNode()
    {
        using var loaded = NodeIdentity.Load(_atlantic.Folder);
        Assert.Equal(_atlantic.Card.Id, loaded.Card.Id);
        Assert.Equal(_atlantic.Identity.SigningKey.Id, loaded.SigningKey.Id);
        Assert.Equal(_atlantic.Identity.LogSigner.Verifier, loaded.LogSigner.Verifier);
        Assert.Equal(_atlantic.Identity.CursorKey.ToArray(), loaded.CursorKey.ToArray());
        Assert.True(loaded.TlsCertificate.HasPrivateKey);
        Assert.Equal(loaded.Card.Card.TlsPins.Single(), SpkiPin.Of(loaded.TlsCertificate));
    }

    [Fact]
    public void Create_Card_NamesEveryKeyOfTheFolder()
    {
        using var operatorCertificate = KeyFile.ReadCertificate(_atlantic.Folder.OperatorFile);
        Assert.True(SignedNodeCard.TryOpen(File.ReadAllBytes(_atlantic.Folder.CardFile), out var card, out _));
        Assert.Equal(("atlantic", "ssashare/atlantic/log"), (card.Card.PartnerId, card.Card.LogKey.Name));
        Assert.Equal(_atlantic.Identity.SigningKey.VerificationKey, card.Card.SigningKey);
        Assert.Equal(_atlantic.Identity.WitnessSigner.Verifier, card.Card.WitnessKey);
        using var recoveryKey = KeyFile.ReadSigningKey(_atlantic.Folder.RecoveryKeyFile);
        Assert.Equal(recoveryKey.VerificationKey, card.Card.RecoveryKey);
        Assert.Equal(SpkiPin.Of(operatorCertificate), card.Card.OperatorPins.Single());
    }

    [Fact]
    public void Create_WithAPassphrase_KeepsNoSecretInTheClearAndLoadsWithItOnly()
    {
        var passphrase = Passphrase.Of("correct horse battery");
        var folder = new NodeFolder(Path.Combine(_atlantic.Folder.Path, "pacific"));
        using var created = NodeIdentity.Create(folder, PartnerId.Parse("pacific"), "Pacific", new Uri("https://127.0.0.1:1"), _time.GetUtcNow(), new NewKeys(Passphrase: passphrase));
        Assert.Equal(Secrets.Length, folder.SecretFiles().Count);
        Assert.All(folder.SecretFiles(), path => Assert.Equal(KeyProtection.Passphrase, KeyFile.ProtectionOf(path)));
        using var loaded = NodeIdentity.Load(folder, passphrase);
        Assert.Equal(created.CursorKey.ToArray(), loaded.CursorKey.ToArray());
        Assert.Throws<KeyFileException>(() => NodeIdentity.Load(folder));
        Assert.Throws<KeyFileException>(() => NodeIdentity.Load(folder, Passphrase.Of("incorrect horse battery")));
    }

    [Fact]
    public void Create_WithAShortPassphrase_MakesNothing()
    {
        var folder = new NodeFolder(Path.Combine(_atlantic.Folder.Path, "pacific"));
        Assert.Throws<KeyFileException>(() => NodeIdentity.Create(folder, PartnerId.Parse("pacific"), "Pacific", new Uri("https://127.0.0.1:1"), _time.GetUtcNow(), new NewKeys(Passphrase: Passphrase.Of("short"))));
        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public void Create_WhereANodeIs_OverwritesNothing()
    {
        byte[][] before = [.. Secrets.Append(_atlantic.Folder.CardFile).Select(File.ReadAllBytes)];
        Assert.Throws<IOException>(CreateAgain);
        Assert.Equal(before, Secrets.Append(_atlantic.Folder.CardFile).Select(File.ReadAllBytes));
    }

    [Fact]
    public void Create_WhereKeysWithoutACardAre_OverwritesNothing()
    {
        byte[][] before = [.. Secrets.Select(File.ReadAllBytes)];
        File.Delete(_atlantic.Folder.CardFile);
        Assert.Throws<IOException>(CreateAgain);
        Assert.Equal(before, Secrets.Select(File.ReadAllBytes));
        Assert.False(File.Exists(_atlantic.Folder.CardFile));
    }

    [Fact]
    public void Load_EmptyFolder_SaysHowToMakeANode()
    {
        var refusal = Assert.Throws<InvalidDataException>(() => NodeIdentity.Load(new NodeFolder(Path.Combine(_atlantic.Folder.Path, "nowhere"))));
        Assert.Contains("ssa node init", refusal.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2)]
    public void Load_KeyOfAnotherNode_IsRefused(int which)
    {
        using var other = Party.Create("atlantic", _time);
        string[] theirs = [other.Folder.SigningKeyFile, other.Folder.LogKeyFile, other.Folder.TlsFile];
        File.Copy(theirs[which], Secrets[which], overwrite: true);
        File.SetUnixFileMode(Secrets[which], OwnerOnly);
        Assert.Throws<InvalidDataException>(() => NodeIdentity.Load(_atlantic.Folder));
    }

    [Fact]
    public void Load_AlteredCard_IsRefused()
    {
        byte[] card = File.ReadAllBytes(_atlantic.Folder.CardFile);
        card[card.Length / 2] ^= 1;
        File.WriteAllBytes(_atlantic.Folder.CardFile, card);
        Assert.Throws<InvalidDataException>(() => NodeIdentity.Load(_atlantic.Folder));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(4), InlineData(5)]
    public void Load_KeyOpenToOthers_IsRefused(int which)
    {
        File.SetUnixFileMode(Secrets[which], OwnerOnly | UnixFileMode.GroupRead);
        Assert.Throws<KeyFileException>(() => NodeIdentity.Load(_atlantic.Folder));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(4), InlineData(5)]
    public void Load_MissingKey_IsRefused(int which)
    {
        File.Delete(Secrets[which]);
        Assert.Throws<KeyFileException>(() => NodeIdentity.Load(_atlantic.Folder));
    }

    [Fact]
    public void Load_RecoveryKeyTakenAway_IsTheSameNode()
    {
        File.Delete(_atlantic.Folder.RecoveryKeyFile);
        using var loaded = NodeIdentity.Load(_atlantic.Folder);
        Assert.Equal(_atlantic.Card.Id, loaded.Card.Id);
    }

    [Fact]
    public void Load_CursorKeyOfAnotherLength_IsRefused()
    {
        File.WriteAllBytes(_atlantic.Folder.CursorKeyFile, new byte[31]);
        Assert.Throws<KeyFileException>(() => NodeIdentity.Load(_atlantic.Folder));
    }

    public void Dispose() => _atlantic.Dispose();

    private void CreateAgain() => NodeIdentity.Create(_atlantic.Folder, PartnerId.Parse("atlantic"), "Again", new Uri("https://127.0.0.1:1"), _time.GetUtcNow());
}

using System.Security.Cryptography;
using System.Text;
using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Peering.Tests;

public sealed class PeerDirectoryTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly Party _atlantic, _pacific;
    private readonly MemoryPeerStore _store = new();
    private readonly PeerDirectory _directory;

    private VerificationKey? Key => _directory.SigningKey(_pacific.Partner, _pacific.Card.Card.SigningKey.Id, Domain.Utc.FromDateTime(_time.GetUtcNow()));

    public PeerDirectoryTests()
    {
        (_atlantic, _pacific) = (Party.Create("atlantic", _time), Party.Create("pacific", _time));
        _directory = new PeerDirectory(_atlantic.Identity, _store);
    }

    [Fact]
    public async Task TryAdd_NewPartner_IsFoundWithItsKeyAndItsCallers()
    {
        Assert.Null(await AddAsync(_pacific.Card));
        Assert.Equal(_pacific.Card.Id, _directory.Find(_pacific.Partner)?.Card.Id);
        Assert.Equal(_pacific.Card.Card.SigningKey, Key);
        Assert.Equal(new Caller(_pacific.Partner, CallerKind.Node), _directory.FindCaller(_pacific.Card.Card.TlsPins.Single()));
        Assert.Equal(new Caller(_pacific.Partner, CallerKind.Operator), _directory.FindCaller(_pacific.Card.Card.OperatorPins.Single()));
    }

    [Fact]
    public void Find_BeforeAnythingIsAdded_KnowsItselfAlone()
    {
        Assert.Equal([_atlantic.Partner], _directory.Peers.Select(peer => peer.Partner));
        Assert.Equal(new Caller(_atlantic.Partner, CallerKind.Operator), _directory.FindCaller(_atlantic.Card.Card.OperatorPins.Single()));
        Assert.Null(_directory.Find(_pacific.Partner));
        Assert.Null(Key);
        Assert.Null(_directory.FindCaller(_pacific.Card.Card.TlsPins.Single()));
    }

    [Fact]
    public async Task TryAdd_SameCardTwice_ChangesNothing()
    {
        Assert.Null(await AddAsync(_pacific.Card));
        Assert.Null(await AddAsync(_pacific.Card));
        Assert.Equal(2, _directory.Peers.Count);
    }

    /// <summary>Checkpoints are told apart by the log's name: whoever takes another's would sign for them.</summary>
    [Theory, InlineData("ssashare/harbour/log"), InlineData("ssashare/harbour/log/2"), InlineData("ssashare/pacific/log/1"), InlineData("log")]
    public async Task TryAdd_CardThatNamesItsLogOtherwise_IsRefused(string name)
    {
        var card = _pacific.Card.Card;
        var named = new NodeCard(card.PartnerId, card.DisplayName, card.Endpoint, card.SigningKey, card.LogKey.Renamed(name), card.WitnessKey, card.RecoveryKey, card.TlsPins, card.OperatorPins, card.IssuedAt);
        Assert.Contains(name, await AddAsync(named.Sign(_pacific.Identity.SigningKey)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryAdd_AnotherCardOfAPartner_IsRefusedAndTheFirstStays()
    {
        Assert.Null(await AddAsync(_pacific.Card));
        using var another = Party.Create("pacific", _time);
        Assert.Contains("not taken silently", await AddAsync(another.Card), StringComparison.Ordinal);
        Assert.Equal(_pacific.Card.Id, _directory.Find(_pacific.Partner)?.Card.Id);
        Assert.Null(_directory.FindCaller(another.Card.Card.TlsPins.Single()));
    }

    [Fact]
    public async Task TryAdd_OwnCard_IsNoNews() => Assert.Null(await AddAsync(_atlantic.Card));

    [Fact]
    public async Task TryAdd_AnotherCardOfItsOwnPartner_IsRefused()
    {
        using var another = Party.Create("atlantic", _time);
        Assert.Contains("own partner", await AddAsync(another.Card), StringComparison.Ordinal);
        Assert.Equal(_atlantic.Card.Id, _directory.Find(_atlantic.Partner)?.Card.Id);
    }

    public static TheoryData<string> Claims => ["tls", "tls as operator", "operator", "operator as tls", "own tls", "signing key", "own signing key", "log key", "own log key", "log key as witness key", "witness key", "recovery key", "signing key as recovery key", "one key in both uses"];

    [Theory, MemberData(nameof(Claims))]
    public async Task TryAdd_CardThatListsAKeyOfSomebodyElseOrTwice_IsRefusedAndNotStored(string claim)
    {
        Assert.Null(await AddAsync(_pacific.Card));
        var pacific = _pacific.Card.Card;
        var own = new SpkiPin(Hash256.Of("a key of its own"u8));
        var card = claim switch
        {
            "tls" => Mallory([own, .. pacific.TlsPins], []),
            "tls as operator" => Mallory([own], pacific.TlsPins),
            "operator" => Mallory([own], pacific.OperatorPins),
            "operator as tls" => Mallory(pacific.OperatorPins, []),
            "own tls" => Mallory(_atlantic.Card.Card.TlsPins, []),
            "signing key" => Mallory([own], [], _pacific.Identity.SigningKey),
            "own signing key" => Mallory([own], [], _atlantic.Identity.SigningKey),
            "log key" => Mallory([own], [], logKey: pacific.LogKey),
            "own log key" => Mallory([own], [], logKey: _atlantic.Card.Card.LogKey),
            "log key as witness key" => Mallory([own], [], witnessKey: AsWitness(pacific.LogKey)),
            "witness key" => Mallory([own], [], witnessKey: pacific.WitnessKey),
            "recovery key" => Mallory([own], [], recoveryKey: pacific.RecoveryKey),
            "signing key as recovery key" => Mallory([own], [], recoveryKey: pacific.SigningKey),
            _ => Mallory([own], [own]),
        };
        Assert.Contains("another partner or another use", await AddAsync(card), StringComparison.Ordinal);
        Assert.Null(_directory.Find(PartnerId.Parse("mallory")));
        Assert.Single(await _store.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task TryAdd_CardWithKeysOfItsOwn_IsTaken()
        => Assert.Null(await AddAsync(Mallory([new SpkiPin(Hash256.Of("node"u8))], [new SpkiPin(Hash256.Of("operator"u8))])));

    [Fact]
    public async Task TryAdd_TwoCardsAtOnce_BothAreFound()
    {
        using var caribbean = Party.Create("caribbean", _time);
        var firstHasRead = new TaskCompletionSource();
        var secondIsDone = new TaskCompletionSource();
        int reads = 0;
        _store.AfterReading = async () =>
        {
            if (Interlocked.Increment(ref reads) != 1) return;
            firstHasRead.SetResult();
            // The second cannot be done before the first where one waits for the other.
            await Task.WhenAny(secondIsDone.Task, Task.Delay(100));
        };
        var first = AddAsync(_pacific.Card);
        await firstHasRead.Task;
        var second = AddAsync(caribbean.Card);
        _ = second.ContinueWith(_ => secondIsDone.SetResult(), TaskScheduler.Default);
        Assert.Null(await first);
        Assert.Null(await second);
        Assert.NotNull(_directory.Find(_pacific.Partner));
        Assert.NotNull(_directory.Find(caribbean.Partner));
    }

    [Fact]
    public async Task Changed_TakenBeforeAnAddition_CompletesWithItAndNotBefore()
    {
        var before = _directory.Changed;
        Assert.False(before.IsCompleted);
        await AddAsync(_pacific.Card);
        Assert.True(before.IsCompleted);
        Assert.False(_directory.Changed.IsCompleted);
    }

    [Fact]
    public async Task Load_AfterARestart_FindsWhatWasPinned()
    {
        await AddAsync(_pacific.Card);
        var restarted = new PeerDirectory(_atlantic.Identity, _store);
        await restarted.LoadAsync(CancellationToken.None);
        Assert.Equal(_pacific.Card.Id, restarted.Find(_pacific.Partner)?.Card.Id);
        Assert.NotNull(restarted.Find(_atlantic.Partner));
    }

    public void Dispose()
    {
        _atlantic.Dispose();
        _pacific.Dispose();
    }

    private Task<string?> AddAsync(SignedNodeCard card) => _directory.TryAddAsync(card, CancellationToken.None);

    /// <summary>The same Ed25519 key, as a cosigner's and under mallory's name.</summary>
    private static NoteVerifier AsWitness(NoteVerifier key)
    {
        byte[] typed = [(byte)NoteSignatureType.CosignatureV1, .. key.PublicKey];
        string name = NodeIdentity.WitnessName(PartnerId.Parse("mallory"));
        byte[] hash = SHA256.HashData([.. Encoding.UTF8.GetBytes($"{name}\n"), .. typed]);
        Assert.True(NoteVerifier.TryParse($"{name}+{Convert.ToHexStringLower(hash.AsSpan(0, 4))}+{Convert.ToBase64String(typed)}", out var verifier));
        return verifier;
    }

    private SignedNodeCard Mallory(IReadOnlyList<SpkiPin> tlsPins, IReadOnlyList<SpkiPin> operatorPins, SigningKey? signingKey = null, NoteVerifier? logKey = null, NoteVerifier? witnessKey = null, VerificationKey? recoveryKey = null)
    {
        using var ownKey = SigningKey.Generate(SignatureAlgorithm.Ed25519);
        using var logSigner = NoteSigner.Generate(NodeIdentity.LogName(PartnerId.Parse("mallory")));
        using var witness = NoteSigner.Generate(NodeIdentity.WitnessName(PartnerId.Parse("mallory")), NoteSignatureType.CosignatureV1);
        using var recovery = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        var key = signingKey ?? ownKey;
        return new NodeCard("mallory", "Mallory", new Uri("https://127.0.0.1:1"), key.VerificationKey, logKey ?? logSigner.Verifier, witnessKey ?? witness.Verifier, recoveryKey ?? recovery.VerificationKey, tlsPins, operatorPins, _time.GetUtcNow()).Sign(key);
    }
}

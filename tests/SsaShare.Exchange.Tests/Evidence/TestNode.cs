using System.Text;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

/// <summary>A node that keeps a log and nothing else: what is appended, honest or not, is signed and exported.</summary>
internal sealed class TestNode
{
    private readonly List<LogEntry> _entries = [];
    private readonly TestClock _clock;

    /// <param name="clock">That other nodes read too; by default one of its own.</param>
    public TestNode(string partner, TestClock? clock = null)
    {
        _clock = clock ?? new TestClock();
        Partner = PartnerId.Parse(partner);
        Key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        Log = NoteSigner.Generate($"ssashare/{partner}/log");
        Witness = NoteSigner.Generate($"ssashare/{partner}/witness", NoteSignatureType.CosignatureV1);
        Recovery = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        Card = new NodeCard(partner, partner, new Uri("https://localhost:7101"), Key.VerificationKey, Log.Verifier, Witness.Verifier, Recovery.VerificationKey,
            [new SpkiPin(Hash256.Of(Encoding.UTF8.GetBytes(partner)))], [], DateTimeOffset.UnixEpoch).Sign(Key);
    }

    public PartnerId Partner { get; }
    public SigningKey Key { get; }
    public NoteSigner Log { get; private set; }
    public NoteSigner Witness { get; }
    public SigningKey Recovery { get; }
    public SignedNodeCard Card { get; private set; }
    public int LogSize => _entries.Count;
    public IReadOnlyList<LogEntry> Entries => _entries;

    /// <summary>By how much this node's clock is wrong.</summary>
    public TimeSpan ClockError { get; set; }

    /// <summary>Each use is a second later.</summary>
    public Epoch Now => _clock.Next().Plus(ClockError);

    public TestNode Pin(TestNode other) => Append(LogKinds.PeerPinned, other.Card.ToJson());

    /// <summary>A change of this node's signing and log keys, which it goes on without; a revocation where it is said since when somebody else had them.</summary>
    /// <param name="since">Seconds since 1970.</param>
    /// <param name="effective">Seconds since 1970.</param>
    public KeyEvent ChangeKeys(long logSize, long? since = null, long effective = 2_000_000_000)
    {
        using var key = SigningKey.Generate(SignatureAlgorithm.EcdsaP256Sha256);
        using var log = NoteSigner.Generate(Log.Name);
        var (card, at) = (Card.Card, DateTimeOffset.FromUnixTimeSeconds(effective));
        var next = new NodeCard(card.PartnerId, card.DisplayName, card.Endpoint, key.VerificationKey, log.Verifier, card.WitnessKey, card.RecoveryKey, card.TlsPins, card.OperatorPins, at, Card.Id, sequence: 1).Sign(key);
        return KeyEvent.Create(new KeyEventContent(1, since is null ? KeyAction.Rotate : KeyAction.Revoke, Card, next, at, since is { } from ? DateTimeOffset.FromUnixTimeSeconds(from) : null, logSize, "a reason"), Recovery, key);
    }

    /// <summary>What the log has signed for a size.</summary>
    public LogHead Head(int? size = null) => new(size ?? LogSize, MerkleTree.Root([.. _entries.Take(size ?? LogSize).Select(entry => entry.LeafHash)]));

    /// <summary>The database is restored from a backup, and the operator says so: the newest entries are gone, and the log goes on under its next name.</summary>
    /// <param name="size">Entries of the backup.</param>
    /// <param name="seen">How far others had seen the log.</param>
    /// <param name="heldSize">Up to where it is said to be the old one; by default to its end.</param>
    /// <param name="heldAt">When the last of these is said to have been logged; by default, when it was.</param>
    public KeyEvent Restore(int size, LogHead seen, int? heldSize = null, DateTimeOffset? heldAt = null)
    {
        Truncate(size);
        var (card, now) = (Card.Card, Utc.ToDateTime(Now).ToUnixTimeSeconds());
        var at = DateTimeOffset.FromUnixTimeSeconds(now + 1);
        int held = heldSize ?? size;
        var cut = new LogCut(Head().Root, held, heldAt ?? DateTimeOffset.FromUnixTimeSeconds(Utc.ToDateTime(_entries[held - 1].Time).ToUnixTimeSeconds()), seen.Size, seen.Root);
        var next = new NodeCard(card.PartnerId, card.DisplayName, card.Endpoint, card.SigningKey, card.LogKey.Renamed(LogCut.NextName(card.LogKey.Name)), card.WitnessKey, card.RecoveryKey, card.TlsPins, card.OperatorPins, at, Card.Id, card.Sequence + 1).Sign(Key);
        var made = KeyEvent.Create(new KeyEventContent(next.Card.Sequence, KeyAction.Restore, Card, next, at, null, size, "disk lost", cut), Recovery, Key);
        (Card, Log) = (next, NoteSigner.ImportPkcs8(next.Card.LogKey.Name, Log.ExportPkcs8()));
        _clock.Wait(TimeSpan.FromSeconds(2));
        Append(LogKinds.KeyEvent, made.ToJson());
        return made;
    }

    public TestNode Agree(AgreementEnvelope envelope, AgreementState state) => Append(LogKinds.Agreement, new AgreementChange(state, envelope.ToJson()).ToJson());

    public TestNode Publish(int records, RecordClass recordClass = RecordClass.Observation) => Append(LogKinds.Publication,
        Publication.Create(Partner, [.. Enumerable.Range(0, records).Select(_ => Sample.Record(Partner, recordClass: recordClass))], Key, Now, null).Document.ToJson());

    public TestNode Append(string kind, byte[] body)
    {
        _entries.Add(new LogEntry(_entries.Count, new LogEvent(kind, body), EntryCommitment.NewSalt(), Now));
        return this;
    }

    /// <summary>Appends an entry as it is, but for its index.</summary>
    public void Keep(LogEntry entry) => _entries.Add(entry with { Index = _entries.Count });

    /// <summary>The operator edits the log: entries are changed, or left out (null), and the rest moves up.</summary>
    public void Rewrite(Func<LogEntry, LogEntry?> edit)
    {
        LogEntry[] old = [.. _entries];
        _entries.Clear();
        foreach (var entry in old)
            if (edit(entry) is { } kept) Keep(kept);
    }

    /// <summary>The operator removes the newest entries.</summary>
    public void Truncate(int size) => _entries.RemoveRange(size, LogSize - size);

    public string Checkpoint(int? size = null)
        => Sample.Checkpoint(Log, size ?? LogSize, MerkleTree.Root([.. _entries.Take(size ?? LogSize).Select(entry => entry.LeafHash)]));

    /// <summary>The evidence bundle, of the whole log or of its beginning.</summary>
    public async Task<string> ExportAsync(int? size = null)
    {
        var text = new StringBuilder();
        var head = new EvidenceHead(Card.ToJson(), Checkpoint(size), EvidenceScope.Whole, Now);
        var parts = new EvidenceComposer(size ?? LogSize, GetNodesAsync).ComposeAsync(_entries.Take(size ?? LogSize).ToAsyncEnumerable(), [], [], CancellationToken.None);
        await foreach (byte[] line in EvidenceBundle.WriteAsync(head, parts, CancellationToken.None)) text.Append(Encoding.UTF8.GetString(line));
        return text.ToString();
    }

    /// <summary>Hashes of complete subtrees of this log.</summary>
    public Task<IReadOnlyDictionary<MerkleNode, Hash256>> GetNodesAsync(IReadOnlyCollection<MerkleNode> nodes, CancellationToken cancellationToken)
    {
        Hash256[] leaves = [.. _entries.Select(entry => entry.LeafHash)];
        return Task.FromResult<IReadOnlyDictionary<MerkleNode, Hash256>>(nodes.ToDictionary(node => node, node => MerkleTree.Root(leaves.AsSpan((int)(node.Index << node.Level), 1 << node.Level))));
    }
}

using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>What is committed in one node's database. Only commits change it.</summary>
internal sealed class SimTables
{
    public Guid NodeEpoch { get; } = new("5e1f0a11-0000-4000-8000-000000000001");

    /// <summary>Position of the newest own publication.</summary>
    public long FeedPosition { get; set; }

    /// <summary>Number of the newest publication or slice, own or received.</summary>
    public long Arrival { get; set; }

    /// <summary>In order of arrival.</summary>
    public List<SimPublication> Publications { get; } = [];

    /// <summary>Stored records, each with how often: once, unless the store is broken.</summary>
    public Dictionary<RecordId, int> Records { get; } = [];

    public SimLogTree Log { get; } = new();
    public List<(LogHead Head, string Note)> Checkpoints { get; } = [];
    public List<(long Size, CosignatureLine Line)> Cosignatures { get; } = [];
    public Dictionary<(string Origin, long Size), HeldCheckpoint> Held { get; } = [];
    public List<WitnessedCheckpoint> Witnessed { get; } = [];
    public Dictionary<Hash256, IssuedManifest> ManifestsIssued { get; } = [];
    public Dictionary<Hash256, SignedDocument> ReceiptsReceived { get; } = [];
    public Dictionary<StreamKey, SimInboxRow> Inboxes { get; } = [];
    public Dictionary<Hash256, (SignedDocument Manifest, SignedDocument Receipt)> ManifestsReceived { get; } = [];
    public Dictionary<(AgreementId, PartnerId, PaceKey), Epoch> Paces { get; } = [];
    public SortedDictionary<string, StoredAgreement> Agreements { get; } = new(StringComparer.Ordinal);
    public List<SignedTransition> Transitions { get; } = [];
    public SortedDictionary<string, SignedNodeCard> Cards { get; } = new(StringComparer.Ordinal);

    public IEnumerable<SimPublication> Own => Publications.Where(row => row.Position is not null);

    public IEnumerable<SimPublication> Received => Publications.Where(row => row.Provider is not null);

    public AgreementState StateOf(AgreementId id) => Agreements[id.ToString()].State;
}

/// <summary>A publication or slice.</summary>
/// <param name="Arrival">Its number.</param>
/// <param name="Position">In the feed; null for another's.</param>
/// <param name="Slice">With the records that came with it.</param>
/// <param name="Published">By its originator.</param>
/// <param name="Provider">From whom; null for an own one.</param>
/// <param name="Agreement">Under which.</param>
/// <param name="Received">When.</param>
internal sealed record SimPublication(long Arrival, long? Position, PublicationSlice Slice, Epoch Published, PartnerId? Provider, AgreementId? Agreement, Epoch? Received)
{
    public FeedPriority Priority { get; } = FeedPriorities.Of(Slice.Records[0].Record.Facts.Class);
}

/// <summary>Where a node stands in one stream.</summary>
internal sealed record SimInboxRow(InboxState State, long Batches);

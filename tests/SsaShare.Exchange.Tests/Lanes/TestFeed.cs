using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

/// <summary>Pacific's feed as it gives it to atlantic under one agreement, and atlantic's check of it. Degraded by hashing; the clock is the test's.</summary>
internal sealed class TestFeed
{
    public static readonly FeedLane Late = new(FeedSource.Own, TimeSpan.FromDays(1));
    private readonly TestNode _pacific = new("pacific"), _atlantic = new("atlantic");
    private readonly List<StoredPublication> _feed = [];
    private readonly Dictionary<FeedPriority, InboxState> _states = [];
    private readonly DegradationKey _secret = new(new byte[DegradationKey.Size]);

    /// <param name="terms">Grants, prohibitions and profiles, as authored.</param>
    public TestFeed(string terms)
    {
        var draft = AgreementDraft.ReadYaml(Sample.Utf8($"""
            kind: ssashare/agreement/v1
            title: A feed
            parties: [pacific, atlantic]
            valid_from: 2026-01-01T00:00:00Z
            valid_until: 2036-01-01T00:00:00Z
            data_modes: [REAL]
            {terms}
            """));
        Agreement = Agreement.Fix(draft.TryGetValue(out var read) ? read : throw new InvalidOperationException(string.Join("; ", draft.Issues)),
            partner => partner == _pacific.Partner ? _pacific.Card : _atlantic.Card);
    }

    /// <summary>Everything degraded at once, without its tag, and in full after a day; object 7734 never.</summary>
    public static TestFeed DegradedAtOnceFullAfterADay() => new("""
        degradation_profiles:
          - {id: coarse, range_sigma_km: 1, remove: [object_tag]}
        grants:
          - {id: at-once, record_classes: [observation], purposes: [fusion], degradation: coarse}
          - {id: later, record_classes: [observation], delay: 24h}
        prohibitions:
          - {id: not-that-one, objects: ["7734"]}
        """);

    public Agreement Agreement { get; }
    public PartnerId Provider => _pacific.Partner;
    public PartnerId Reader => _atlantic.Partner;
    public SigningKey ProviderKey => _pacific.Key;
    public SigningKey ReaderKey => _atlantic.Key;
    public Epoch Now { get; set; } = Sample.Now;
    /// <summary>The stream that atlantic asks for.</summary>
    public FeedPriority Priority { get; set; }

    public IReadOnlyList<FeedLane> Lanes => FeedLanes.Of(Agreement, Provider, Reader, Priority);
    public IReadOnlyList<StoredPublication> Publications => _feed;

    /// <summary>Where atlantic stands in that stream; moved by <see cref="Take"/>.</summary>
    public InboxState State
    {
        get => _states.GetValueOrDefault(Priority, InboxState.Start);
        private set => _states[Priority] = value;
    }

    public Publication Publish(params IReadOnlyList<SealedRecord> records)
    {
        var publication = Publication.Create(Provider, records, _pacific.Key, Now, null);
        _feed.Add(new StoredPublication(_feed.Count + 1, publication));
        return publication;
    }

    public static SealedRecord[] Records(int count, string? tag = "5398") => [.. Enumerable.Range(0, count).Select(_ => Sample.Record(PartnerId.Parse("pacific"), tag))];

    public Release Release(FeedLane lane)
    {
        var due = _feed.Skip((int)State.Positions.Of(lane)).TakeWhile(stored => FeedLanes.PublishedUntil(lane, Now) is not { } until || PublishedAt(stored) <= until).Where(stored => FeedPriorities.Of(stored.Publication.Records[0].Record.Facts.Class) == lane.Priority);
        return Exchange.Release.Decide([.. due], Decision(lane), new SliceDegrader(new HashDegrader(), _secret, _pacific.Key, Agreement, Provider, Reader));
    }

    public LaneDecision Decision(FeedLane lane) => FeedLanes.Decision(lane, Agreement, AgreementState.Active, Provider, Reader, Now);

    public PullAnswer Answer(FeedLane lane, Func<ManifestDocument, ManifestDocument>? bend = null)
    {
        var slices = Release(lane).Slices;
        long to = State.Positions.Of(lane) + _feed.Skip((int)State.Positions.Of(lane)).TakeWhile(stored => FeedLanes.PublishedUntil(lane, Now) is not { } until || PublishedAt(stored) <= until).Count();
        return Answer(lane, slices, to, bend);
    }

    public PullAnswer Answer(FeedLane lane, IReadOnlyList<PublicationSlice> slices, long to, Func<ManifestDocument, ManifestDocument>? bend = null)
    {
        Hash256[] leaves = [.. slices.SelectMany(slice => slice.Records).Select(record => record.LeafHash)];
        var document = new ManifestDocument(DocumentContexts.Manifest.Text, Agreement.Id, Provider, Reader, State.Positions.Of(lane), to, State.Manifest,
            slices.Select(slice => slice.Document.Id).Distinct().Count(), leaves.Length, MerkleTree.Root(leaves), true, Now, _pacific.Checkpoint(), lane.Source, lane.DelayS, Batch.CountRecords(slices));
        return new PullAnswer(SignedDocument.Sign(_pacific.Key, DocumentContexts.Manifest, DocumentJson.Write(bend is null ? document : bend(document))), slices, "cursor"u8.ToArray());
    }

    public Batch? Check(PullAnswer answer, out string fault)
        => Batch.Check(answer, new ExpectedAnswer(Agreement.Id, Provider, Reader, Lanes, State) { Profile = Agreement.Profile, Now = Now }, Keys,
            FeedLanes.ForReceiver(Agreement, AgreementState.Active, Provider, Reader, Now), out fault);

    /// <summary>An answer that must hold; atlantic moves.</summary>
    public Batch Take(FeedLane lane)
    {
        var batch = Check(Answer(lane), out string fault);
        Assert.True(batch is not null, fault);
        State = new InboxState(batch.Cursor, State.Positions.With(lane, batch.Manifest.ToPosition), batch.SignedManifest.Id, null);
        return batch;
    }

    public IKeyBook Keys => new TestKeys(FindKey, partner => partner == Provider ? _pacific.Log.Verifier : null);

    public VerificationKey? FindKey(PartnerId partner) => partner == Provider ? _pacific.Key.VerificationKey : partner == Reader ? _atlantic.Key.VerificationKey : null;

    private static Epoch PublishedAt(StoredPublication stored)
        => DocumentJson.TryRead<PublicationDocument>(stored.Publication.Document.Payload.Span, DocumentContexts.Publication, out var document) ? document.Published : throw new InvalidOperationException("Not a publication.");
}

using System.Text;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange;

/// <summary>An answer to a pull that has passed every check and may be stored.</summary>
public sealed record Batch(SignedDocument SignedManifest, ManifestDocument Manifest, IReadOnlyList<ReceivedSlice> Slices, ReadOnlyMemory<byte> Cursor)
{
    /// <summary>Furthest position of a feed: 280 years at 1000 publications a second. What is counted by a thousand for each of a thousand lanes stays within 64 bits.</summary>
    public const long PositionMax = 1L << 43;

    public int ItemCount => Slices.Sum(slice => slice.Slice.Records.Count);

    /// <summary>How many entries the provider's log has at least: those of the manifest's checkpoint, and the manifest itself where it lists something.</summary>
    public long LogSizeMin { get; private init; }

    /// <summary>
    /// A manifest before this one whose receipt this node keeps to ride on a later pull: the one that this batch answers did not bring it. Null when it brought all that were signed.
    /// </summary>
    public Hash256? ReceiptLeft { get; init; }

    /// <summary>Of which lane it is, and where in it.</summary>
    public FeedLane Lane => Manifest.Lane ?? throw new InvalidOperationException("The manifest names no lane: it was not checked.");

    /// <summary>
    /// Checks an answer: the provider's signature, that it continues where this node stood in one of the agreement's lanes and carries a
    /// checkpoint of the provider's log, that every record is of a publication its originator signed, that who degraded it signed for that,
    /// that the agreement grants each in its form at the lane's age, and that the manifest lists exactly these.
    /// </summary>
    /// <param name="answer">As received.</param>
    /// <param name="expected">Agreement, provider, receiver, lanes and the state so far.</param>
    /// <param name="keys">Of the partners pinned here.</param>
    /// <param name="decide">The agreement applied to one record.</param>
    /// <param name="fault">The reason, when null is returned. Nothing of the answer may then be used.</param>
    public static Batch? Check(PullAnswer answer, ExpectedAnswer expected, IKeyBook keys, RecordDecision decide, out string fault)
    {
        if (CheckManifest(answer, expected, keys, out var checkpoint, out fault) is not { } manifest) return null;
        var slices = new List<ReceivedSlice>(answer.Slices.Count);
        var leaves = new List<Hash256>();
        foreach (var slice in answer.Slices)
        {
            if (slice.Verify(keys, out fault) is not { } received) return null;
            if (FeedLanes.WhyStray(received, manifest) is { } stray) return Refuse(stray, out fault);
            // No honest node gives back what it was given; stored as a further way, it would outlive this node's own record.
            if (received.Publication.Originator == expected.Receiver) return Refuse("A publication is the receiver's own.", out fault);
            if (received.Publication.Published > expected.PublishedUntil)
                return Refuse($"A publication of '{received.Publication.Originator}' is dated {received.Publication.Published}: more than {FeedLanes.ClockLeadMax} ahead of the clock here.", out fault);
            var decisions = new List<ReleaseDecision>(slice.Records.Count);
            foreach (var record in slice.Records)
            {
                if (record.Record.Facts.Originator != received.Publication.Originator)
                    return Refuse($"Record {record.Record.Id} is not of the publication's originator.", out fault);
                if (decide(record.Record.Facts, FeedLanes.FormOf(received, manifest), TimeSpan.FromSeconds(manifest.DelayS)) is var decision && !decision.IsReleased)
                    return Refuse($"Record {record.Record.Id} is outside the agreement: {decision.Reason}.", out fault);
                if (record.Record.Mark is { } mark && mark.Agreement == expected.Agreement
                    && (expected.Profile(mark.Profile) is not { } profile || !StatedError.IsOf(mark, profile, record.Record.Facts.Class)))
                    return Refuse($"Record {record.Record.Id} states another error than profile '{mark.Profile}' adds.", out fault);
                if (record.Terms is { } terms && (terms.Parsed.Purposes & decision.Purposes) == Purposes.None)
                    return Refuse($"Record {record.Record.Id} was passed on for no use that the agreement grants.", out fault);
                decisions.Add(decision);
                leaves.Add(record.ItemHash);
            }
            slices.Add(received with { Decisions = decisions });
        }
        if (manifest.ItemCount != leaves.Count || manifest.PublicationCount != CountPublications(slices) || manifest.ItemRoot != MerkleTree.Root([.. leaves])
            || manifest.Records != CountRecords(answer.Slices))
            return Refuse("The manifest does not list exactly the records that came with it.", out fault);
        if (slices.Select(slice => (slice.Slice.Document.Id, slice.Form)).Distinct().Count() != slices.Count)
            return Refuse("A publication comes twice in one form.", out fault);
        fault = "";
        return new Batch(answer.Manifest, manifest, slices, answer.Cursor) { LogSizeMin = manifest.ItemCount == 0 ? checkpoint!.Size : checkpoint!.Size + 1 };
    }

    /// <summary>Different records among slices, in whatever forms.</summary>
    public static int CountRecords(IReadOnlyList<PublicationSlice> slices)
        => slices.All(slice => slice.Degraded is null) ? slices.Sum(slice => slice.Records.Count)
            : slices.SelectMany(slice => slice.Records, (slice, record) => (slice.Document.Id, record.Index)).Distinct().Count();

    /// <summary>The receipt for this batch, signed by the receiver when it stores it.</summary>
    public SignedDocument Receipt(SigningKey key, Epoch now)
        => SignedDocument.Sign(key, DocumentContexts.Receipt, DocumentJson.Write(new ReceiptDocument(
            DocumentContexts.Receipt.Text, SignedManifest.Id, Manifest.Receiver, ItemCount, Manifest.ItemRoot, now)));

    /// <summary>Where this node stands when the batch is stored.</summary>
    /// <param name="before">Where it stood.</param>
    /// <param name="receipt">For the batch; null when it lists nothing.</param>
    public InboxState After(InboxState before, SignedDocument? receipt)
        => new(Cursor, before.Positions.With(Lane, Manifest.ToPosition), SignedManifest.Id, receipt)
        {
            LogSizeMin = LogSizeMin,
            LastManifest = SignedManifest,
            EarlierReceipt = ReceiptLeft is null ? null : ReceiptLeft == before.Manifest ? before.Receipt : before.EarlierReceipt,
        };

    private static ManifestDocument? CheckManifest(PullAnswer answer, ExpectedAnswer expected, IKeyBook keys, out Checkpoint? checkpoint, out string fault)
    {
        (checkpoint, fault) = (null, "");
        if (!DocumentJson.TryRead<ManifestDocument>(answer.Manifest.Payload.Span, DocumentContexts.Manifest, out var manifest))
            fault = "The manifest is not a well-formed document.";
        else if (!keys.Verify(expected.Provider, answer.Manifest, DocumentContexts.Manifest, manifest.Watermark))
            fault = "The manifest's signature is not the provider's.";
        else if ((manifest.Agreement, manifest.Provider, manifest.Receiver) != (expected.Agreement, expected.Provider, expected.Receiver))
            fault = "The manifest names another agreement or other parties.";
        else if (manifest.Lane is not { } lane || !expected.Lanes.Contains(lane))
            fault = $"The manifest is of a lane that the agreement does not have: {manifest.Source}, {manifest.DelayS} s.";
        else if (manifest.AfterPosition != expected.State.Positions.Of(lane) || manifest.Previous != expected.State.Manifest || manifest.ToPosition < manifest.AfterPosition)
            fault = $"The manifest covers positions after {manifest.AfterPosition}; this node stands at {expected.State.Positions.Of(lane)}.";
        else if (manifest.ToPosition > PositionMax)
            fault = $"No feed comes to position {manifest.ToPosition}.";
        else if (manifest.Withheld < 0 || manifest.Withheld > (manifest.ToPosition - manifest.AfterPosition) * PublicationDocument.SizeMax || manifest.Waiting is < 0 or > PositionMax
            || (manifest.Complete && manifest.Waiting > 0))
            fault = $"The manifest counts {manifest.Withheld} withheld records and {manifest.Waiting} waiting publications{(manifest.Complete ? ", and says that it is complete" : "")}.";
        else if (manifest.Snapshot?.WhatIsWrong(manifest.AfterPosition, manifest.ToPosition) is { } gone)
            fault = $"The manifest's snapshot is not one: {gone}.";
        else if (manifest.Snapshot?.DroppedRecords > (manifest.Withheld ?? 0))
            fault = $"The manifest's snapshot counts {manifest.Snapshot.DroppedRecords} records that are gone, and the manifest {manifest.Withheld ?? 0} withheld.";
        else if (!keys.TryOpenCheckpoint(expected.Provider, manifest.Checkpoint, out checkpoint, out string? noteFault))
            fault = $"The manifest's checkpoint is not one of the provider's log: {noteFault}";
        else if (WhyEnded(expected, keys, checkpoint.Origin, manifest.Watermark) is { } ended)
            fault = $"The manifest's checkpoint is not one of the provider's log: {ended}";
        else if (checkpoint.Size < expected.State.LogSizeMin)
            fault = $"The provider's log has {checkpoint.Size} entries; by what it gave before, that manifest included, it has at least {expected.State.LogSizeMin}.";
        else if (expected.Quorum is { } quorum && WitnessedAnswer.WhyNot(quorum, answer.CosignedCheckpoint, answer.CheckpointProof, manifest, checkpoint, keys, expected.Now) is { } unwitnessed)
            fault = unwitnessed;
        else
            return manifest;
        return null;
    }

    /// <summary>
    /// A log that is no more is shown only in answers of before, carried in files, to whoever has not begun anew since. Dates are the provider's own: by them alone it could lead a receiver that
    /// has begun anew back to the log that ended, and have it begin anew for ever.
    /// </summary>
    private static string? WhyEnded(ExpectedAnswer expected, IKeyBook keys, string origin, Epoch at)
        => keys.EndOfLog(expected.Provider, origin) is null ? null : keys.WhyEnded(expected.Provider, origin, expected.State.LogName(keys, expected.Provider) == origin ? at : null);

    /// <summary>Slices of one publication may stand side by side, one for each form.</summary>
    private static int CountPublications(List<ReceivedSlice> slices) => slices.Select(slice => slice.Slice.Document.Id).Distinct().Count();

    private static Batch? Refuse(string reason, out string fault)
    {
        fault = reason;
        return null;
    }
}

/// <summary>What an answer must continue.</summary>
/// <param name="Lanes">Those that the agreement has between these two in the stream that was asked for: <see cref="FeedLanes.Of"/>.</param>
public sealed record ExpectedAnswer(AgreementId Agreement, PartnerId Provider, PartnerId Receiver, IReadOnlyList<FeedLane> Lanes, InboxState State)
{
    /// <summary>The agreement's degradation profiles; by default none, so that nothing degraded is taken.</summary>
    public Func<ProfileId, DegradationProfile?> Profile { get; init; } = _ => null;

    /// <summary>The witnesses that the agreement wants on the provider's log; null for none.</summary>
    public WitnessQuorum? Quorum { get; init; }

    /// <summary>The receiver's clock; by default at the beginning of time, so that nothing is taken.</summary>
    public Epoch Now { get; init; } = new(long.MinValue);

    /// <summary>The latest date of a publication that is taken.</summary>
    internal Epoch PublishedUntil => PublishedAge.Reached(Now, FeedLanes.ClockLeadMax);
}

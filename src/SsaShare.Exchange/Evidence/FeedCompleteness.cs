using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>
/// Whether a provider's log accounts for every record of its feed towards each receiver, lane by lane. Position n of the own feed is the n-th
/// entry of kind "publication", because both are given out in one transaction; of a range, a lane counts the publications of its own priority.
/// </summary>
internal static class FeedCompleteness
{
    /// <param name="issued">Manifests that the node issued.</param>
    /// <param name="publications">Own publications, in order of the log.</param>
    /// <param name="scope">What is shown of the log.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static void CheckIssued(AuditedManifests issued, IReadOnlyList<AuditedPublication> publications, EvidenceScope scope, List<BundleFault> faults)
    {
        // Positions count all publications: where only a record's is shown, nothing can be said of ranges.
        if (scope.Record is not null) return;
        var feeds = new Dictionary<FeedPriority, AuditedFeed>
        {
            [FeedPriority.Routine] = new(publications, FeedPriority.Routine),
            [FeedPriority.Urgent] = new(publications, FeedPriority.Urgent),
        };
        foreach (var lane in issued.Lanes)
        {
            // A receiver that did not get an answer, or lost it, asks again from a position where an earlier manifest began or ended.
            var reached = new HashSet<long> { 0 };
            // In a part of a chain the first manifest's start is taken as given, and so is any before it: manifests that are not shown lead there.
            long given = scope.CutsChains ? lane.First().Document.AfterPosition : 0;
            foreach (var manifest in lane)
            {
                if (manifest.Document.AfterPosition <= given) reached.Add(manifest.Document.AfterPosition);
                if (WhatIsWrong(manifest, reached, feeds[lane.Key.Lane.Priority]) is { } fault) faults.Add(manifest.Fault(fault.Meaning, $"{lane.Key}: {fault.What}"));
                else if (manifest.Document.Previous is { } previous && issued.Find(previous) is { } before && !Leads(before, manifest))
                    faults.Add(manifest.Fault(FindingKind.Missing, $"{lane.Key}: the manifest before it, {before}, does not lead there"));
                reached.Add(manifest.Document.ToPosition);
            }
        }
    }

    /// <summary>Whether a receiver's manifests follow on each other. A stretch of which everything is withheld is logged at the provider alone, so there may be gaps, but no way back.</summary>
    public static void CheckReceived(AuditedManifests received, List<BundleFault> faults)
    {
        foreach (var chain in received.Chains)
        {
            AuditedManifest? last = null;
            var reached = new Dictionary<AuditedManifest.Stream, long>();
            foreach (var manifest in chain)
            {
                if (last is not null && received.IsRestarted(chain.Key, last.Entry.Index, manifest.Entry.Index))
                {
                    last = null;
                    reached.Clear();
                }
                if (manifest.Receipt is null) faults.Add(manifest.Fault(FindingKind.Forged, $"{chain.Key}: no receipt for it was issued"));
                if (manifest.Document.ItemCount < 1 || manifest.Document.ToPosition <= manifest.Document.AfterPosition) faults.Add(manifest.Fault(FindingKind.Malformed, $"{chain.Key}: it lists nothing"));
                long before = reached.GetValueOrDefault(manifest.Lane);
                if (manifest.Document.AfterPosition < before) faults.Add(manifest.Fault(FindingKind.Extra, $"{manifest.Lane}: it begins before the last one ended, at {before}"));
                if (manifest.Document.Previous is { } previous && received.Find(previous) is { } named && named != last)
                    faults.Add(manifest.Fault(FindingKind.Extra, $"{chain.Key}: it follows {named}, not the last one"));
                // The manifest before is itself an entry of the provider's log.
                if (manifest.CheckpointSize <= last?.CheckpointSize) faults.Add(manifest.Fault(FindingKind.Rewritten, $"{chain.Key}: the provider's log {(manifest.CheckpointSize == last.CheckpointSize ? "did not grow" : "shrank")} from {last.CheckpointSize} to {manifest.CheckpointSize} entries"));
                reached[manifest.Lane] = manifest.Document.ToPosition;
                last = manifest;
            }
        }
    }

    /// <summary>Whether one manifest may stand before another in their chain: in one lane it ends where the other begins.</summary>
    private static bool Leads(AuditedManifest before, AuditedManifest manifest)
        => before.Chain == manifest.Chain && (before.Lane != manifest.Lane || before.Document.ToPosition == manifest.Document.AfterPosition);

    private static (FindingKind Meaning, string What)? WhatIsWrong(AuditedManifest manifest, HashSet<long> reached, AuditedFeed feed)
    {
        var document = manifest.Document;
        if (document.Lane is not { } lane) return (FindingKind.OutOfAgreement, $"no lane of the feed is {document.Source} after {document.DelayS} s");
        if (document.AfterPosition < 0 || document.ToPosition < document.AfterPosition || (lane.IsOwn && document.ToPosition > manifest.PublicationsBefore))
            return (FindingKind.Extra, $"the log holds {manifest.PublicationsBefore} publications before it");
        if (document.ItemCount < 0 || document.PublicationCount < 0 || document.Records < 0 || document.Withheld < 0 || document.Waiting < 0) return (FindingKind.Malformed, "it counts below 0");
        if (!reached.Contains(document.AfterPosition)) return (FindingKind.Missing, $"no manifest before it reaches position {document.AfterPosition}: one is left out");
        if (document.Previous is null && document.AfterPosition > 0) return (FindingKind.Missing, "it names no manifest before it");
        // A manifest that tells its reader of withheld records is followed by the entry that counts them.
        if (document.Withheld > 0 && manifest.WithheldToReader is null) return (FindingKind.Different, $"it tells the reader of {document.Withheld} withheld records, and the log counts none");
        if (document.Snapshot is { } snapshot && (snapshot.WhatIsWrong(document.AfterPosition, document.ToPosition) ?? (manifest.WithheldToReader is null ? "the log counts nothing withheld" : null)) is { } gone)
            return (FindingKind.Different, $"its snapshot does not hold: {gone}");
        // How many records of others lie between two arrivals, the log does not say.
        if (!lane.IsOwn) return null;
        if (FeedLanes.PublishedUntil(lane, document.Watermark) is { } until && feed.LatestUpTo(document.ToPosition) > until)
            return (FindingKind.OutOfAgreement, $"it goes to publications of {feed.LatestUpTo(document.ToPosition)}, whose delay of {lane.Delay} was not over at {document.Watermark}");
        long there = feed.RecordsIn(document.AfterPosition, document.ToPosition), withheld = manifest.Withheld ?? 0;
        if (document.Records + withheld != there) return (document.Records + withheld < there ? FindingKind.Missing : FindingKind.Extra, $"of {there} records in its range {document.Records} are given and {withheld} withheld");
        long publications = feed.PublicationsIn(document.AfterPosition, document.ToPosition);
        if (document.ItemCount < document.Records || (document.ItemCount > 0 && document.Records < 1)) return (FindingKind.Malformed, $"{document.ItemCount} items cannot be of {document.Records} records");
        return document.PublicationCount > publications || document.PublicationCount > document.Records || (document.PublicationCount < 1 && document.ItemCount > 0)
            ? (FindingKind.Malformed, $"{document.Records} records of {document.PublicationCount} publications cannot be in {publications}")
            : null;
    }

    /// <summary>Publications of one priority of the own feed, their records and times, by position.</summary>
    private sealed class AuditedFeed
    {
        private readonly long[] _publicationsUpTo, _recordsUpTo;
        private readonly Epoch[] _latestUpTo;

        public AuditedFeed(IReadOnlyList<AuditedPublication> publications, FeedPriority priority)
        {
            (_publicationsUpTo, _recordsUpTo, _latestUpTo) = (new long[publications.Count + 1], new long[publications.Count + 1], new Epoch[publications.Count + 1]);
            _latestUpTo[0] = new Epoch(long.MinValue);
            for (int i = 0; i < publications.Count; i++)
            {
                bool counts = publications[i].Priority == priority;
                _publicationsUpTo[i + 1] = _publicationsUpTo[i] + (counts ? 1 : 0);
                _recordsUpTo[i + 1] = _recordsUpTo[i] + (counts ? publications[i].Size : 0);
                _latestUpTo[i + 1] = counts && publications[i].Published > _latestUpTo[i] ? publications[i].Published : _latestUpTo[i];
            }
        }

        public long PublicationsIn(long afterPosition, long toPosition) => _publicationsUpTo[toPosition] - _publicationsUpTo[afterPosition];

        public long RecordsIn(long afterPosition, long toPosition) => _recordsUpTo[toPosition] - _recordsUpTo[afterPosition];

        /// <summary>When the last publication up to a position was published.</summary>
        public Epoch LatestUpTo(long position) => _latestUpTo[position];
    }
}

/// <summary>An own publication as the log has it.</summary>
internal readonly record struct AuditedPublication(int Size, Epoch Published, FeedPriority Priority)
{
    /// <summary>SHA-256 of its payload.</summary>
    public Hash256 Id { get; init; }

    /// <summary>Over its records' leaves.</summary>
    public Hash256 Root { get; init; }
}

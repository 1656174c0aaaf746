using System.Collections.Immutable;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Which lanes an agreement gives the feed, what goes out in each, and what a receiver may find in it. All that is to be known about a lane is here.</summary>
public static class FeedLanes
{
    /// <summary>The lanes of one priority from a provider to a reader, in the order in which they are gone through. Both sides find the same.</summary>
    public static ImmutableArray<FeedLane> Of(Agreement agreement, PartnerId provider, PartnerId reader, FeedPriority priority = FeedPriority.Routine)
        => provider == reader ? [] : [.. PromptLanes(agreement, provider, reader, priority).SelectMany(lane => agreement.Delays.Select(delay => lane with { Delay = delay }))];

    /// <summary>The agreement applied to the records of one lane.</summary>
    /// <param name="lane">One of <see cref="Of"/>.</param>
    /// <param name="agreement">Its signatures verified.</param>
    /// <param name="state">Where it stands at the provider.</param>
    /// <param name="provider">Who releases.</param>
    /// <param name="reader">Who receives.</param>
    /// <param name="now">The time of release.</param>
    /// <param name="readerVersion">Of the protocol: an earlier one is given what its own check of the agreement lets it take.</param>
    public static LaneDecision Decision(
        FeedLane lane, Agreement agreement, AgreementState state, PartnerId provider, PartnerId reader, Epoch now, uint readerVersion = ProtocolVersions.Current)
    {
        var decide = ForReceiver(agreement, state, provider, reader, now);
        return new(lane.Delay, [.. agreement.Delays.TakeWhile(delay => delay < lane.Delay)], lane.IsOwn ? agreement.Forms : [ReleaseForm.Full],
            readerVersion >= ProtocolVersions.SeveralObjects ? decide : WithoutSeveralObjects(decide));
    }

    /// <summary>The agreement applied to one record, for a receiver that knows the lane's age.</summary>
    public static RecordDecision ForReceiver(Agreement agreement, AgreementState state, PartnerId provider, PartnerId reader, Epoch now)
        => (in RecordFacts facts, ReleaseForm form, TimeSpan age) => ReleasePolicy.Decide(facts, form, agreement, state, provider, reader, now, age);

    /// <summary>As a reader before <see cref="ProtocolVersions.SeveralObjects"/> decides: of a record about several objects it knows none.</summary>
    private static RecordDecision WithoutSeveralObjects(RecordDecision decide)
        => (in RecordFacts facts, ReleaseForm form, TimeSpan age) => decide(facts.Objects.AreSeveral ? facts with { Objects = ObjectTags.None } : facts, form, age);

    /// <summary>How far a receiver lets an originator's clock be ahead of its own. A publication dated later would hold up every lane behind it.</summary>
    public static TimeSpan ClockLeadMax { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Up to when a publication must have been published to come up in the lane; null when any may. Total.</summary>
    public static Epoch? PublishedUntil(FeedLane lane, Epoch now) => lane.Delay == TimeSpan.Zero ? null : PublishedAge.Reached(now, -lane.Delay);

    /// <summary>When a publication comes or came up in the lane, by the date that its originator gives it. Total: one that is out of range comes up at the end of time.</summary>
    public static Epoch DueAt(FeedLane lane, Epoch published) => PublishedAge.Reached(published, lane.Delay);

    /// <summary>Why a slice does not belong into the answer's lane; null when it does.</summary>
    /// <param name="slice">Verified by itself.</param>
    /// <param name="manifest">Of the answer; its lane is one of the agreement's.</param>
    internal static string? WhyStray(ReceivedSlice slice, ManifestDocument manifest)
    {
        if (manifest.Lane is not { } lane) return $"There is no lane {manifest.Source} after {manifest.DelayS} s.";
        bool relayed = !lane.IsOwn;
        if (slice.Publication.Priority != lane.Priority) return $"A publication of priority {slice.Publication.Priority} does not belong into a lane of priority {lane.Priority}.";
        if (slice.Publication.Originator == manifest.Provider == relayed)
            return $"A publication of originator '{slice.Publication.Originator}' does not belong among {(relayed ? "others' publications" : "the provider's own")}.";
        if (slice.Slice.Records.FirstOrDefault(record => record.Terms is not null != relayed) is { } record)
            return relayed ? $"Record {record.Index} was passed on without terms." : $"Record {record.Index} carries terms, and comes from its originator.";
        if (PublishedUntil(lane, manifest.Watermark) is { } until && slice.Publication.Published > until)
            return $"A publication of {slice.Publication.Published} came before its delay of {lane.Delay} was over.";
        return !relayed && slice.Degraded is { } degraded && (degraded.Provider, degraded.Agreement) != (manifest.Provider, manifest.Agreement)
            ? $"Records were degraded by '{degraded.Provider}' under agreement {degraded.Agreement}, not by the provider under this one."
            : null;
    }

    /// <summary>The form about which the agreement is asked: a record that was degraded under another agreement goes as it is held, so in full.</summary>
    internal static ReleaseForm FormOf(ReceivedSlice slice, ManifestDocument manifest) => slice.Degraded?.Agreement == manifest.Agreement ? slice.Form : ReleaseForm.Full;

    /// <summary>Own publications always; others' where a grant from this provider to this reader is about them.</summary>
    private static IEnumerable<FeedLane> PromptLanes(Agreement agreement, PartnerId provider, PartnerId reader, FeedPriority priority)
    {
        yield return FeedLane.PromptOf(priority);
        if (agreement.Terms.Grants.Any(grant => Names(grant.From, provider) && Names(grant.To, reader) && grant.Originators.Values.Any(originator => originator != provider && originator != reader)))
            yield return FeedLane.RelayedOf(priority);
    }

    private static bool Names(Selector<PartnerId> selector, PartnerId partner) => selector.IsAny || selector.Values.Contains(partner);
}

using System.Collections.Immutable;
using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Which lanes an agreement gives the feed, what goes out in each, and what a receiver may find in it. All that is to be known about a lane is here.</summary>
public static class FeedLanes
{
    /// <summary>The lanes from a provider to a reader, in the order in which they are gone through. Both sides find the same.</summary>
    public static ImmutableArray<FeedLane> Of(Agreement agreement, PartnerId provider, PartnerId reader)
        => provider == reader ? [] : [.. agreement.Delays.Select(delay => new FeedLane(FeedSource.Own, delay))];

    /// <summary>The agreement applied to the records of one lane.</summary>
    /// <param name="lane">One of <see cref="Of"/>.</param>
    /// <param name="agreement">Its signatures verified.</param>
    /// <param name="state">Where it stands at the provider.</param>
    /// <param name="now">The time of release.</param>
    public static LaneDecision Decision(FeedLane lane, Agreement agreement, AgreementState state, PartnerId provider, PartnerId reader, Epoch now)
        => new(lane.Delay, [.. agreement.Delays.TakeWhile(delay => delay < lane.Delay)], agreement.Forms, ForReceiver(agreement, state, provider, reader, now));

    /// <summary>The agreement applied to one record, for a receiver that knows the lane's age.</summary>
    public static RecordDecision ForReceiver(Agreement agreement, AgreementState state, PartnerId provider, PartnerId reader, Epoch now)
        => (in RecordFacts facts, ReleaseForm form, TimeSpan age) => ReleasePolicy.Decide(facts, form, agreement, state, provider, reader, now, age);

    /// <summary>Up to when a publication must have been published to come up in the lane; null when any may.</summary>
    public static Epoch? PublishedUntil(FeedLane lane, Epoch now) => lane.Delay == TimeSpan.Zero ? null : now.Plus(-lane.Delay);

    /// <summary>Why a slice does not belong into the answer's lane; null when it does.</summary>
    /// <param name="slice">Verified by itself.</param>
    /// <param name="manifest">Of the answer; its lane is one of the agreement's.</param>
    internal static string? WhyStray(ReceivedSlice slice, ManifestDocument manifest)
    {
        if (manifest.Lane is not { Source: FeedSource.Own } lane) return $"This version takes nothing from lane {manifest.Source}.";
        if (slice.Publication.Originator != manifest.Provider)
            return $"A publication of originator '{slice.Publication.Originator}' is not one of the provider's own.";
        if (PublishedUntil(lane, manifest.Watermark) is { } until && slice.Publication.Published > until)
            return $"A publication of {slice.Publication.Published} came before its delay of {lane.Delay} was over.";
        return slice.Degraded is { } degraded && (degraded.Provider, degraded.Agreement) != (manifest.Provider, manifest.Agreement)
            ? $"Records were degraded by '{degraded.Provider}' under agreement {degraded.Agreement}, not by the provider under this one."
            : null;
    }
}

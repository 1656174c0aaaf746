using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange.Tests;

/// <summary>What a relay gives on: the part that may go, under the originator's own signature.</summary>
public sealed class RelayReleaseTests
{
    private static readonly Agreement Held = Chain.Agree("pacific, atlantic", "grants: [{id: g, objects: [5398, 7734], onward: public}]");
    private static readonly Agreement Next = Chain.Agree("atlantic, caribbean", "grants: [{id: n, from: [atlantic], originators: [pacific], objects: [5398]}]");

    [Fact]
    public void Decide_SomeOfASlice_IsNarrowedAndVerifiesUnderTheOriginatorsSignature()
    {
        var publication = Sample.Publish([.. Enumerable.Range(0, 50).Select(i => Sample.Record(tag: i % 3 == 0 ? "5398" : i % 3 == 1 ? "7734" : "1"))]);
        // Atlantic got two thirds of it.
        var got = publication.Records.Where(record => record.Record.Facts.ObjectTag != "1").ToList();
        var slice = Assert.Single(Exchange.Release.Decide([new StoredPublication(1, publication)],
            FeedLanes.Decision(FeedLane.Prompt, Held, AgreementState.Active, Sample.Pacific, Sample.Atlantic, Sample.Now), null).Slices);
        Assert.Equal(got, slice.Records);

        var release = Relay(new HeldSlice(1, slice, slice.Records, Sample.Pacific, Held.Id, Sample.Now));
        var passedOn = Assert.Single(release.Slices);
        Assert.Equal(publication.Records.Where(record => record.Record.Facts.ObjectTag == "5398").Select(record => record.Index), passedOn.Records.Select(record => record.Index));
        Assert.NotNull(passedOn.Verify(Sample.Keys, out string fault));
        Assert.Equal("", fault);
        Assert.All(passedOn.Records, record => Assert.Equal(0, record.Terms!.Parsed.HopsLeft));
        Assert.All(passedOn.Records, record => Assert.NotEqual(record.LeafHash, record.ItemHash));
        Assert.Equal(got.Count - passedOn.Records.Count, release.Withheld.Sum(count => count.Count));
    }

    [Fact]
    public void Decide_WhatWasTakenBack_DoesNotGoOn()
    {
        var publication = Sample.Publish(Sample.Records(4));
        var slice = new PublicationSlice(publication.Document, publication.Records, [], null);
        var passedOn = Assert.Single(Relay(new HeldSlice(1, slice, [publication.Records[0], publication.Records[2]], Sample.Pacific, Held.Id, Sample.Now)).Slices);
        Assert.Equal([0, 2], passedOn.Records.Select(record => record.Index));
        Assert.NotNull(passedOn.Verify(Sample.Keys, out _));
        // It is counted, so that the log accounts for the stretch.
        Assert.Equal([new WithheldCount(null, "Noticed", 4)], Relay(new HeldSlice(1, slice, [], Sample.Pacific, Held.Id, Sample.Now)).Withheld);
    }

    [Fact]
    public void Decide_WhileItsAgreementIsSuspended_WaitsAndIsNotPassedOver()
    {
        var (first, second) = (Sample.Publish(Sample.Records(1)), Sample.Publish(Sample.Records(1)));
        HeldSlice[] slices = [.. new[] { first, second }.Select((one, i) => new HeldSlice(i + 1, new PublicationSlice(one.Document, one.Records, [], null), one.Records, Sample.Pacific, Held.Id, Sample.Now))];
        var suspended = new RelayRelease(Lane(Next), _ => (Held, AgreementState.Suspended), Sample.Atlantic, Sample.Caribbean, Sample.Now);
        Assert.Equal(0, suspended.Decide(slices).Taken);
        Assert.True(suspended.IsHeldUp);
        var resumed = new RelayRelease(Lane(Next), Find, Sample.Atlantic, Sample.Caribbean, Sample.Now);
        var (release, taken) = resumed.Decide(slices);
        Assert.Equal((2, 2, false), (taken, release.Slices.Count, resumed.IsHeldUp));
        Assert.Equal([Held.Id], resumed.Sources);
    }

    [Fact]
    public void Decide_ForNoUseThatBothAgreementsGrant_Stays()
    {
        var research = Chain.Agree("pacific, atlantic", "grants: [{id: g, onward: public, purposes: [research]}]");
        var fusion = Chain.Agree("atlantic, caribbean", "grants: [{id: n, from: [atlantic], originators: [pacific], purposes: [fusion]}]");
        Assert.Equal("NoUseInCommon", Reason(research, fusion));
    }

    [Fact]
    public void Decide_TermsThatNameMorePartnersThanCanTravel_Stay()
    {
        string crowd = string.Join(", ", Enumerable.Range(0, 400).Select(i => $"a-partner-with-a-long-name-{i:D3}"));
        var crowded = Chain.Agree("pacific, atlantic", $"grants: [{{id: g, onward: named, onward_to: [caribbean, {crowd}], onward_hops: 2}}]");
        Assert.Equal("CarriedTermsTooLong", Reason(crowded, Next));
    }

    [Fact]
    public void Verify_RecordsThatTheRelayItselfDegraded_AreRefused()
    {
        var agreement = Chain.Agree("atlantic, caribbean", """
            degradation_profiles: [{id: coarse, range_sigma_km: 1}]
            grants: [{id: n, from: [atlantic], originators: [pacific], degradation: coarse, purposes: [research]}]
            """);
        var lane = FeedLanes.Decision(FeedLane.Prompt, agreement, AgreementState.Active, Sample.Atlantic, Sample.Caribbean, Sample.Now);
        var forger = new SliceDegrader(new HashDegrader(), new DegradationKey(new byte[DegradationKey.Size]), Sample.AtlanticKey, agreement, Sample.Atlantic, Sample.Caribbean);
        var slice = Assert.Single(Exchange.Release.Decide([new StoredPublication(1, Sample.Publish(Sample.Records(2)))], lane, forger).Slices);
        Assert.Null(slice.Verify(Sample.Keys, out string fault));
        Assert.Contains("degraded by 'atlantic'", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_ToItsOriginatorOrWhoGaveIt_NothingGoesBack()
    {
        var publication = Sample.Publish(Sample.Records(2));
        var slice = new PublicationSlice(publication.Document, publication.Records, [], null);
        var back = Chain.Agree("atlantic, pacific", "grants: [{id: n, from: [atlantic], originators: [pacific, caribbean]}]");
        var lane = FeedLanes.Decision(new FeedLane(FeedSource.Relayed, TimeSpan.Zero), back, AgreementState.Active, Sample.Atlantic, Sample.Pacific, Sample.Now);
        var release = new RelayRelease(lane, Find, Sample.Atlantic, Sample.Pacific, Sample.Now).Decide([new HeldSlice(1, slice, slice.Records, Sample.Pacific, Held.Id, Sample.Now)]).Release;
        Assert.Empty(release.Slices);
        Assert.Equal([new WithheldCount(null, "RecipientHasIt", 2)], release.Withheld);
    }

    [Fact]
    public void Decide_PartsOfAPublicationThatCameApart_GoOutInAnswersOfTheirOwn()
    {
        var publication = Sample.Publish(Sample.Records(2));
        HeldSlice[] parts = [.. new[] { 0, 1 }.Select(i => new HeldSlice(i + 1, Part(publication, i), [publication.Records[i]], Sample.Pacific, Held.Id, Sample.Now))];
        var lane = FeedLanes.Decision(new FeedLane(FeedSource.Relayed, TimeSpan.Zero), Next, AgreementState.Active, Sample.Atlantic, Sample.Caribbean, Sample.Now);
        var (release, taken) = new RelayRelease(lane, Find, Sample.Atlantic, Sample.Caribbean, Sample.Now).Decide(parts);
        Assert.Equal((1, 1), (taken, release.Slices.Count));
        Assert.Equal([1], Assert.Single(new RelayRelease(lane, Find, Sample.Atlantic, Sample.Caribbean, Sample.Now).Decide(parts[1..]).Release.Slices).Records.Select(record => record.Index));

        static PublicationSlice Part(Publication publication, int index) => new(publication.Document, [publication.Records[index]], [publication.Records[1 - index].LeafHash], null);
    }

    [Fact]
    public void Lanes_OthersRecordsHaveALaneOnlyWhereAGrantIsAboutThem()
    {
        Assert.Equal([FeedLane.Prompt, new FeedLane(FeedSource.Relayed, TimeSpan.Zero)], FeedLanes.Of(Next, Sample.Atlantic, Sample.Caribbean));
        Assert.Equal([FeedLane.Prompt], FeedLanes.Of(Next, Sample.Caribbean, Sample.Atlantic));
        Assert.Equal([FeedLane.Prompt], FeedLanes.Of(Held, Sample.Pacific, Sample.Atlantic));
    }

    private static LaneDecision Lane(Agreement next)
        => FeedLanes.Decision(new FeedLane(FeedSource.Relayed, TimeSpan.Zero), next, AgreementState.Active, Sample.Atlantic, Sample.Caribbean, Sample.Now);

    private static string Reason(Agreement held, Agreement next)
    {
        var publication = Sample.Publish(Sample.Records(1));
        var slice = new HeldSlice(1, new PublicationSlice(publication.Document, publication.Records, [], null), publication.Records, Sample.Pacific, held.Id, Sample.Now);
        var release = new RelayRelease(Lane(next), _ => (held, AgreementState.Active), Sample.Atlantic, Sample.Caribbean, Sample.Now).Decide([slice]).Release;
        Assert.Empty(release.Slices);
        return Assert.Single(release.Withheld).Reason;
    }

    private static Exchange.Release Relay(HeldSlice slice)
    {
        var lane = FeedLanes.Decision(new FeedLane(FeedSource.Relayed, TimeSpan.Zero), Next, AgreementState.Active, Sample.Atlantic, Sample.Caribbean, Sample.Now);
        return new RelayRelease(lane, Find, Sample.Atlantic, Sample.Caribbean, Sample.Now).Decide([slice]).Release;
    }

    private static (Agreement, AgreementState)? Find(AgreementId id) => id == Held.Id ? (Held, AgreementState.Active) : null;
}

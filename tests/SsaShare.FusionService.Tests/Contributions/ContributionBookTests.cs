using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Fusion;
using SsaShare.Orbits;
using SsaShare.Protocol;
using SsaShare.Signing;
using static SsaShare.FusionService.Tests.Records;

namespace SsaShare.FusionService.Tests.Contributions;

public class ContributionBookTests
{
    private static readonly Observation First = Seeds.Passes[0][0], Second = Seeds.Passes[0][1];

    [Fact]
    public void Take_DescriptionOfAnExercise_DoesNotReplaceTheRealOne()
    {
        var book = new ContributionBook();
        book.Take([Description(RadarOf(Pacific)).Arrives(1)]);
        var exercise = Description(RadarOf(Pacific) with { Site = new Geodetic(0, 0, 0) }, publishedSeconds: 60, DataMode.Exercise);
        var intake = book.Take([exercise.Arrives(2), Observed(First, Pacific).Arrives(2)]);
        Assert.Empty(intake.Redescribed);
        Assert.Equal(RadarOf(Pacific), Assert.Single(intake.Ready).Sensor);
        Assert.Equal(new RefusedContribution(exercise.Id, ContributionRefusal.NotReal), Assert.Single(intake.Refused));
    }

    [Fact]
    public void Take_DegradedAndOriginal_CarryWhatTiesThemTogether()
    {
        var book = new ContributionBook();
        book.Take([Description(RadarOf(Pacific)).Arrives(1)]);
        var original = new PublishedRecord(0, new byte[16], Observed(First, Pacific));
        Assert.True(ProfileId.TryParse("coarse", out var profile));
        var degraded = new RecordDegrader(new DegradationKey(new byte[32])).Degrade(original,
            new DegradationProfile(profile, new DegradationFigures { RangeSigmaKm = 1 }, [RemovedField.ObjectTag]), SomeAgreement, Pacific, Atlantic)!;
        var ready = book.Take([degraded.Arrives(2), original.Record.Arrives(3) with { Leaf = original.LeafHash }]).Ready;
        Assert.Equal([original.LeafHash, original.LeafHash], ready.Select(one => one.Original));
        Assert.Equal([1.0, null], ready.Select(one => one.ForFit.Added?.Sigma.RangeKm));
        Assert.Equal([degraded.Mark, null], ready.Select(one => one.Mark));
        Assert.Equal(ReleaseForm.Degraded(profile), Assert.Single(book.PathsOf(degraded.Id)).Facts.Form);
    }

    [Fact]
    public void Take_ObservationOfAnExercise_NeitherEntersNorWaits()
    {
        var intake = new ContributionBook().Take([Observed(First, Pacific, DataMode.Exercise).Arrives(1)]);
        Assert.Empty(intake.Ready);
        Assert.Empty(intake.NowWaiting);
        Assert.Equal(ContributionRefusal.NotReal, Assert.Single(intake.Refused).Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Take_TwoDescriptions_TheOnePublishedLastCounts(bool newestFirst)
    {
        var corrected = RadarOf(Pacific) with { Name = "corrected" };
        ArrivedRecord[] inOrder = [Description(RadarOf(Pacific)).Arrives(1), Description(corrected, publishedSeconds: 60).Arrives(2)];
        var book = new ContributionBook();
        var redescribed = (newestFirst ? inOrder.Reverse() : inOrder).SelectMany(one => book.Take([one]).Redescribed).ToList();
        Assert.Equal(newestFirst ? [] : [corrected], redescribed);
        Assert.Equal(corrected, Assert.Single(book.Take([Observed(First, Pacific).Arrives(3)]).Ready).Sensor);
    }

    [Fact]
    public void Take_DescriptionAfterObservations_NamesWhereToReadAgain()
    {
        var book = new ContributionBook();
        Assert.Equal(new SensorKey(Pacific, Seeds.Radar.Id), Assert.Single(book.Take([Observed(First, Pacific).Arrives(4)]).NowWaiting));
        // Said once, not in every batch.
        Assert.Empty(book.Take([Observed(Second, Pacific).Arrives(5)]).NowWaiting);
        var intake = book.Take([Description(RadarOf(Pacific)).Arrives(6)]);
        Assert.Equal(new LateSensor(new SensorKey(Pacific, Seeds.Radar.Id), FirstArrival: 4), Assert.Single(intake.Late));
        Assert.Equal(2, book.TakeAgain(new SensorKey(Pacific, Seeds.Radar.Id), [Observed(First, Pacific).Arrives(4), Observed(First, Atlantic).Arrives(4), Observed(Second, Pacific).Arrives(5)]).Ready.Count);
    }

    [Fact]
    public void Take_MoreWaitingSensorsThanRemembered_StillReadsTheOthersAgain()
    {
        var book = new ContributionBook();
        var many = Enumerable.Range(0, ContributionBook.MostWaitingSensors + 1).Select(i => Observed(First with { Sensor = SensorId.Parse($"S-{i}") }, Pacific).Arrives(i + 1)).ToList();
        Assert.Equal(ContributionBook.MostWaitingSensors, book.Take(many).NowWaiting.Count);
        var last = RadarOf(Pacific) with { Id = SensorId.Parse($"S-{ContributionBook.MostWaitingSensors}") };
        Assert.Equal(ContributionBook.MostWaitingSensors + 1, Assert.Single(book.Take([Description(last).Arrives(100_000)]).Late).FirstArrival);
    }

    [Fact]
    public void PathsOf_RecordThatCameTwoWays_AreBoth()
    {
        var book = new ContributionBook();
        var record = Observed(First, Pacific);
        var second = new Agreements.AgreementId(Hash256.Of("second"u8));
        book.Take([Description(RadarOf(Pacific)).Arrives(1), record.Arrives(1), record.Arrives(2, second), record.Arrives(3, second)]);
        Assert.Equal([SomeAgreement, second], book.PathsOf(record.Id).Select(path => path.Agreement!.Value));
    }
}

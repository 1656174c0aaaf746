using SsaShare.Domain;
using SsaShare.Orbits;
using static SsaShare.Fusion.Tests.Combination.SimulatedTracks;

namespace SsaShare.Fusion.Tests.Combination;

public sealed class CombinationTests
{
    private static readonly Epoch At = SimulatedTracks.Epoch;

    [Fact]
    public void Combine_AnyOrder_GivesTheSameBits()
    {
        for (int run = 0; run < 50; run++)
        {
            var s = new SimulatedTracks(run);
            var tracks = Enumerable.Range(0, 5).Select(i => s.Honest($"partner-{i}", s.Root()) with { Basis = i < 3 ? new HashSet<RecordId> { Seeds.IdOf($"{i % 2}") } : null }).ToList();
            foreach (var combine in (Func<IReadOnlyCollection<ReadyTrack>, CombinationOutcome>[])
                [t => CovarianceIntersection.Combine(t, At), t => CovarianceIntersection.Combine(t, At, WeightCriterion.PositionTrace), t => SplitCovarianceIntersection.Combine(t, At), t => TrackCombiner.Combine(t, At)])
            {
                var one = Combined(combine(tracks));
                var other = Combined(combine([.. tracks.AsEnumerable().Reverse().Skip(2), tracks[3], tracks[4]]));
                Assert.Equal(one.State, other.State);
                Assert.Equal(one.Covariance, other.Covariance);
                Assert.Equal(one.Shares, other.Shares);
            }
        }
    }

    [Theory]
    [InlineData(WeightCriterion.Determinant)]
    [InlineData(WeightCriterion.PositionTrace)]
    public void CovarianceIntersection_TwoTracks_NoOtherWeightIsBetter(WeightCriterion criterion)
    {
        for (int run = 0; run < 30; run++)
        {
            var s = new SimulatedTracks(500 + run);
            ReadyTrack[] tracks = [s.Honest("atlantic", s.Root()), s.Honest("pacific", s.Root())];
            var found = Combined(CovarianceIntersection.Combine(tracks, At, criterion)).Covariance;
            double best = Enumerable.Range(1, 999).Min(k => Measure(Intersection(tracks[0].Covariance, tracks[1].Covariance, k / 1_000.0), criterion));
            // The measure is a logarithm: a hundredth of a percent.
            Assert.True(Measure(found, criterion) <= best + 1e-4, $"{Measure(found, criterion)} against {best}");
        }
    }

    [Fact]
    public void CovarianceIntersection_CopiesOfOneTrack_AreThatTrack()
    {
        var s = new SimulatedTracks(1);
        var track = s.Honest("atlantic", s.Root());
        var combined = Combined(CovarianceIntersection.Combine([track, track with { Record = Seeds.IdOf("copy"), Source = PartnerId.Parse("pacific") }], At));
        Assert.Equal(track.State, combined.State);
        Assert.Equal(track.Covariance, combined.Covariance);
        Assert.Single(combined.Shares);
    }

    [Fact]
    public void Combine_OnlySomeDeclareTheDensity_ItsErrorIsCarriedAndContained()
    {
        var s = new SimulatedTracks(3);
        double[] root = s.Root();
        var error = new DensityError(0.1, new Vector3d(0, 0.05, 0), default);
        ReadyTrack[] tracks = [s.Honest("atlantic", root) with { Density = error }, s.Honest("pacific", root)];
        var combined = Combined(CovarianceIntersection.Combine(tracks, At));
        Assert.Equal(0.1, combined.Density!.Value.Sigma);
        Assert.Equal(0.05 * combined.Shares.Single(share => share.Track == tracks[0]).Share, combined.Density.Value.PositionKm.Y, 1e-9);
    }

    [Fact]
    public void Combine_BadTracks_AreQuarantinedAndMoveNothing()
    {
        var s = new SimulatedTracks(7);
        double[] root = s.Root();
        ReadyTrack[] good = [s.Honest("atlantic", root), s.Honest("caribbean", s.Root()), s.Honest("pacific", s.Root())];
        var one = s.Honest("arctic", root);
        Vector3d far = new(1_000 * one.Covariance.PositionSigmaKm, 0, 0);
        (ReadyTrack Track, TrackFault Fault)[] bad =
        [
            (one with { Covariance = Square([.. root.Select((x, i) => i % 6 == 5 ? 0 : x)]) }, TrackFault.CovarianceNotPositive),
            (one with { State = new CartesianState(At.PlusSeconds(1), Frame.Gcrf, one.State.PositionKm, one.State.VelocityKmPerS) }, TrackFault.WrongEpoch),
            (one with { State = new CartesianState(At, Frame.Teme, one.State.PositionKm, one.State.VelocityKmPerS) }, TrackFault.WrongFrame),
            (one with { State = new CartesianState(At, Frame.Gcrf, 0.1 * one.State.PositionKm, one.State.VelocityKmPerS) }, TrackFault.ImpossibleOrbit),
            (one with { State = new CartesianState(At, Frame.Gcrf, one.State.PositionKm + far, one.State.VelocityKmPerS) }, TrackFault.Contradicts),
            (one with { Independent = Square(root, root) }, TrackFault.IndependentPartTooLarge),
            (one with { Density = new DensityError(1, far, default) }, TrackFault.DensityErrorTooLarge),
            (one with { Density = new DensityError(double.NaN, far, default) }, TrackFault.NotFinite),
        ];
        var without = Combined(TrackCombiner.Combine(good, At));
        foreach (var (track, fault) in bad)
        {
            var outcome = TrackCombiner.Combine([track, .. good], At);
            var quarantined = Assert.Single(outcome.Quarantined);
            Assert.Equal(fault, quarantined.Fault);
            Assert.NotEmpty(quarantined.Detail);
            Assert.Equal(without.State, Combined(outcome).State);
            Assert.Equal(without.Covariance, Combined(outcome).Covariance);
        }
    }

    [Fact]
    public void Combine_OneAgainstOne_NeitherIsBelieved()
    {
        var s = new SimulatedTracks(8);
        double[] root = s.Root();
        var (one, other) = (s.Honest("atlantic", root), s.Track("pacific", [500, 0, 0, 0, 0, 0], Square(root)));
        var refused = Assert.IsType<CombinationOutcome.Refused>(CovarianceIntersection.Combine([one, other], At));
        Assert.Equal(2, refused.Quarantined.Count);
        // Ten tracks of one source are one voice.
        var many = Enumerable.Range(0, 10).Select(i => s.Track("pacific", [500 + 1e-3 * i, 0, 0, 0, 0, 0], Square(root)));
        var outcome = CovarianceIntersection.Combine([one, s.Honest("arctic", root), .. many], At);
        Assert.All(outcome.Quarantined, track => Assert.Equal("pacific", track.Track.Source.Value));
        Assert.Equal(2, Combined(outcome).Shares.Count);
    }

    [Theory]
    [InlineData(double.NaN, 1, TrackFault.NotFinite)]
    [InlineData(1, double.PositiveInfinity, TrackFault.NotFinite)]
    [InlineData(1, -1, TrackFault.CovarianceNotPositive)]
    public void Read_FiguresThatAreNone_NamesTheFault(double x, double variance, TrackFault expected)
    {
        var s = new SimulatedTracks(9);
        var like = s.Honest("atlantic", s.Root());
        double[] lower = like.Covariance.Lower.ToArray();
        lower[5] = variance;
        Assert.Null(TrackExamination.Read(like, At, Frame.Gcrf, new Vector3d(x, 7_000, 0), default, lower, out var fault, out string detail));
        Assert.Equal(expected, fault);
        Assert.NotEmpty(detail);
    }

    private static Covariance6 Intersection(Covariance6 a, Covariance6 b, double weight)
    {
        double[] sum = new double[36], ofA = Inverse(Full(a)), ofB = Inverse(Full(b));
        for (int i = 0; i < 36; i++) sum[i] = weight * ofA[i] + (1 - weight) * ofB[i];
        double[] p = Inverse(sum);
        return new Covariance6([.. from i in Enumerable.Range(0, 6) from j in Enumerable.Range(0, i + 1) select p[i * 6 + j]]);
    }

    private static double[] Full(Covariance6 c) => [.. Enumerable.Range(0, 36).Select(i => c[i / 6, i % 6])];

    private static double[] Inverse(double[] p)
    {
        double[] inverse = new double[36];
        Assert.True(SymmetricSolver.TryInvert(p, 6, inverse));
        return inverse;
    }

    private static double Measure(Covariance6 c, WeightCriterion criterion)
    {
        if (criterion == WeightCriterion.PositionTrace) return 2 * Math.Log(c.PositionSigmaKm);
        double[] l = Full(c);
        Assert.True(SymmetricSolver.TryCholeskyInPlace(l, 6));
        return Enumerable.Range(0, 6).Sum(i => 2 * Math.Log(l[i * 7]));
    }
}

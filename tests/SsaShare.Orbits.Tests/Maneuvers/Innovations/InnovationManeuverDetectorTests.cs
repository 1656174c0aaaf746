using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public sealed class InnovationManeuverDetectorTests
{
    private const double Hours = 26, BurnS = 50_000;
    private static readonly SequentialFilterOptions Options = new() { ProcessNoise = SimulatedTracking.Noise, CorrelationSeconds = 0, KeepSteps = false };
    private static readonly InnovationManeuverDetector Detector = new(new SequentialFilter(SimulatedTracking.Propagator, SyntheticPasses.Model), new InnovationManeuverOptions { SettlingS = 30_000 });

    [Theory]
    [InlineData(0.01)]
    [InlineData(3)]
    public void Detect_OneBurnForward_GivesItsTimeAndSize(double metresPerS)
    {
        var scene = Scene(100, (BurnS, new Vector3d(0, metresPerS / 1_000, 0)));
        var at = scene.Start.State.Epoch.PlusSeconds(BurnS);
        var found = Assert.Single(Detector.Detect(scene.Observations, scene.Start, Options));
        Assert.InRange(found.Time.SecondsSince(at), -3_600, 3_600);
        Assert.True(found.Earliest <= at && at <= found.Latest);
        Assert.InRange(found.DeltaVRtnMPerS.Y / metresPerS, 0.9, 1.1);
        Assert.True(found.CovarianceRtnM2PerS2[4] > 0);
    }

    [Fact]
    public void Detect_NoBurn_FindsNone()
    {
        for (int seed = 0; seed < 2; seed++)
        {
            var scene = Scene(200 + seed, null);
            Assert.Empty(Detector.Detect(scene.Observations, scene.Start, Options));
        }
    }

    /// <summary>A radar that is off by kilometres for a whole track is a bad track, not a manoeuvre.</summary>
    [Fact]
    public void Detect_OneTrackFarOff_FindsNone()
    {
        var scene = Scene(210, null);
        var spoilt = scene.Observations[scene.Observations.Count / 2];
        List<TrackingObservation> observations = [.. scene.Observations.Select(o => Math.Abs(o.Epoch.SecondsSince(spoilt.Epoch)) > 900 || o.Sensor.Key != spoilt.Sensor.Key
            ? o : o with { Measured = o.Measured with { RangeKm = o.Measured.RangeKm + 4, ElevationRad = o.Measured.ElevationRad + 0.01 } })];
        Assert.NotEqual(scene.Observations, observations);
        Assert.Empty(Detector.Detect(observations, scene.Start, Options));
    }

    [Fact]
    public void Detect_FewOrNoTracks_FindsNone()
    {
        var scene = SimulatedTracking.Create(220, 8, 60, SimulatedTracking.Noise);
        Assert.Empty(Detector.Detect([], scene.Start, Options));
        Assert.Empty(Detector.Detect(scene.Observations, scene.Start, Options));
    }

    /// <summary>A radar that gives no number for a range now and then hides no manoeuvre.</summary>
    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(12)]
    public void Detect_RangesThatAreNoNumbersAfterTheBurn_StillFindsIt(int every)
    {
        const double metresPerS = 0.1;
        var scene = Scene(100, (BurnS, new Vector3d(0, metresPerS / 1_000, 0)));
        var at = scene.Start.State.Epoch.PlusSeconds(BurnS);
        int first = scene.Observations.FindIndex(o => o.Epoch > at.PlusSeconds(600));
        List<TrackingObservation> spoilt = [.. scene.Observations.Select((o, i) => i >= first && (i - first) % every == 0 ? o with { Measured = o.Measured with { RangeKm = double.NaN } } : o)];
        var found = Assert.Single(Detector.Detect(spoilt, scene.Start, Options));
        Assert.InRange(found.Time.SecondsSince(at), -3_600, 3_600);
        Assert.InRange(found.DeltaVRtnMPerS.Y / metresPerS, 0.9, 1.1);
    }

    private static SimulatedTracking Scene(int seed, (double, Vector3d)? burn) => SimulatedTracking.Create(seed, Hours, 60, SimulatedTracking.Noise, burn: burn);
}

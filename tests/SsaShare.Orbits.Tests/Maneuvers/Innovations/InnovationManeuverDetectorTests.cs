using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public sealed class InnovationManeuverDetectorTests
{
    private const double Hours = 48, BurnS = 100_000;
    private static readonly SequentialFilterOptions Options = new() { ProcessNoise = SimulatedTracking.Noise, CorrelationSeconds = 0, KeepSteps = false };
    private static readonly InnovationManeuverDetector Detector = new(new SequentialFilter(SimulatedTracking.Propagator, SyntheticPasses.Model));

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(3)]
    public void Detect_OneBurnForward_GivesItsTimeAndSize(double metresPerS)
    {
        var scene = Scene(100, (BurnS, new Vector3d(0, metresPerS / 1_000, 0)));
        var at = scene.Start.State.Epoch.PlusSeconds(BurnS);
        var found = Assert.Single(Detector.Detect(scene.Observations, scene.Start, Options));
        Write($"MEASURED burn of {metresPerS} m/s forward: {found.Time.SecondsSince(at):F0} s off, {found.Earliest.SecondsSince(at):F0} to {found.Latest.SecondsSince(at):F0} s, {found.DeltaVRtnMPerS.X:F4} {found.DeltaVRtnMPerS.Y:F4} {found.DeltaVRtnMPerS.Z:F4} m/s, ratio {found.LikelihoodRatio:F0}");
        Assert.InRange(found.Time.SecondsSince(at), -3_600, 3_600);
        Assert.True(found.Earliest <= at && at <= found.Latest);
        Assert.InRange(found.DeltaVRtnMPerS.Y / metresPerS, 0.9, 1.1);
        Assert.True(found.Confidence > 0.999);
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

    /// <summary>How often burns of each size are found, forward, backward, normal and aslant: takes minutes, so it runs only when asked for (-explicit on).</summary>
    [Theory(Explicit = true)]
    [InlineData(0)]
    [InlineData(0.001)]
    [InlineData(0.003)]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(10)]
    public void Detect_BurnsOfEachSize_Table(double metresPerS)
    {
        const int rounds = 8;
        int hits = 0, others = 0, inside = 0;
        double minutes = 0, size = 0;
        for (int seed = 0; seed < rounds; seed++)
        {
            var scene = Scene(300 + seed, metresPerS == 0 ? null : (BurnS, Direction(seed) * metresPerS / 1_000));
            var at = scene.Start.State.Epoch.PlusSeconds(BurnS);
            var found = Detector.Detect(scene.Observations, scene.Start, Options);
            var hit = metresPerS == 0 ? null : found.Where(m => Math.Abs(m.Time.SecondsSince(at)) <= 7_200).MinBy(m => Math.Abs(m.Time.SecondsSince(at)));
            others += found.Count - (hit is null ? 0 : 1);
            if (hit is null) continue;
            hits++;
            minutes += Math.Abs(hit.Time.SecondsSince(at)) / 60;
            size += Math.Abs((hit.DeltaVRtnMPerS - metresPerS * Direction(seed)).Norm);
            if (hit.Earliest <= at && at <= hit.Latest) inside++;
        }
        Write($"MEASURED burns of {metresPerS} m/s in two days of simulated radar tracks: {hits} of {rounds} found within 2 h, {others} other detections in {rounds * Hours / 24:F0} object-days; time {minutes / Math.Max(1, hits):F1} min and vector {size / Math.Max(1, hits):F4} m/s off in the mean, inside the stated bounds {inside}");
        Assert.True(hits <= rounds);
    }

    private static SimulatedTracking Scene(int seed, (double, Vector3d)? burn) => SimulatedTracking.Create(seed, Hours, 60, SimulatedTracking.Noise, burn: burn);

    private static Vector3d Direction(int seed) => (seed % 4) switch { 0 => new(0, 1, 0), 1 => new(0, -1, 0), 2 => new(0, 0, 1), _ => new Vector3d(0.5, 0.7, -0.5).Unit() };

    private static void Write(FormattableString text) => TestContext.Current.TestOutputHelper?.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}

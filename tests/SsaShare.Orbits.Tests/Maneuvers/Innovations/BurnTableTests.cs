using SsaShare.Domain;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

/// <summary>
/// How often burns of each size are found, and how often one that was not: in a scene that the detector was not tuned on, with another orbit, other radars with errors that last, other seeds.
/// It takes a minute, so it runs where figures are asked for: by ./ssa accuracy, and longer with SSA_NIGHTLY=1.
/// </summary>
public sealed class BurnTableTests
{
    private const double Hours = 48, BurnS = 110_000, WithinS = 7_200;
    private static readonly int Rounds = Nightly.IsAsked ? 12 : Environment.GetEnvironmentVariable("SSA_REFERENCE_DATA") is null ? 0 : 4;
    private static readonly InnovationManeuverDetector Detector = new(new SequentialFilter(SimulatedTracking.Propagator, SyntheticPasses.Model));
    private static readonly SequentialFilterOptions Options = new() { ProcessNoise = SimulatedTracking.Noise, CorrelationSeconds = 0 };
    private static readonly CartesianState Orbit = new KeplerianElements(7_230, 0.003, 1.72, 2.1, 1.2, 2.5).ToState(Testing.LowOrbit.Epoch, Frame.Gcrf);
    private static readonly Sensor[] Radars =
        [SyntheticPasses.Radar("nor", "N1", 69.6, 18.9, 0.05, 0.03), SyntheticPasses.Radar("aus", "A1", -31.0, 136.5, 0.02, 0.02), SyntheticPasses.Radar("can", "C1", 45.6, -73.4, 0.04, 0.025), SyntheticPasses.Radar("ind", "I1", 13.7, 80.2, 0.03, 0.02)];

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.001, false)]
    [InlineData(0.003, false)]
    [InlineData(0.01, false)]
    [InlineData(0.1, false)]
    [InlineData(1, true)]
    [InlineData(10, true)]
    public void Detect_BurnsInAnUntunedScene_FoundFromTheirSizeOn(double metresPerS, bool all)
    {
        Assert.SkipWhen(Rounds == 0, "figures not asked for");
        int hits = 0, others = 0, inside = 0;
        double minutes = 0, off = 0;
        for (int round = 0; round < Rounds; round++)
        {
            var direction = Direction(round);
            var scene = SimulatedTracking.Create(4_100 + round, Hours, 60, SimulatedTracking.Noise, burn: metresPerS == 0 ? null : (BurnS, metresPerS / 1_000 * direction), orbit: Orbit, radars: Radars);
            var at = scene.Start.State.Epoch.PlusSeconds(BurnS);
            var found = Detector.Detect(scene.Observations, scene.Start, Options);
            var hit = metresPerS == 0 ? null : found.Where(m => Math.Abs(m.Time.SecondsSince(at)) <= WithinS).MinBy(m => Math.Abs(m.Time.SecondsSince(at)));
            others += found.Count - (hit is null ? 0 : 1);
            if (hit is null) continue;
            hits++;
            minutes += Math.Abs(hit.Time.SecondsSince(at)) / 60;
            off += (hit.DeltaVRtnMPerS - metresPerS * direction).Norm;
            if (hit.Earliest <= at && at <= hit.Latest) inside++;
        }
        string what = $"burns of {metresPerS} m/s in {Rounds} times two days of four radars";
        say(metresPerS == 0 ? "false alarms" : "detections elsewhere", others);
        if (metresPerS > 0) say("found within 2 h", hits);
        if (hits > 0)
        {
            Figure.Say($"{what}: instant", "simulated truth", "mean", minutes / hits, "min");
            Figure.Say($"{what}: change of velocity", "simulated truth", "mean", off / hits, "m/s");
            say("inside the stated span", inside);
        }
        if (metresPerS == 0) Assert.Equal(0, others);
        // A weaker one may show too late to be told from one some revolutions later.
        if (all) Assert.Equal(Rounds, hits);

        void say(string how, int count) => Figure.Say($"{what}: {how}", "simulated truth", "count", count, "");
    }

    private static Vector3d Direction(int round) => (round % 4) switch { 0 => new(0, -1, 0), 1 => new(0, 0, -1), 2 => new Vector3d(0.6, -0.5, 0.6).Unit(), _ => new(0, 1, 0) };
}

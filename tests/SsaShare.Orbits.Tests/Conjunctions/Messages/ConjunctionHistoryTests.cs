using System.Globalization;
using SsaShare.Domain;
using SsaShare.Tests;

namespace SsaShare.Orbits.Tests;

/// <summary>Series of messages: which are of one event, and how it evolved.</summary>
public sealed class ConjunctionHistoryTests
{
    private const double RevolutionS = 5_829;
    private static readonly Epoch Tca = Testing.At("2024-11-05T12:00:00Z");

    [Fact]
    public void Group_TwoNodesAndOtherPairs_AreEventsOfTheirOwn()
    {
        ConjunctionMessage[] messages =
        [
            Message("c", 2, 1, second: "0000900"), Message("a", 4, 1), Message("b", 3, 1, shiftS: 14),
            // The other node, half a revolution later; another pair at the same time; the same numbers in another catalogue.
            Message("d", 3, 1, shiftS: RevolutionS / 2), Message("e", 3, 1, second: "901"), Message("f", 3, 1, catalog: "OTHER"),
        ];
        var events = ConjunctionEvent.Group([.. messages, messages[0]]);
        Assert.Equal(["a b c", "d", "e", "f"], events.Select(one => string.Join(' ', one.Messages.Select(message => message.MessageId))).Order(StringComparer.Ordinal));
        Assert.Equal("d", events[^1].Messages[0].MessageId);
    }

    /// <summary>Makers number the messages of each pair, or of each event, from 1 on.</summary>
    [Fact]
    public void Group_OneIdForSeveralPairsAndTimes_LosesNone()
    {
        ConjunctionMessage[] messages = [Message("1", 3, 1), Message("1", 3, 1, second: "901"), Message("1", 3, 1, shiftS: RevolutionS / 2)];
        Assert.Equal([messages[0].Created], messages.Select(message => message.Created).Distinct());
        Assert.Equal(3, ConjunctionEvent.Group([.. messages, .. messages]).Count);
    }

    [Fact]
    public void Group_ObjectsInAnotherOrder_AreTheSameEvent()
    {
        var one = Message("a", 4, 1);
        Assert.Single(ConjunctionEvent.Group([one, Message("b", 3, 1) with { First = one.Second, Second = one.First }]));
    }

    [Fact]
    public void Group_DriftingTime_IsFollowed()
        // By ten minutes each day: more in all than a quarter of a revolution.
        => Assert.Single(ConjunctionEvent.Group(Enumerable.Range(0, 5).Select(i => Message($"{i}", 6 - i, 1, shiftS: 600 * i))));

    [Fact]
    public void History_OfAShrinkingError_RisesOutOfDilutionAndFalls()
    {
        // The miss stays at 400 m while the combined error shrinks from 3 km to 30 m.
        var history = Assert.Single(Histories([Message("a", 5, 3), Message("b", 4, 1), Message("c", 3, 0.3), Message("d", 2, 0.1), Message("e", 1, 0.03)]));
        Assert.Equal([true, true, true, false, false], history.Updates.Select(update => update.IsDiluted));
        Assert.Equal([5.0, 4, 3, 2, 1], history.Updates.Select(update => update.SecondsToApproach / 86_400));
        double[] probabilities = [.. history.Updates.Select(update => update.Probability!.Value)];
        Assert.True(probabilities[0] < probabilities[1] && probabilities[1] < probabilities[2] && probabilities[2] > probabilities[3] && probabilities[3] > probabilities[4]);
        Assert.Equal("c", history.Highest!.Message.MessageId);
        Assert.Equal(ProbabilityTrend.Falling, history.Trend);
        foreach (var (update, sigmaKm) in history.Updates.Zip([3, 1, 0.3, 0.1, 0.03]))
        {
            Assert.Equal(sigmaKm, update.SigmaMajorKm!.Value, 1e-9);
            Assert.Equal(0.4 / sigmaKm, update.Mahalanobis!.Value, 1e-6);
            Assert.Equal(0.4, update.MissKm, 1e-9);
            // A body small against the error: the peak is where the error is the miss over √2, and as high whatever the error.
            Assert.Equal(1, update.MaximumProbability!.Value / (0.005 * 0.005 / (Math.E * 0.4 * 0.4)), 1e-3);
        }
        Assert.Equal(0, history.LastChangeSigmas!.Value, 1e-9);
    }

    [Theory]
    [InlineData(1, 0.3, ProbabilityTrend.Rising)]
    [InlineData(1, 1.1, ProbabilityTrend.Steady)]
    [InlineData(0.1, 0.03, ProbabilityTrend.Falling)]
    public void Trend_OfTwoMessages_IsThatOfTheirProbabilities(double beforeKm, double nowKm, ProbabilityTrend expected)
        => Assert.Equal(expected, Assert.Single(Histories([Message("a", 2, beforeKm), Message("b", 1, nowKm)])).Trend);

    [Fact]
    public void LastChange_IsInSigmasOfTheMessageBefore()
    {
        var history = Assert.Single(Histories([Message("a", 2, 0.1), Message("b", 1, 0.05, missKm: 0.65)]));
        Assert.Equal(2.5, history.LastChangeSigmas!.Value, 1e-6);
        Assert.Equal(ProbabilityTrend.Unknown, Assert.Single(Histories([Message("a", 2, 0.1)])).Trend);
    }

    /// <summary>
    /// The collection names no events and no times: rows are of one event where planes and velocities of both objects agree; how far their times differ follows from how far the first object has moved along its track.
    /// </summary>
    [Fact]
    public void SameEvent_OfRealSeries_IsFarWithinAQuarterOfARevolution()
    {
        var rows = ReferenceData.Lines("pc/kelvins/conjunctions.csv").Skip(1).Select(line => line.Split(',').Select(x => double.Parse(x, CultureInfo.InvariantCulture)).ToArray())
            .Select(f => (R: At(f, 2), V: At(f, 5), Q: At(f, 14), W: At(f, 17))).ToArray();
        List<double> shifts = [];
        for (int i = 0; i < rows.Length; i++)
        for (int j = i + 1; j < rows.Length; j++)
        {
            var (a, b) = (rows[i], rows[j]);
            if (a.R.DistanceTo(b.R) > 2_000 || a.V.DistanceTo(b.V) > 2 || a.W.DistanceTo(b.W) > 2) continue;
            if (a.R.Cross(a.V).Unit().DistanceTo(b.R.Cross(b.V).Unit()) > 5e-4 || a.Q.Cross(a.W).Unit().DistanceTo(b.Q.Cross(b.W).Unit()) > 2e-3) continue;
            shifts.Add(Math.Abs((b.R - a.R).Dot(a.V) / a.V.NormSquared));
        }
        Assert.InRange(shifts.Count, 1_000, 3_000);
        Figure.Quantiles("1,862 pairs of messages of one real event in low orbit, time of closest approach", "each other", shifts, "s", Aim.AtMost(RevolutionS / 4));
        Assert.InRange(shifts.Max(), 0, 0.1 * ConjunctionEvent.SameRevolutionShare * RevolutionS);

        static Vector3d At(double[] f, int i) => new(f[i], f[i + 1], f[i + 2]);
    }

    private static IReadOnlyList<ConjunctionHistory> Histories(IEnumerable<ConjunctionMessage> messages)
    {
        var rotation = new EarthRotation(EarthOrientation.Default.Extended());
        return ConjunctionHistory.Of(messages, message => new ConjunctionUpdate(message, 0.005, ConjunctionEncounter.Of(message, rotation).Assess(0.005, new ProbabilityOptions(ProbabilityMethods.Maximum))));
    }

    /// <summary>Two objects in low orbit whose ways cross at right angles, one above the other; both errors are round, and together of the sigma given.</summary>
    private static ConjunctionMessage Message(string id, double daysAhead, double sigmaKm, double shiftS = 0, double missKm = 0.4, string second = "900", string catalog = "SATCAT")
    {
        var time = Tca.PlusSeconds(shiftS);
        double[] lower = new double[21];
        for (int i = 0; i < 6; i++) lower[i * (i + 1) / 2 + i] = i < 3 ? sigmaKm * sigmaKm / 2 : 1e-12;
        return new ConjunctionMessage(id, "TEST", null, Tca.PlusSeconds(-86_400 * daysAhead), new ClosestApproach(time, missKm, null, null, null), null, null,
            One("00005", new Vector3d(7_000, 0, 0), new Vector3d(0, 7.5, 0)), One(second, new Vector3d(7_000 + missKm, 0, 0), new Vector3d(0, 0, 7.5)), []);

        ConjunctionObject One(string designator, Vector3d position, Vector3d velocity)
            => new(designator, catalog, designator, "UNKNOWN", new CartesianState(time, Frame.Gcrf, position, velocity), new RtnCovariance(lower), "NONE", "CALCULATED", "N/A", [], null, null, []);
    }
}

using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class ManeuverDetectorTests
{
    private static readonly Epoch Start = Testing.At("2020-01-01T00:00:00");

    [Theory]
    [InlineData(30.3, 0.01)]
    [InlineData(30.3, -0.01)]
    [InlineData(41.8, 0.2)]
    public void Detect_OneBurn_GivesItsTimeAndSize(double burnDays, double alongMPerS)
    {
        var found = Assert.Single(new ManeuverDetector().Detect(History(1, (burnDays, alongMPerS))));
        Assert.InRange(found.Time.SecondsSince(Start) / 86_400 - burnDays, -0.25, 0.25);
        Assert.InRange(found.AlongTrackMPerS / alongMPerS, 0.9, 1.1);
        Assert.True(found.FirstSeen >= found.Time);
        Assert.InRange(found.Confidence, 0.8, 1);
    }

    [Fact]
    public void Detect_TwoBurnsInTwoDays_GivesBoth()
    {
        var found = new ManeuverDetector().Detect(History(2, (30.3, 0.05), (31.4, 0.03)));
        Assert.Equal(2, found.Count);
        Assert.Equal(0.08, found.Sum(f => f.AlongTrackMPerS), 0.01);
    }

    /// <summary>As to let another object pass: the rate is as before, the place is not.</summary>
    [Fact]
    public void Detect_ThereAndBackBetweenTwoSets_GivesBothInThatGap()
    {
        var found = new ManeuverDetector().Detect(History(1, (30.3, 0.05), (30.7, -0.05)));
        Assert.Equal(2, found.Count);
        Assert.All(found, f => Assert.InRange(f.Time.SecondsSince(Start) / 86_400, 29.7, 31.3));
        Assert.InRange(found[0].AlongTrackMPerS, 0.03, 0.06);
        Assert.InRange(found[1].AlongTrackMPerS, -0.06, -0.03);
    }

    /// <summary>Each set fitted to five days of places, as a straight line: the burn is told only by and by, and its time is found all the same.</summary>
    [Theory]
    [InlineData(30.3, 0.01)]
    [InlineData(41.8, -0.02)]
    public void Detect_SetsThatFollowSlowly_GivesTheTimeOfTheBurn(double burnDays, double alongMPerS)
    {
        var found = Assert.Single(new ManeuverDetector().Detect(History(7, 5, (burnDays, alongMPerS))));
        Assert.InRange(found.Time.SecondsSince(Start) / 86_400 - burnDays, -0.5, 0.5);
        Assert.InRange(found.AlongTrackMPerS / alongMPerS, 0.8, 1.2);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Detect_NoBurn_FindsNone(int seed) => Assert.Empty(new ManeuverDetector().Detect(History(seed)));

    [Fact]
    public void Detect_OrderAndRepeatsAndBadSets_ChangeNothing()
    {
        var sets = History(1, (30.3, 0.02));
        var random = new Random(1);
        List<ElementSet> shuffled = [.. sets.Concat(sets.Take(10)).OrderBy(_ => random.Next()), sets[20] with { Epoch = sets[20].Epoch.PlusSeconds(99), Eccentricity = 1.5 }, sets[25] with { Epoch = sets[25].Epoch.PlusSeconds(9_999), InclinationRad = sets[25].InclinationRad + 0.01 }];
        Assert.Equal(new ManeuverDetector().Detect(sets), new ManeuverDetector().Detect(shuffled));
    }

    [Fact]
    public void Detect_LaterSets_DoNotChangeWhatIsSettled()
    {
        var sets = History(1, (30.3, 0.02), (60.3, 0.02));
        var whole = new ManeuverDetector().Detect(sets);
        var early = new ManeuverDetector().Detect(sets.Where(s => s.Epoch.SecondsSince(Start) < 42 * 86_400));
        Assert.Equal(2, whole.Count);
        Assert.InRange(Assert.Single(early).Time.SecondsSince(whole[0].Time) / 3600, -3, 3);
    }

    [Fact]
    public void Detect_PlaneTurnedToo_GivesTheCrossTrackPart()
    {
        const double TurnRad = 1e-4;
        List<ElementSet> sets = [.. History(1, (30.3, 0.05)).Select(s => s.Epoch.SecondsSince(Start) > 30.3 * 86_400 ? s with { InclinationRad = s.InclinationRad + TurnRad } : s)];
        var found = Assert.Single(new ManeuverDetector().Detect(sets));
        Assert.Equal(7_460 * TurnRad, found.CrossTrackMPerS, 0.05);
        Assert.Equal(0, Assert.Single(new ManeuverDetector().Detect(History(1, (30.3, 0.05)))).CrossTrackMPerS);
    }

    /// <summary>Histories of nonsense: some answer with finite figures, never an exception.</summary>
    [Fact]
    public void Detect_SenselessSets_NeverFails()
    {
        var random = new Random(9);
        double any(double size) => random.Next(12) switch { 0 => double.NaN, 1 => 0, 2 => -size * random.NextDouble(), 3 => double.PositiveInfinity, _ => size * random.NextDouble() };
        for (int i = 0; i < 150; i++)
        {
            List<ElementSet> sets = [.. Enumerable.Range(0, random.Next(40)).Select(_ => new ElementSet(null, Start.PlusSeconds(random.Next(3) * 1e5 * random.NextDouble() * random.Next(20)), any(18), any(0.1), any(3), any(6), any(6), any(6), any(1e-3), 0, 0))];
            Assert.All(new ManeuverDetector().Detect(sets), d => Assert.True(double.IsFinite(d.DeltaVMPerS) && d.Confidence is >= 0 and <= 1));
        }
    }

    /// <summary>Sets of another theory, without the drift of the pericentre: all places move on 420 km a day faster than the sets' rates say.</summary>
    [Fact]
    public void Detect_PlacesThatOutrunTheRates_FindsTheStepAlone()
    {
        var sets = new List<ElementSet>();
        double anomalyDeg = 10;
        for (int day = 0; day < 120; day++)
        {
            double motion = 14.5 + (day >= 60 ? 2e-3 : 0);
            sets.Add(new ElementSet("1", Start.PlusSeconds(day * 86_400.0), motion, 0.001, 1.6, 1, 1.5, anomalyDeg * Math.PI / 180, 0, 0, 0));
            anomalyDeg = (anomalyDeg + 360 * (motion - 14)) % 360;
        }
        var found = Assert.Single(new ManeuverDetector().Detect(sets));
        Assert.InRange(found.Time.SecondsSince(Start) / 86_400, 59.9, 60.1);
        Assert.InRange(found.AlongTrackMPerS, -0.4, -0.3);
    }

    [Fact]
    public void Detect_FewOrNoSets_FindsNone()
    {
        Assert.Empty(new ManeuverDetector().Detect([]));
        Assert.Empty(new ManeuverDetector().Detect(History(1).Take(3)));
    }

    private static List<ElementSet> History(int seed, params (double Days, double AlongMPerS)[] burns) => History(seed, 0, burns);

    /// <summary>
    /// A set a day for 90 days at 780 km, 50 m of noise along the track and 0.2 m in the semi-major axis, turned by burns; each set is the straight line fitted to
    /// the argument of latitude over the span before it.
    /// </summary>
    private static List<ElementSet> History(int seed, double spanDays, params (double Days, double AlongMPerS)[] burns)
    {
        var (normal, sets) = (Testing.Normal(seed), new List<ElementSet>());
        const double AxisKm = 7_158, Day = 86_400;
        var first = new ElementSet("1", Start, 14.33, 0.001, 1.2, 1, 2, 0, 0, 0, 0);
        double usual = RadPerDay(first);
        for (int k = 0; k < 90; k++)
        {
            double days = k + 0.1 * normal();
            var (latitude, rate) = spanDays == 0 ? (LatitudeRad(days), RadPerDay(With(days))) : Line(days);
            double anomaly = latitude + 0.05 / AxisKm * normal();
            sets.Add(first with
            {
                Epoch = Start.PlusSeconds(days * Day),
                ArgumentOfPericenterRad = 2,
                MeanAnomalyRad = anomaly - Math.Tau * Math.Floor(anomaly / Math.Tau),
                MeanMotionRevPerDay = first.MeanMotionRevPerDay * (rate / usual) * (1 - 1.5 * 0.0002 / AxisKm * normal()),
                InclinationRad = first.InclinationRad + 1e-6 * normal(),
            });
        }
        return sets;

        // dn/n = -3 dv/v.
        ElementSet With(double days) => first with { MeanMotionRevPerDay = first.MeanMotionRevPerDay * (1 - 3 * burns.Where(b => b.Days <= days).Sum(b => b.AlongMPerS) / 7_462) };

        double LatitudeRad(double days)
        {
            double latitude = 0, at = 0;
            foreach (double end in burns.Select(b => b.Days).Where(d => d < days).Append(days).Order())
            {
                latitude += RadPerDay(With(at + 1e-9)) * (end - at);
                at = end;
            }
            return latitude;
        }

        // Least squares over 51 instants of the span, less the usual rate for the digits.
        (double Latitude, double Rate) Line(double days)
        {
            double slope = 0, mean = 0, squares = 0;
            for (int i = -25; i <= 25; i++)
            {
                double t = i / 50.0 * spanDays, off = LatitudeRad(days - 0.5 * spanDays + t) - usual * t;
                (slope, mean, squares) = (slope + t * off, mean + off / 51, squares + t * t);
            }
            double rate = usual + slope / squares;
            return (mean + 0.5 * spanDays * rate, rate);
        }
    }

    private static double RadPerDay(ElementSet set)
    {
        var terms = new NearEarthTerms(set, Sgp4Gravity.Wgs72);
        return (terms.MeanAnomalyRate + terms.PericenterRate) * 1_440;
    }
}

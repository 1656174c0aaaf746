using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>
/// Element histories of Jason-2 and CryoSat-2 against the burns their operators told. Published for nine such satellites together while in service (vantafort.com, research/maneuvers, April 2026), within
/// 12 hours: F1 0.812, precision 0.922, recall 0.725, its threshold tuned on the same burns. The like of it here is "together, in service".
/// </summary>
public class ManeuverDetectionTests
{
    private const double DaySeconds = 86_400;
    private const string Operators = "the operator's list";

    // Burns of the last weeks of Jason-2, twice a day and below 1 mm/s each, end its service; nothing of them shows.
    private static readonly Epoch EndOfService = Testing.At("2019-09-01T00:00:00");

    private static readonly Dictionary<(string Satellite, double Threshold), (List<Epoch> Burns, IReadOnlyList<DetectedManeuver> Detections)> Loaded = [];

    [Theory]
    [InlineData("Jason-2", 0.69, 0.68, 0.75)]
    [InlineData("CryoSat-2", 0.89, 0.91, 0.91)]
    public void Detect_RealHistory_FindsTheBurns(string satellite, double all, double since2013, double inService)
    {
        var (burns, detections) = Load(satellite);
        var turn = Testing.At("2013-01-01T00:00:00");
        Print("all", _ => true, all);
        Print("since 2013", t => t > turn, since2013);
        Print("since 2013 in service", t => t > turn && (satellite != "Jason-2" || t < EndOfService), inService);
        List<double> hours = [.. detections.Select(d => burns.Min(b => Math.Abs(d.Time.SecondsSince(b)) / 3600)).Where(h => h <= 12).Order()];
        Figure.Quantiles($"manoeuvres of {satellite}, time of those found", Operators, hours, "h");
        foreach (var (low, high) in new[] { (0.0, 0.9), (0.9, 0.97), (0.97, 1.01) })
        {
            List<DetectedManeuver> some = [.. detections.Where(d => d.Confidence >= low && d.Confidence < high)];
            Figure.Say(string.Create(CultureInfo.InvariantCulture, $"manoeuvres of {satellite}, {some.Count} with confidence {low:F2} to {Math.Min(1, high):F2}"), Operators, "within 12 h of a burn", some.Count(d => burns.Any(b => Math.Abs(d.Time.SecondsSince(b)) <= 43_200)), "");
        }

        void Print(string name, Func<Epoch, bool> when, double least)
        {
            var score = TrueBurns.Compare([.. detections.Select(d => d.Time).Where(when)], [.. burns.Where(when)], 12);
            Say($"manoeuvres of {satellite}, {name}", score);
            Assert.True(score.F1 >= least, $"{name}: {score}");
        }
    }

    [Theory]
    [InlineData("2008-01-01T00:00:00", false, 0.82)]
    [InlineData("2008-01-01T00:00:00", true, 0.84)]
    [InlineData("2013-01-01T00:00:00", true, 0.86)]
    public void Detect_BothHistoriesTogether_ReachesF1(string since, bool inService, double least)
    {
        int hits = 0, detected = 0, told = 0;
        foreach (string satellite in (string[])["Jason-2", "CryoSat-2"])
        {
            var (burns, detections) = Load(satellite);
            bool when(Epoch t) => t > Testing.At(since) && (!inService || satellite != "Jason-2" || t < EndOfService);
            var score = TrueBurns.Compare([.. detections.Select(d => d.Time).Where(when)], [.. burns.Where(when)], 12);
            (hits, detected, told) = (hits + score.Hits, detected + score.Detections, told + score.Burns);
        }
        var both = new TrueBurns.Score(hits, detected, told);
        Say($"manoeuvres of Jason-2 and CryoSat-2 together, {(inService ? "in service " : "all ")}since {since[..4]}", both);
        Assert.True(both.F1 > least, both.ToString());
    }

    /// <summary>The threshold that is best for one satellite, on the other one: the figures do not hang on a choice made with both in view.</summary>
    [Theory]
    [InlineData("Jason-2", "CryoSat-2", 0.88)]
    [InlineData("CryoSat-2", "Jason-2", 0.66)]
    public void Detect_ThresholdChosenOnTheOtherSatellite_IsNearlyAsGood(string chosenOn, string satellite, double least)
    {
        double F1(string on, double threshold)
        {
            var (burns, detections) = Load(on, threshold);
            return TrueBurns.Compare([.. detections.Select(d => d.Time)], burns, 12).F1;
        }
        double best = new[] { 10.0, 12, 14 }.MaxBy(threshold => F1(chosenOn, threshold)), f1 = F1(satellite, best);
        Figure.Say($"manoeuvres of {satellite}, all, with the threshold (10, 12 or 14) that is best for {chosenOn}", Operators, "F1", f1, "");
        Assert.True(f1 >= least, $"{f1} with {best}");
    }

    /// <summary>What the element sets show at all: a burn counts when it is significant within 12 hours of its time with all other burns known, or found anyhow.</summary>
    [Theory]
    [InlineData("Jason-2", 60, 75)]
    [InlineData("CryoSat-2", 145, 164)]
    public void At_TrueTimesOfAllOtherBurns_TellsWhatTheSetsShow(string satellite, int least, int most)
    {
        var (burns, detections) = Load(satellite);
        var history = ElementHistory.Create(ElementLines.Read(ReferenceData.Lines($"maneuvers/{satellite}.tle")));
        var fit = new KinkFit(history, ManeuverDetectorOptions.Default);
        List<double> days = [.. burns.Select(b => b.SecondsSince(history.Start) / DaySeconds)];
        bool Shows(double day)
        {
            List<double> others = [.. days.Where(d => d != day)];
            for (double span = 0; span <= 7; span++)
                for (double at = day - 0.5; at <= day + 0.5; at += 0.1)
                    if (fit.At(at, span, others).Significance >= ManeuverDetectorOptions.Default.Threshold) return true;
            return false;
        }
        int shown = burns.Zip(days).Count(b => Shows(b.Second) || detections.Any(d => Math.Abs(d.Time.SecondsSince(b.First)) <= DaySeconds / 2));
        Figure.Say($"burns of {satellite} that its element sets show with all others known, or found", Operators, "of " + burns.Count.ToString(CultureInfo.InvariantCulture), shown, "");
        Figure.Say($"manoeuvres of {satellite}, all, by whoever found just those", Operators, "F1", 2.0 * shown / (shown + burns.Count), "");
        Assert.InRange(shown, least, most);
    }

    /// <summary>Burns of CryoSat-2 in 2013 as the operator's own list for the DORIS service (cs2man.txt) has them: time and change of velocity along the track, mm/s.</summary>
    [Fact]
    public void Detect_CryoSat2In2013_DeltaVAgreesWithTheOperators()
    {
        (string Time, double AlongMmPerS)[] told =
        [
            ("2013-04-04T12:34:00", 15.07), ("2013-04-23T09:24:00", 11.45), ("2013-05-16T07:45:00", 13.69), ("2013-06-06T06:11:00", 8.23),
            ("2013-07-19T05:27:00", 14.68), ("2013-08-15T13:34:00", 12.25), ("2013-09-03T21:58:00", 17.28), ("2013-10-10T21:27:00", 17.94),
        ];
        var (_, detections) = Load("CryoSat-2");
        List<double> ratios = [];
        foreach (var (time, along) in told)
        {
            var nearest = detections.MinBy(d => Math.Abs(d.Time.SecondsSince(Testing.At(time))))!;
            if (Math.Abs(nearest.Time.SecondsSince(Testing.At(time))) <= 43_200) ratios.Add(1_000 * nearest.AlongTrackMPerS / along);
        }
        ratios.Sort();
        string what = $"speed change along the track, {ratios.Count} of {told.Length} burns of CryoSat-2, found over told";
        Figure.Say(what, Operators, "least", ratios[0], "");
        Figure.Say(what, Operators, "median", ratios[ratios.Count / 2], "");
        Figure.Say(what, Operators, "max", ratios[^1], "");
        Assert.True(ratios.Count >= 7);
        Assert.InRange(ratios[ratios.Count / 2], 0.8, 1.1);
        Assert.All(ratios, r => Assert.InRange(r, 0.6, 1.4));
    }

    /// <summary>
    /// The benchmark's times against the orbits: with the times as its files have them nearly nothing fits, a day earlier nearly all does. A detector that
    /// reports the first changed element set instead of the burn fits the files as they are.
    /// </summary>
    [Theory]
    [InlineData("Jason-2")]
    [InlineData("CryoSat-2")]
    public void Detect_BenchmarkTimesAsPrinted_AreADayLate(string satellite)
    {
        var (burns, detections) = Load(satellite);
        List<Epoch> printed = [.. burns.Select(b => b.PlusSeconds(DaySeconds))];
        var asTold = TrueBurns.Compare([.. detections.Select(d => d.Time)], printed, 12);
        var corrected = TrueBurns.Compare([.. detections.Select(d => d.Time)], burns, 12);
        var seen = TrueBurns.Compare([.. detections.Select(d => d.FirstSeen)], printed, 12);
        List<double> offsets = [.. detections.Select(d => printed.Select(b => d.Time.SecondsSince(b) / DaySeconds).MinBy(o => Math.Abs(o + 1))).Where(o => Math.Abs(o + 1) < 0.5).Order()];
        const string AsPrinted = "the benchmark's times, a day late";
        Figure.Say($"manoeuvres of {satellite}", AsPrinted, "F1", asTold.F1, "");
        Figure.Say($"manoeuvres of {satellite}, first changed element set", AsPrinted, "F1", seen.F1, "");
        Figure.Say($"manoeuvres of {satellite}, those found", AsPrinted, "median", offsets[offsets.Count / 2], "days");
        Assert.True(asTold.F1 < 0.5 * corrected.F1);
        Assert.InRange(offsets[offsets.Count / 2], -1.05, -0.9);
    }

    private static (List<Epoch> Burns, IReadOnlyList<DetectedManeuver> Detections) Load(string satellite, double threshold = 12)
    {
        lock (Loaded)
        {
            if (Loaded.TryGetValue((satellite, threshold), out var before)) return before;
            List<ElementSet> sets = [.. ElementLines.Read(ReferenceData.Lines($"maneuvers/{satellite}.tle"))];
            var detector = new ManeuverDetector(new ManeuverDetectorOptions { Threshold = threshold });
            return Loaded[(satellite, threshold)] = (Inside(TrueBurns.Read($"maneuvers/manoeuvres_{satellite}.yaml"), sets), detector.Detect(sets));
        }
    }

    /// <summary>Burns with three days of element sets on both sides.</summary>
    private static List<Epoch> Inside(List<Epoch> burns, List<ElementSet> sets)
        => [.. burns.Where(b => b > sets[0].Epoch.PlusSeconds(3 * DaySeconds) && b < sets[^1].Epoch.PlusSeconds(-3 * DaySeconds))];

    private static void Say(string what, TrueBurns.Score score)
    {
        string whole = $"{what}, {score.Burns} burns, {score.Detections} detections, within 12 h";
        Figure.Say(whole, Operators, "F1", score.F1, "", Aim.AtLeast(0.80));
        Figure.Say(whole, Operators, "precision", score.Precision, "");
        Figure.Say(whole, Operators, "recall", score.Recall, "");
    }
}

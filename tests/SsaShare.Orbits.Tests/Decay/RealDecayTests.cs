using System.Globalization;
using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Objects that came down, predicted from one set of elements of a catalog.</summary>
/// <remarks>
/// Days of decay: United States Space Force, satellite catalog (as CelesTrak distributes it); GOCE: ESA, 2013-11-11 about 00:16 UTC. A day is taken at its noon, so half a day is uncertain.
/// None manoeuvred after the epoch: fragments of Cosmos 1408, small satellites without propulsion or out of use, and GOCE, whose engine had stopped two days before.
/// The 21 objects of the catalog of 2022 are those that the sigmas of <see cref="BallisticEstimate"/> and <see cref="DecayOptions"/> were set on; the bounds are for the 20 of 2013 and 2024, which were held out.
/// </remarks>
public class RealDecayTests
{
    private const string Decays = """
        2013 34602 2013-11-11T00:16
        2022 50867 2022-09-29T12:00
        2022 50874 2022-11-05T12:00
        2022 50895 2022-11-21T12:00
        2022 50897 2022-10-24T12:00
        2022 50907 2022-10-01T12:00
        2022 50914 2022-11-09T12:00
        2022 50915 2022-09-11T12:00
        2022 50918 2022-09-10T12:00
        2022 50920 2022-10-21T12:00
        2022 50927 2022-12-05T12:00
        2022 50928 2022-12-14T12:00
        2022 50935 2022-11-29T12:00
        2022 50943 2022-09-18T12:00
        2022 50970 2022-12-14T12:00
        2022 50871 2023-01-14T12:00
        2022 50864 2022-12-28T12:00
        2022 50904 2023-02-16T12:00
        2022 50925 2023-06-21T12:00
        2022 50926 2023-10-26T12:00
        2022 50937 2024-04-14T12:00
        2022 50967 2024-07-27T12:00
        2024 56945 2024-11-07T12:00
        2024 56951 2024-11-17T12:00
        2024 56967 2024-12-09T12:00
        2024 56969 2024-11-18T12:00
        2024 56973 2024-11-11T12:00
        2024 56974 2024-12-13T12:00
        2024 56975 2024-11-12T12:00
        2024 56976 2024-11-08T12:00
        2024 56977 2024-12-12T12:00
        2024 56978 2024-11-07T12:00
        2024 56980 2024-11-07T12:00
        2024 56983 2024-11-10T12:00
        2024 56864 2024-12-09T12:00
        2024 56865 2024-12-11T12:00
        2024 56867 2024-12-04T12:00
        2024 56868 2024-12-06T12:00
        2024 56870 2024-12-05T12:00
        2024 56871 2024-12-15T12:00
        2024 56872 2024-12-12T12:00
        """;

    private static SpaceWeather Published() => SpaceWeatherReader.TryRead(string.Join('\n', ReferenceData.Lines("earth/celestrak/SpaceWeather-All-v1.2_2025-01-10.txt.gz")), "sw", out var weather, out var fault)
        ? weather : throw new InvalidOperationException(fault.ToString());

    [Fact]
    public void Predict_WithTheActivityThatWas_HeldOutObjectsWithin15PercentRms()
    {
        var weather = Published();
        List<double> set = [], errors = [];
        foreach (var (elements, truth) in Cases(_ => true))
        {
            Assert.True(BallisticEstimate.TryFrom(elements, weather, out double ballistic));
            var fall = new DecayTrajectory(new UnitDrag(new NrlmsiseAtmosphere(weather)), ballistic);
            Assert.True(new Sgp4Propagator(elements).TryPropagate(elements.Epoch, out var state, out _));
            var end = fall.Fall(elements.Epoch, state.PositionKm, state.VelocityKmPerS, 80, elements.Epoch.PlusSeconds(3 * 365.25 * 86_400));
            Assert.NotNull(end);
            (IsHeldOut(elements) ? errors : set).Add(end.Value.SecondsSince(elements.Epoch) / truth.SecondsSince(elements.Epoch) - 1);
        }
        Report("decay with the activity that was, objects it was set on", set);
        Report("decay with the activity that was, objects held out", errors);
        Assert.Equal((21, 20), (set.Count, errors.Count));
        Assert.InRange(Math.Sqrt(errors.Average(e => e * e)), 0, 0.15);
        Assert.InRange(errors.Average(), -0.08, 0.08);
    }

    /// <summary>As it could have been predicted then: activity after the epoch is a forecast by persistence.</summary>
    [Fact]
    public void Predict_WithWhatWasKnownThen_HoldsFourOfFiveHeldOutObjectsInItsBand()
    {
        const double LongestDays = 60;
        var weather = Published();
        List<double> set = [], errors = [];
        int held = 0, heldOfSet = 0;
        double width = 0;
        foreach (var (elements, truth) in Cases(life => life < LongestDays))
        {
            Assert.True(Utc.TrySplit(elements.Epoch, out var day, out _));
            var known = ActivityForecast.Persist(weather, day, 400);
            Assert.NotNull(known);
            Assert.True(BallisticEstimate.TryFrom(elements, known, out double ballistic));
            var predicted = Assert.IsType<DecayOutcome.Predicted>(new DecayPredictor(known, new DecayOptions { Samples = Samples }).Predict(elements, ballistic, BallisticEstimate.SigmaOfOneSet)).Prediction;
            double seconds(Epoch? end) => end!.Value.SecondsSince(elements.Epoch);
            double life = seconds(truth), median = seconds(predicted.Median), early = seconds(predicted.Early), late = seconds(predicted.Late);
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{elements.ObjectTag} lived {life / 86_400:F1} days, predicted {median / 86_400:F1}, from {early / 86_400:F1} to {late / 86_400:F1}, m2/kg {ballistic:F4}"));
            // The day of decay is known, not the hour: that counts where the life is short.
            double slack = life < ShortLife ? HalfDay : 0;
            bool isHeld = early - slack <= life && life <= late + slack;
            if (!IsHeldOut(elements))
            {
                set.Add(median / life - 1);
                heldOfSet += isHeld ? 1 : 0;
                continue;
            }
            held += isHeld ? 1 : 0;
            errors.Add(median / life - 1);
            width += (late - early) / median;
        }
        Report("decay with what was known then, objects it was set on", set);
        Report("decay with what was known then, objects held out", errors);
        Figure.Say($"decay, band of 90 %, {set.Count} objects it was set on", "days of decay", "share held", 100.0 * heldOfSet / set.Count, "%");
        Figure.Say($"decay, band of 90 %, {errors.Count} objects held out", "days of decay", "share held", 100.0 * held / errors.Count, "%");
        Figure.Say($"decay, band of 90 %, {errors.Count} objects held out", "life", "mean width", 100 * width / errors.Count, "%");
        Assert.InRange(Math.Sqrt(errors.Average(e => e * e)), 0, 0.20);
        Assert.InRange((double)held / errors.Count, 0.8, 1);
        Assert.InRange(width / errors.Count, 0.3, 1);
    }

    /// <summary>The part of the band that activity makes: falls with the activity that was, against bands that persistence gives, at times all over five solar cycles.</summary>
    [Fact]
    public void Predict_ByPersistenceOverFiftyYears_BandHoldsFourOfFive()
    {
        var weather = Published();
        var errors = new List<double>();
        int held = 0;
        double width = 0;
        for (int i = 0; i < Times; i++)
        {
            var day = new DateOnly(1973, 1, 1).AddDays(i * (50 * 365 / Times));
            Assert.True(Utc.TryCreate(day, 0, 0, 0, 0, out var epoch));
            var state = new KeplerianElements(6_378.137 + 300, 0.001, 1.4, 0.1 * i, 0.7, 0).ToState(epoch, Frame.Teme);
            var truth = new DecayTrajectory(new UnitDrag(new NrlmsiseAtmosphere(weather)), 0.02).Fall(epoch, state.PositionKm, state.VelocityKmPerS, 80, epoch.PlusSeconds(600 * 86_400.0));
            Assert.NotNull(truth);
            var known = ActivityForecast.Persist(weather, day, 1_000);
            Assert.NotNull(known);
            var predicted = Assert.IsType<DecayOutcome.Predicted>(new DecayPredictor(known, new DecayOptions { Samples = Samples, DensitySigma = 0 }).Predict(state, null, 0.02, 0)).Prediction;
            if (predicted.Early <= truth && (predicted.Late is null || truth <= predicted.Late)) held++;
            double life = truth.Value.SecondsSince(epoch), late = (predicted.Late ?? predicted.Samples[^1]).SecondsSince(epoch);
            errors.Add(predicted.Median!.Value.SecondsSince(epoch) / life - 1);
            width += (late - predicted.Early!.Value.SecondsSince(epoch)) / life;
        }
        Report("decay from 300 km, activity by persistence", errors);
        Figure.Say($"decay from 300 km, band of 90 % of activity alone, {errors.Count} times in 50 years", "the activity that was", "share held", 100.0 * held / errors.Count, "%");
        Figure.Say($"decay from 300 km, band of 90 % of activity alone, {errors.Count} times in 50 years", "life", "mean width", 100 * width / errors.Count, "%");
        Assert.InRange((double)held / errors.Count, 0.8, 1);
        Assert.InRange(width / errors.Count, 0.2, 0.6);
    }

    [Fact]
    public void Predict_YearsAhead_RestsOnForecastsOfMonthsAndSaysSo()
    {
        var epoch = Testing.At("2024-12-01T00:00:00");
        var state = new KeplerianElements(6_378.137 + 440, 0.001, 0.9, 0, 0.7, 0).ToState(epoch, Frame.Gcrf);
        var predicted = Assert.IsType<DecayOutcome.Predicted>(new DecayPredictor(Published(), new DecayOptions { Samples = Samples }).Predict(state, null, 0.01, 0.2)).Prediction;
        double years(Epoch? end) => end!.Value.SecondsSince(epoch) / (365.25 * 86_400);
        Figure.Say("decay from 440 km with forecasts of months", "-", "median", years(predicted.Median), "years");
        Assert.InRange(years(predicted.Nominal), 1, 4);
        Assert.InRange(years(predicted.Late) / years(predicted.Early), 1.5, 10);
        Assert.Contains("forecast of months", predicted.Warning, StringComparison.Ordinal);
    }

    private const int Times = 24;
    private const double HalfDay = 43_200, ShortLife = 7 * 86_400;
    private const int Samples = 20;

    private static void Report(string what, List<double> errors)
    {
        string each = $"{what} ({errors.Count})";
        Figure.Say(each, "remaining life", "mean", 100 * errors.Average(), "%");
        Figure.Say(each, "remaining life", "rms", 100 * Math.Sqrt(errors.Average(e => e * e)), "%");
        Figure.Quantiles(each, "remaining life", errors.Select(e => 100 * Math.Abs(e)), "%");
    }

    private static bool IsHeldOut(ElementSet elements) => Utc.TrySplit(elements.Epoch, out var day, out _) && day.Year != 2022;

    private static IEnumerable<(ElementSet Elements, Epoch Truth)> Cases(Func<double, bool> withLifeDays)
    {
        var wanted = Decays.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToDictionary(words => (words[0], words[1]), words => Testing.At(words[2] + ":00"));
        IEnumerable<ElementSet> of(string catalog) => catalog switch
        {
            "2013" => ElementLines.Read(ReferenceData.Lines("catalogs/2013-10-23-lidtke/spaceTrack3LEs_23_10_2013.txt.gz")),
            "2022" => ElementLines.Pairs(ReferenceData.Lines("catalogs/2022-08-09/tle.txt.gz")).Where(pair => wanted.ContainsKey(("2022", pair.First[2..7]))).Select(pair => ElementLines.Parse(pair.First, pair.Second)),
            _ => ElementTable.Read("catalogs/2024-11-01/celestrak_on_orbit_20241101.csv.gz"),
        };
        foreach (string catalog in (string[])["2013", "2022", "2024"])
        foreach (var elements in of(catalog))
            if (wanted.TryGetValue((catalog, elements.ObjectTag!), out var truth) && withLifeDays(truth.SecondsSince(elements.Epoch) / 86_400)) yield return (elements, truth);
    }
}

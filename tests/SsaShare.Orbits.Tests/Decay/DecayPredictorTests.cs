using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class DecayPredictorTests
{
    private static readonly DateOnly FirstDay = new(2023, 1, 1);
    private static readonly Epoch Start = Testing.At("2023-01-10T00:00:00");

    /// <summary>A Sun that does not change, measured for 20 days and predicted after.</summary>
    private static SpaceWeather Weather(double flux, int days = 500, int measured = 500) => new([.. Enumerable.Range(0, days).Select(i => new SpaceWeatherDay(
        FirstDay.AddDays(i), [], 8, flux, flux, flux, flux, i < measured ? SpaceWeatherQuality.Observed : SpaceWeatherQuality.DailyPredicted))]);

    private static CartesianState Orbit(double heightKm, double eccentricity = 0.0005)
        => new KeplerianElements(6_378.137 + heightKm, eccentricity, 1.2, 0.4, 0.9, 0.2).ToState(Start, Frame.Gcrf);

    private static DecayPrediction Predict(DecayPredictor predictor, CartesianState state, double ballistic = 0.02, double sigma = 0.1, Covariance6? covariance = null)
        => Assert.IsType<DecayOutcome.Predicted>(predictor.Predict(state, covariance, ballistic, sigma)).Prediction;

    private static double Days(Epoch? end) => end!.Value.SecondsSince(Start) / 86_400;

    private static double Width(DecayPrediction prediction) => Days(prediction.Late) - Days(prediction.Early);

    [Fact]
    public void Fall_AveragedAgainstIntegrated_EndsAtTheSameTime()
    {
        var drag = new UnitDrag(new NrlmsiseAtmosphere(Weather(150)));
        foreach (var (height, eccentricity) in ((double, double)[])[(250, 0.0005), (350, 0.025)])
        {
            var state = Fk5.GcrfToTeme(Orbit(height, eccentricity));
            var limit = Start.PlusSeconds(100 * 86_400.0);
            var averaged = new DecayTrajectory(drag, 0.05).Fall(Start, state.PositionKm, state.VelocityKmPerS, 80, limit);
            var integrated = new FinalRevolutions(drag, 0.05, Start).Fall(state.PositionKm, state.VelocityKmPerS, 80, limit.SecondsSince(Start));
            Assert.NotNull(averaged);
            Assert.NotNull(integrated);
            double error = averaged.Value.SecondsSince(integrated.Value) / integrated.Value.SecondsSince(Start);
            Figure.Say($"fall from {height} km, averaged", "the same integrated", "error of the life", 100 * error, "%");
            Assert.InRange(error, -0.01, 0.01);
        }
    }

    [Fact]
    public void Predict_MoreActivityOrMoreArea_IsSooner()
    {
        double of(double flux, double ballistic) => Days(Predict(new DecayPredictor(Weather(flux), new DecayOptions { Samples = 8 }), Orbit(260), ballistic).Nominal);
        double quiet = of(80, 0.02), moderate = of(140, 0.02), active = of(200, 0.02);
        Assert.True(active < moderate && moderate < quiet);
        Assert.InRange(of(140, 0.04) / moderate, 0.45, 0.55);
    }

    [Fact]
    public void Predict_MoreUncertainty_WidensTheBandAndKeepsTheMedian()
    {
        DecayPrediction of(double sigma, int measured, double model) => Predict(new DecayPredictor(Weather(140, 500, measured), new DecayOptions { Samples = 16, DensitySigma = model }), Orbit(250), 0.02, sigma);
        var (sure, ballistic, forecast) = (of(0.02, 500, 0), of(0.2, 500, 0), of(0.2, 10, 0.1));
        Assert.True(Width(sure) < 0.3 * Width(ballistic));
        Assert.True(Width(ballistic) < 0.95 * Width(forecast));
        // 1.645 sigma each way, and life goes with the inverse of drag.
        Assert.InRange(Width(ballistic) / Days(ballistic.Nominal), 0.85 * 3.29 * 0.2, 1.15 * 3.29 * 0.2);
        Assert.InRange(Days(forecast.Median) / Days(forecast.Nominal), 0.93, 1.07);
        Assert.Null(ballistic.Warning);
        Assert.Contains("forecast", forecast.Warning, StringComparison.Ordinal);
        Assert.Equal(1.2, sure.GreatestLatitudeRad, 0.01);
    }

    [Fact]
    public void Predict_MoreSamples_ConvergesOnTheQuantiles()
    {
        DecayPrediction of(int samples, int seed) => Predict(new DecayPredictor(Weather(140, 200, 10), new DecayOptions { Samples = samples, Seed = seed }), Orbit(200), 0.03, 0.15);
        var many = of(80, 1);
        foreach (int seed in (int[])[2, 3])
        {
            var few = of(32, seed);
            double life = Days(many.Median);
            Assert.InRange(Days(few.Median) / life, 0.97, 1.03);
            Assert.InRange((Days(few.Early) - Days(many.Early)) / life, -0.06, 0.06);
            Assert.InRange((Days(few.Late) - Days(many.Late)) / life, -0.09, 0.09);
        }
        Assert.Equal(of(8, 2).Samples, of(8, 2).Samples);
    }

    [Fact]
    public void Predict_StateUncertainAlongTheTrack_WidensTheBand()
    {
        double[] lower = new double[21];
        for (int i = 0, at = 0; i < 6; at += ++i + 1) lower[at] = i < 3 ? 1 : 1e-6;
        var predictor = new DecayPredictor(Weather(140), new DecayOptions { Samples = 8, DensitySigma = 0 });
        var (sure, unsure) = (Predict(predictor, Orbit(230), 0.02, 0.01), Predict(predictor, Orbit(230), 0.02, 0.01, new Covariance6(lower)));
        Assert.True(Width(unsure) > 2 * Width(sure));
        var gcrf = Orbit(230);
        Assert.Equal(sure.Nominal.SecondsSince(Start), Predict(predictor, Fk5.GcrfToTeme(gcrf), 0.02, 0.01).Nominal.SecondsSince(Start), 1.0);
    }

    [Fact]
    public void Predict_NinetyKilometres_IsMinutesSooner()
    {
        double of(double height) => Days(Predict(new DecayPredictor(Weather(140), new DecayOptions { Samples = 8, EndHeightKm = height }), Orbit(160)).Nominal);
        Assert.InRange((of(80) - of(90)) * 1_440, 0.5, 20);
    }

    /// <summary>The nominal fall ends just before what is followed does, and over half of the samples after it.</summary>
    [Fact]
    public void Predict_MostSamplesOutliveWhatIsFollowed_IsTheNominalWithoutAMedian()
    {
        DecayPrediction of(double years) => Predict(new DecayPredictor(Weather(140), new DecayOptions { Samples = 8, LongestYears = years }), Orbit(220));
        var whole = of(1);
        double nominal = Days(whole.Nominal), fifth = Days(whole.Samples[4]);
        Assert.True(fifth > nominal + 0.01);
        var cut = of(0.5 * (nominal + fifth) / 365.25);
        Assert.Equal(nominal, Days(cut.Nominal), 1e-6);
        Assert.Equal(Days(whole.Early), Days(cut.Early), 1e-6);
        Assert.Null(cut.Median);
        Assert.Null(cut.Late);
        Assert.Equal(4, cut.Samples.Count);
    }

    /// <summary>Vanguard 1's orbit, and one over the equator whose perigee turns by 12 degrees a day: King-Hele's theory gives them centuries, however long the steps are.</summary>
    [Theory]
    [InlineData(8_620, 0.185, 0.6)]
    [InlineData(7_700, 0.08, 0.02)]
    public void Predict_LastingOrbitWhosePerigeeTurns_StaysInOrbit(double axisKm, double eccentricity, double inclinationRad)
    {
        const double Years = 12;
        var predictor = new DecayPredictor(Weather(140, 4_500), new DecayOptions { Samples = 8, LongestYears = Years });
        var state = new KeplerianElements(axisKm, eccentricity, inclinationRad, 0.4, 0.9, 0.2).ToState(Start, Frame.Gcrf);
        Assert.Equal(NoDecayReason.TooLong, Assert.IsType<DecayOutcome.NotPredicted>(predictor.Predict(state, null, 0.03, 0.1)).Reason);
    }

    [Fact]
    public void Predict_WhatCannotBe_SaysWhy()
    {
        var weather = Weather(140);
        var predictor = new DecayPredictor(weather, new DecayOptions { Samples = 8, LongestYears = 0.2 });
        NoDecayReason of(CartesianState state, double ballistic) => Assert.IsType<DecayOutcome.NotPredicted>(predictor.Predict(state, null, ballistic, 0.1)).Reason;
        Assert.Equal(NoDecayReason.NoDrag, of(Orbit(300), 0));
        Assert.Equal(NoDecayReason.NoDrag, of(Orbit(3_000), 0.02));
        Assert.Equal(NoDecayReason.TooLong, of(Orbit(700), 0.02));
        Assert.Equal(NoDecayReason.ThirdBodies, of(Orbit(18_000, 0.72), 0.02));
        Assert.Equal(NoDecayReason.NotInOrbit, of(new CartesianState(Start, Frame.Gcrf, new Vector3d(7_000, 0, 0), new Vector3d(0, 11, 0)), 0.02));
        Assert.Equal(NoDecayReason.ActivityUnknown, Assert.IsType<DecayOutcome.NotPredicted>(new DecayPredictor(Weather(140, 30)).Predict(Orbit(500), null, 0.02, 0.1)).Reason);
        Assert.Throws<ArgumentException>(() => predictor.Predict(new CartesianState(Start, Frame.Itrf, new Vector3d(7_000, 0, 0), new Vector3d(0, 7, 0)), null, 0.02, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => predictor.Predict(Orbit(300), null, double.NaN, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DecayPredictor(weather, new DecayOptions { EndHeightKm = 150 }));
    }
}

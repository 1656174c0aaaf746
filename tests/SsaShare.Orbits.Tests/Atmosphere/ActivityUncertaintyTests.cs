namespace SsaShare.Orbits.Tests;

public class ActivityUncertaintyTests
{
    private static SpaceWeather Published() => SpaceWeatherReader.TryRead(string.Join('\n', ReferenceData.Lines("earth/celestrak/SpaceWeather-All-v1.2_2025-01-10.txt.gz")), "sw", out var weather, out var fault)
        ? weather : throw new InvalidOperationException(fault.ToString());

    [Fact]
    public void LogSigmas_OfMeasuredDays_AreZeroAndGrowAfterwards()
    {
        var last = new DateOnly(2024, 5, 1);
        var uncertainty = new ActivityUncertainty(last);
        Assert.Equal(default, uncertainty.LogSigmas(last));
        var (before, beforeAverage, beforeAp) = uncertainty.LogSigmas(last.AddDays(1));
        foreach (int days in (ReadOnlySpan<int>)[5, 30, 100, 300])
        {
            var (flux, average, ap) = uncertainty.LogSigmas(last.AddDays(days));
            Assert.True(flux > before && average > beforeAverage && ap >= beforeAp && flux >= average);
            (before, beforeAverage, beforeAp) = (flux, average, ap);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(27)]
    [InlineData(45)]
    [InlineData(90)]
    [InlineData(180)]
    public void LogSigmas_AgainstWhatPersistenceMissesInTheRecord_AreItsErrors(int ahead)
    {
        var weather = Published();
        double flux = 0, average = 0;
        int count = 0;
        for (var day = new DateOnly(1960, 1, 1); day.Year < 2024; day = day.AddDays(17), count++)
        {
            var forecast = ActivityForecast.Persist(weather, day, ahead)!.On(day.AddDays(ahead))!;
            var truth = weather.On(day.AddDays(ahead))!;
            flux += Math.Pow(Math.Log(truth.F107Observed / forecast.F107Observed), 2);
            average += Math.Pow(Math.Log(truth.F107ObservedCentered81 / forecast.F107ObservedCentered81), 2);
        }
        var sigmas = new ActivityUncertainty(new DateOnly(2020, 1, 1)).LogSigmas(new DateOnly(2020, 1, 1).AddDays(ahead));
        double fluxError = Math.Sqrt(flux / count), averageError = Math.Sqrt(average / count);
        TestContext.Current.TestOutputHelper?.WriteLine($"MEASURED solar_flux_by_persistence_{ahead}_days {fluxError:F3} stated {sigmas.Flux:F3}; mean of 81 days {averageError:F3} stated {sigmas.FluxAverage:F3} (logarithms)");
        Assert.InRange(fluxError / sigmas.Flux, 0.75, 1.3);
        Assert.InRange(averageError / sigmas.FluxAverage, 0.75, 1.3);
    }

    [Fact]
    public void Persist_PastDay_UsesNothingLater()
    {
        var days = Enumerable.Range(0, 200).Select(i => new SpaceWeatherDay(new DateOnly(2024, 1, 1).AddDays(i), [], i < 120 ? 10 : 99, i < 120 ? 150 : 400, 150, i < 120 ? 150 : 400, 150, SpaceWeatherQuality.Observed));
        var table = new SpaceWeather([.. days]);
        var forecast = ActivityForecast.Persist(table, new DateOnly(2024, 1, 1).AddDays(119), 30)!;
        for (var day = forecast.First; day <= forecast.Last; day = day.AddDays(1))
        {
            var found = forecast.On(day)!;
            Assert.Equal((150, 150, 10), (Math.Round(found.F107Observed, 9), Math.Round(found.F107ObservedCentered81, 9), found.ApDaily));
        }
        Assert.Equal(new DateOnly(2024, 1, 1).AddDays(119), forecast.LastObserved);
        Assert.Equal(forecast.LastObserved.AddDays(30), forecast.Last);
        Assert.Null(ActivityForecast.Persist(table, new DateOnly(2024, 2, 1), 30));
    }
}

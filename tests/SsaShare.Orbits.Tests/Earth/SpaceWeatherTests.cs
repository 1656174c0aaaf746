using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class SpaceWeatherTests
{
    private const string Name = "earth/celestrak/SpaceWeather-All-v1.2_2025-01-10.txt.gz";

    private const string Columns = """
        NUM_OBSERVED_POINTS 5
        BEGIN OBSERVED
        2025 01 06 2610 18 19 23 27 27 27 23 33 27 210   9  12  12  12  12   9  18  12  12 0.7 3 113 168.0 0  193.2 201.5 173.7 199.3 206.5
        2025 01 07 2610 19 23 27 27 27 23 33 27 23 210   9  12  12  12   9  18  12   9  12 0.7 3 113 168.0 0  193.2 201.5 173.7 199.3 206.5 
        2025 01 08 2610 20 37 23 17  7 17 23 13 10 147  22   9   6   3   6   9   5   4   8 0.4 2 113 160.0 0  193.4 201.4 165.5 199.5 206.5 
        2025 01 09 2610 21 20 10 20 27 37 30 23 17 184   7   4   7  12  22  15   9   6  10 0.6 3 126 162.0 0  193.6 201.4 167.5 199.6 206.6 
        END OBSERVED
        BEGIN DAILY_PREDICTED
        2025 01 10 2610 22 13 33 17 30 30 27 27 27 204   5  18   6  15  15  12  12  12  12 0.7 3 114 165.0 0  193.9 201.5 170.6 199.9 206.6 
        END DAILY_PREDICTED
        BEGIN MONTHLY_PREDICTED
        2025 02 01 2612 18 26 26 26 26 26 26 26 26 208  11  11  11  11  11  11  11  11  11 0.7 3 150 175.2 0  187.5 196.0 178.5 190.9 201.9 
        2025 03 01 2613 22 26 26 26 26 26 26 26 26 208  21  21  21  21  21  21  21  21  21 0.7 3 150 175.2 0  177.3 186.8 175.5 177.7 190.8 
        END MONTHLY_PREDICTED
        """;

    private const string Csv = """
        DATE,BSRN,ND,KP1,KP2,KP3,KP4,KP5,KP6,KP7,KP8,KP_SUM,AP1,AP2,AP3,AP4,AP5,AP6,AP7,AP8,AP_AVG,CP,C9,ISN,F10.7_OBS,F10.7_ADJ,F10.7_DATA_TYPE,F10.7_OBS_CENTER81,F10.7_OBS_LAST81,F10.7_ADJ_CENTER81,F10.7_ADJ_LAST81
        2025-01-08,2610,20,37,23,17,7,17,23,13,10,147,22,9,6,3,6,9,5,4,8,0.4,2,113,165.5,160.0,OBS,199.5,206.5,193.4,201.4
        2025-01-09,2610,21,20,10,20,27,37,30,23,17,184,7,4,7,12,22,15,9,6,10,0.6,3,126,167.5,162.0,PRD,199.6,206.6,193.6,201.4
        2025-02-01,2612,18,,,,,,,,,,,,,,,,,,,,,150,178.5,175.2,PRM,190.9,201.9,187.5,196.0
        """;

    private static SpaceWeather Read(string text) => SpaceWeatherReader.TryRead(text, "sw.txt", out var weather, out var fault) ? weather : throw new InvalidOperationException(fault.ToString());

    [Fact]
    public void TryInputs_ColumnsOfText_TakesTheFiguresOfTheHours()
    {
        var weather = Read(Columns);
        Assert.True(weather.TryInputs(Testing.At("2025-01-09T13:30:00"), out var inputs));
        Assert.Equal(SpaceWeatherQuality.Observed, inputs.Quality);
        Assert.Equal((165.5, 199.6, 10), (inputs.F107Previous, inputs.F107Average, inputs.ApDaily));
        Assert.Equal((22, 12, 7, 4), (inputs.ApNow, inputs.Ap3Before, inputs.Ap6Before, inputs.Ap9Before));
        // 12 to 33 hours before: 7 of the day, and 4 5 9 6 3 6 9 of the day before; then its 22, and 9 12 18 9 12 12 12.
        Assert.Equal((7 + 4 + 5 + 9 + 6 + 3 + 6 + 9) / 8.0, inputs.Ap12To33Before, 1e-12);
        Assert.Equal((22 + 9 + 12 + 18 + 9 + 12 + 12 + 12) / 8.0, inputs.Ap36To57Before, 1e-12);
        Assert.True(weather.TryInputs(Testing.At("2025-01-10T00:00:00"), out var predicted));
        Assert.Equal(SpaceWeatherQuality.DailyPredicted, predicted.Quality);
        Assert.Equal((5, 6), (predicted.ApNow, predicted.Ap3Before));
        Assert.False(weather.TryInputs(Testing.At("2025-01-08T13:30:00"), out _));
        Assert.False(weather.TryInputs(Testing.At("2025-04-08T13:30:00"), out _));
        Assert.False(weather.TryInputs(new Epoch(-1_000_000_000_000_000_000), out _));
    }

    [Fact]
    public void On_BetweenMonths_IsInterpolated()
    {
        var day = Read(Columns).On(new DateOnly(2025, 2, 15))!;
        Assert.Equal(SpaceWeatherQuality.MonthlyPredicted, day.Quality);
        Assert.Equal(177.0, day.F107Observed, 1e-9);
        Assert.Equal(16, day.ApDaily);
        Assert.Empty(day.ApThreeHourly);
        Assert.Null(Read(Columns).On(new DateOnly(2025, 1, 5)));
        Assert.Null(Read(Columns).On(new DateOnly(2025, 3, 2)));
    }

    [Fact]
    public void TryRead_Csv_IsTheSame()
    {
        var (text, csv) = (Read(Columns), Read(Csv));
        var (expected, actual) = (text.On(new DateOnly(2025, 1, 8))!, csv.On(new DateOnly(2025, 1, 8))!);
        Assert.Equal(expected.ApThreeHourly, actual.ApThreeHourly);
        Assert.Equal(expected with { ApThreeHourly = [] }, actual with { ApThreeHourly = [] });
        Assert.Equal(new DateOnly(2025, 1, 8), csv.LastObserved);
        Assert.Equal(new DateOnly(2025, 1, 9), csv.LastDailyPredicted);
    }

    [Fact]
    public void Warning_BeyondMeasurements_StatesMetres()
    {
        var weather = Read(Columns);
        Assert.Null(weather.Warning(new DateOnly(2025, 1, 6), new DateOnly(2025, 1, 9)));
        Assert.Equal("Space weather on 2025-01-10 is a forecast of days, measured only until 2025-01-09. An object at 400 km errs along its track by about 2000 m after one day and 100000 m after a week. "
            + "Load a current file of space weather.", weather.Warning(new DateOnly(2025, 1, 6), new DateOnly(2025, 1, 10)));
        Assert.Contains("on 2030-01-01 is not known: there is no file of it. An object at 400 km errs along its track by about 9900 m", SpaceWeather.WarningWithoutFile(new DateOnly(2030, 1, 1)), StringComparison.Ordinal);
        Assert.Contains("3500 m", weather.Warning(new DateOnly(2025, 1, 9), new DateOnly(2025, 2, 2)), StringComparison.Ordinal);
        Assert.Contains("is not known: the file goes from 2025-01-06 to 2025-03-01", weather.Warning(new DateOnly(2025, 1, 9), new DateOnly(2026, 2, 2)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1, "file")]
    [InlineData("BEGIN OBSERVED\nEND OBSERVED", 0, "days")]
    [InlineData("BEGIN OBSERVED\n2025 13 01 2610 18", 2, "date")]
    [InlineData("BEGIN OBSERVED\n2025 01 06 2610 18 19 23 27 27 27 23 33 27 210   9  1x  12  12  12   9  18  12  12 0.7 3 113 168.0 0  193.2 201.5 173.7 199.3 206.5", 2, "ap 2")]
    [InlineData("BEGIN OBSERVED\n2025 01 06 2610 18 19 23 27 27 27 23 33 27 210   9  12  12  12  12   9  18  12  12 0.7 3 113 168.0 0  193.2 201.5", 2, "F10.7 observed, centred 81 days")]
    [InlineData("BEGIN OBSERVED\n2025 01 06 2610 18 19 23 27 27 27 23 33 27 210   9  12  12  12  12   9  18  12  12 0.7 3 113 168.0 0  193.2 201.5 173.7 199.3 206.5", 2, "END")]
    [InlineData("DATE,AP1\n", 1, "AP2")]
    public void TryRead_DamagedFile_NamesLineAndField(string text, int line, string field)
    {
        Assert.False(SpaceWeatherReader.TryRead(text, "sw.txt", out var weather, out var fault));
        Assert.Null(weather);
        Assert.Equal((line, field), (fault.Line, fault.Field));
    }

    [Fact]
    public void TryRead_PublishedFile_HasTheHalloweenStorms()
    {
        var weather = Read(string.Join('\n', ReferenceData.Lines(Name)));
        Assert.Equal(new DateOnly(1957, 10, 1), weather.First);
        Assert.Equal(new DateOnly(2025, 1, 10), weather.LastObserved);
        Assert.Equal(new DateOnly(2025, 2, 23), weather.LastDailyPredicted);
        Assert.True(weather.TryInputs(Testing.At("2003-10-29T07:00:00"), out var storm));
        Assert.Equal((400, 27, 39, 204), (storm.ApNow, storm.Ap3Before, storm.Ap6Before, storm.ApDaily));
        Assert.Equal(140.3, storm.F107Average);
        Assert.True(weather.TryInputs(Testing.At("2040-06-15T07:00:00"), out var far));
        Assert.Equal(SpaceWeatherQuality.MonthlyPredicted, far.Quality);
    }

    [Fact]
    public void TryRead_DamagedText_GivesATableOrAFault()
    {
        var random = new Random(13);
        int tables = 0, faults = 0;
        for (int i = 0; i < Nightly.FuzzInputs; i++)
        {
            if (SpaceWeatherReader.TryRead(TextDamage.Of(i % 2 == 0 ? Columns : Csv, random, i), "damaged", out var weather, out var fault))
            {
                tables++;
                if (weather.TryInputs(Testing.At("2025-01-09T13:30:00"), out var inputs)) Assert.InRange(inputs.F107Average, 40, 1_000);
            }
            else
            {
                faults++;
                Assert.StartsWith("damaged", fault.ToString(), StringComparison.Ordinal);
            }
        }
        Assert.True(tables > Nightly.FuzzInputs / 20 && faults > Nightly.FuzzInputs / 20, $"{tables} tables, {faults} faults");
    }
}

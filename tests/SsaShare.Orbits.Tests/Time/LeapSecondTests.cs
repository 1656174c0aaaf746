using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class LeapSecondTests
{
    private const string Dotted = " 1972 JAN  1 =JD 2441317.5  TAI-UTC=  10.0       S + (MJD - 41317.) X 0.0      S\n 1972 JUL  1 =JD 2441499.5  TAI-UTC=  11.0       S + (MJD - 41317.) X 0.0      S\n";
    private const string Counted = "2\n 1972 JAN  1   2441317.5     10.0        41317.  0.0      \n 1972 JUL  1   2441499.5     11.0        41317.  0.0      \n";
    private const string Iers = "#  File expires on 28 June 2025\n#\n    41317.0    1  1 1972       10\n    41499.0    1  7 1972       11\n";
    private const string Ntp = "#$\t3676924800\n#@\t3928521600\n2272060800      10      # 1 Jan 1972\n2287785600      11      # 1 Jul 1972\n";

    [Theory]
    [InlineData(Dotted, null)]
    [InlineData(Counted, null)]
    [InlineData(Iers, "2025-06-28")]
    [InlineData(Ntp, "2024-06-28")]
    public void TryRead_EveryFormat_GivesTheSameSteps(string text, string? expires)
    {
        Assert.True(LeapSecondReader.TryRead(text, "leap", out var table, out var fault), fault?.ToString());
        Assert.Equal([(new DateOnly(1972, 1, 1), 10), (new DateOnly(1972, 7, 1), 11)], table.Steps);
        Assert.Equal(expires is null ? null : DateOnly.Parse(expires, System.Globalization.CultureInfo.InvariantCulture), table.Expires);
    }

    [Theory]
    [InlineData("", 1, "file")]
    [InlineData("some text", 1, "NTP time")]
    [InlineData("    41317.0    1  1 1972       11\n", 1, "TAI-UTC")]
    [InlineData("    41317.0    1  1 1972       10\n    41499.0    1  7 1972       12\n", 2, "TAI-UTC")]
    [InlineData("    41317.0    1  1 1972       10\n    41499.0    2  7 1972       11\n", 2, "date")]
    [InlineData("    41317.0    1  1 1972       10\n    41317.0    1  1 1972       11\n", 2, "date")]
    [InlineData("1972 JAN  1   2441318.5     10.0        41317.  0.0", 1, "JD")]
    [InlineData("1972 JAX  1   2441317.5     10.0        41317.  0.0", 1, "date")]
    [InlineData("1972 JAN  1   2441317.5     10.0        41317.  x", 1, "rate")]
    public void TryRead_DamagedFile_NamesLineAndField(string text, int line, string field)
    {
        Assert.False(LeapSecondReader.TryRead(text, "leap", out var table, out var fault));
        Assert.Null(table);
        Assert.Equal((line, field), (fault.Line, fault.Field));
    }

    [Theory]
    [InlineData("earth/orekit/tai-utc.dat")]
    [InlineData("earth/orekit/LeapSecond.dat")]
    public void TryRead_PublishedFiles_AreTheBuiltInTable(string name)
    {
        Assert.True(LeapSecondReader.TryRead(string.Join('\n', ReferenceData.Lines(name)), name, out var table, out var fault), fault?.ToString());
        Assert.Equal(28, table.Steps.Count);
        foreach (var (from, taiMinusUtc) in table.Steps)
        {
            Assert.True(TimeScales.TryTaiMinusUtc(Testing.At($"{from:yyyy-MM-dd}T00:00:00"), out int known));
            Assert.Equal(taiMinusUtc, known);
        }
    }

    [Fact]
    public void WarningWithoutFile_AfterTheBuiltInTable_SaysWhatASecondCosts()
    {
        Assert.Null(LeapSecondTable.WarningWithoutFile(new DateOnly(2026, 6, 28)));
        Assert.Equal("The built-in table of leap seconds is complete only until 2026-06-28. If a leap second came since, it is missing. Instants after it are 1 s off: 7700 m along a low orbit, "
            + "465 m on the ground. Load a current file.", LeapSecondTable.WarningWithoutFile(new DateOnly(2026, 6, 29)));
    }

    /// <summary>In the last year that instants reach, so that no other test meets it.</summary>
    [Fact]
    public void Apply_NewerFile_LeapSecondIsThere()
    {
        const string Before = "2291-06-30T23:59:60";
        Assert.False(Utc.TryParse(Before, out _));
        var table = new LeapSecondTable([(new DateOnly(1972, 1, 1), 10), (new DateOnly(2017, 1, 1), 37), (new DateOnly(2291, 7, 1), 38)], new DateOnly(2292, 1, 1));
        Assert.Equal("The file of leap seconds has one before 2291-07-01 that this program does not know. Instants after it are 1 s off: 7700 m along a low orbit, 465 m on the ground. Apply the file.",
            table.Warning(new DateOnly(2291, 8, 1)));
        var old = new LeapSecondTable([(new DateOnly(1972, 1, 1), 10), (new DateOnly(2017, 1, 1), 37)], new DateOnly(2025, 12, 28));
        Assert.Null(old.Warning(new DateOnly(2025, 12, 1)));
        Assert.Contains("complete only until 2025-12-28", old.Warning(new DateOnly(2026, 1, 1)), StringComparison.Ordinal);
        Assert.Equal(0, old.Apply());
        Assert.Equal(1, table.Apply());
        Assert.Equal(0, table.Apply());
        Assert.Null(table.Warning(new DateOnly(2291, 8, 1)));
        Assert.Contains("lacks the one before 2291-07-01", old.Warning(new DateOnly(2291, 8, 1)), StringComparison.Ordinal);
        Assert.True(Utc.TryParse(Before, out var leap));
        Assert.True(Utc.TryParse("2291-07-01T00:00:00", out var after));
        Assert.Equal(1, after.SecondsSince(leap));
        Assert.False(LeapSeconds.TryAppend(new DateOnly(2291, 8, 1), 38));
        Assert.False(LeapSeconds.TryAppend(new DateOnly(2291, 8, 2), 39));
        Assert.False(LeapSeconds.TryAppend(new DateOnly(2100, 1, 1), 39));
    }

    [Fact]
    public void TryRead_DamagedText_GivesATableOrAFault()
    {
        string[] seeds = [Dotted, Counted, Iers, Ntp];
        var random = new Random(17);
        int tables = 0, faults = 0;
        for (int i = 0; i < Nightly.FuzzInputs; i++)
        {
            if (LeapSecondReader.TryRead(TextDamage.Of(seeds[i % seeds.Length], random, i), "damaged", out var table, out var fault))
            {
                tables++;
                Assert.Equal(10, table.Steps[0].TaiMinusUtc);
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

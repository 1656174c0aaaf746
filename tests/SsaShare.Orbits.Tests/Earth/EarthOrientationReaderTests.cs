using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public class EarthOrientationReaderTests
{
    private const double Rad = Math.PI / 648_000;
    private const string Rapid = "earth/orekit/rapid-data-columns/";

    private const string Celestrak = """
        VERSION 1.1
        NUM_OBSERVED_POINTS 3
        BEGIN OBSERVED
        1971 12 31 41316 -0.012700  0.213000  0.0326338  0.0017230  0.064261  0.006067  0.000000  0.000000   2
        2025 01 09 60684  0.134900  0.304800  0.0420000  0.0010000 -0.110000 -0.010000  0.000290 -0.000130  37
        2025 01 10 60685  0.133266  0.305187  0.0424034  0.0010000 -0.110000 -0.010000  0.000295 -0.000134  37
        END OBSERVED
        BEGIN PREDICTED
        2025 01 11 60686  0.131900  0.305600  0.0427000  0.0010000 -0.110000 -0.010000  0.000295 -0.000134  37
        END PREDICTED
        """;

    private const string C04 = """
        MJD;Year;Month;Day;Type;x_pole;sigma_x_pole;y_pole;sigma_y_pole;x_rate;sigma_x_rate;y_rate;sigma_y_rate;Type;UT1-UTC;sigma_UT1-UTC;LOD;sigma_LOD;Type;dPsi;sigma_dPsi;dEpsilon;sigma_dEpsilon;dX;sigma_dX;dY;sigma_dY
        59580;2022;01;01;;0.054651;0.000076;0.276982;0.000055;-0.001480;0.000084;0.000936;0.000094;;-0.1105073;0.0000134;-0.0000314;0.0000313;;;;;;0.000066;0.000053;-0.000221;0.000056
        59581;2022;01;02;;0.053421;0.000078;0.277921;0.000054;-0.000845;0.000088;0.000992;0.000093;;-0.1103808;0.0000129;-0.0002175;0.0000330;;;;;;0.000067;0.000051;-0.000208;0.000054
        """;

    private const string Finals = """
        11 4 9 55660.00 I -0.043325 0.000025  0.293403 0.000023  I-0.2207251 0.0000051  0.7480 0.0043  I    -0.056    0.119    -0.368    0.117 -0.043369  0.293414 -0.2207232     0.056    -0.417  
        11 410 55661.00 I -0.043370 0.000025  0.295688 0.000038  I-0.2214932 0.0000046  0.7974 0.0035  I    -0.059    0.119    -0.352    0.101                                                   
        11 411 55662.00 P -0.043470 0.000025  0.297688 0.000038  P-0.2222932 0.0000046                                                                                                           
        """;

    [Fact]
    public void TryRead_CelestrakText_HasMeasuredAndPredictedDays()
    {
        var table = EarthOrientationFile.Read(Celestrak, "EOP-All.txt");
        Assert.Equal(Testing.At("2025-01-09T00:00:00"), table.First);
        Assert.Equal(Testing.At("2025-01-10T00:00:00"), table.LastMeasured);
        Assert.Equal(Testing.At("2025-01-11T00:00:00"), table.Last);
        var values = table.At(Testing.At("2025-01-10T00:00:00"));
        Assert.Equal(0.133266 * Rad, values.PoleXRad, 1e-15);
        Assert.Equal(0.0424034 - 37, values.Ut1MinusTaiSeconds, 1e-9);
        Assert.Equal(-0.000134 * Rad, values.PoleOffsetYRad, 1e-15);
    }

    [Fact]
    public void TryRead_CelestrakCsv_IsTheSame()
    {
        const string Csv = "DATE,MJD,X,Y,UT1-UTC,LOD,DPSI,DEPS,DX,DY,DAT,DATA_TYPE\n2025-01-09,60684,0.134900,0.304800,0.0420000,0.0010000,-0.11,-0.01,0.000290,-0.000130,37,O\n"
            + "2025-01-10,60685,0.133266,0.305187,0.0424034,0.0010000,-0.11,-0.01,0.000295,-0.000134,37,O\n2025-01-11,60686,0.131900,0.305600,0.0427000,0.0010000,-0.11,-0.01,0.000295,-0.000134,37,P\n";
        var (expected, actual) = (EarthOrientationFile.Read(Celestrak, "txt"), EarthOrientationFile.Read(Csv, "csv"));
        Assert.Equal(expected.LastMeasured, actual.LastMeasured);
        var at = Testing.At("2025-01-10T07:00:00");
        Assert.Equal(expected.At(at), actual.At(at));
    }

    [Fact]
    public void TryRead_C04AndFinals_HaveTheirUnits()
    {
        var c04 = EarthOrientationFile.Read(C04, "eopc04.csv").At(Testing.At("2022-01-01T00:00:00"));
        Assert.Equal(0.000066 * Rad, c04.PoleOffsetXRad, 1e-15);
        Assert.Equal(-0.1105073 - 37, c04.Ut1MinusTaiSeconds, 1e-9);
        var finals = EarthOrientationFile.Read(Finals, "finals2000A");
        // Bulletin B of the first day, offsets in milliarcseconds.
        var first = finals.At(finals.First);
        Assert.Equal(-0.043369 * Rad, first.PoleXRad, 1e-15);
        Assert.Equal(0.000056 * Rad, first.PoleOffsetXRad, 1e-15);
        Assert.Equal(Testing.At("2011-04-10T00:00:00"), finals.LastMeasured);
        Assert.Equal(Testing.At("2011-04-11T00:00:00"), finals.Last);
    }

    [Fact]
    public void TryRead_OwnForm_IsAsParsed()
    {
        const string Own = "# Columns: as in seeds/earth\n50431 0.1 0.2 -0.3 0.0001 0.0002\n50432 0.2 0.4 -0.302 0.0003 0.0004\n";
        var at = Testing.At("1996-12-14T05:00:00");
        Assert.Equal(EarthOrientation.Parse(Own).At(at), EarthOrientationFile.Read(Own, "own.txt").At(at));
    }

    [Theory]
    [InlineData("50431 0.1 0.2 -0.3 0.0001 0.0002\n50432 0.2 0.4 -0.302 0.0003", 2, "columns")]
    [InlineData("50431 0.1 0.2 -0.3 0.0001 0.0002\n50432 0.2 0.4 -0.302 0.0003 x", 2, "dY")]
    [InlineData("nothing at all", 1, "file")]
    [InlineData("", 1, "file")]
    [InlineData("BEGIN OBSERVED\n2025 01 09 60684 0.1 0.3 0.04 0 0 0 0 0\nEND OBSERVED", 2, "columns")]
    [InlineData("BEGIN OBSERVED\n2025 01 09 60684 0.1 x 0.04 0 0 0 0 0 37\nEND OBSERVED", 2, "y")]
    [InlineData("BEGIN OBSERVED\n2025 01 09 60683 0.1 0.3 0.04 0 0 0 0 0 37\nEND OBSERVED", 2, "MJD")]
    [InlineData("BEGIN OBSERVED\n2025 01 09 60684 0.1 0.3 0.04 0 0 0 0 0 38\nEND OBSERVED", 2, "TAI-UTC")]
    [InlineData("BEGIN OBSERVED\n2025 01 09 60684 0.1 0.3 4.04 0 0 0 0 0 37\nEND OBSERVED", 2, "UT1-UTC")]
    [InlineData("BEGIN OBSERVED\n2025 01 09 60684 9.1 0.3 0.04 0 0 0 0 0 37\nEND OBSERVED", 2, "x")]
    [InlineData("BEGIN OBSERVED\n2025 01 09 60684 0.1 0.3 0.04 0 0 0 5 0 37\nEND OBSERVED", 2, "dX")]
    [InlineData("BEGIN OBSERVED\n2025 01 09 60684 0.1 0.3 0.04 0 0 0 0 0 37\n2025 01 09 60684 0.1 0.3 0.04 0 0 0 0 0 37\nEND OBSERVED", 3, "MJD")]
    [InlineData("BEGIN OBSERVED\n2025 01 09 60684 0.1 0.3 0.04 0 0 0 0 0 37", 2, "END")]
    [InlineData("BEGIN OBSERVED\n2025 01 09 60684 0.1 0.3 0.04 0 0 0 0 0 37\nEND OBSERVED", 0, "days")]
    [InlineData("MJD;x_pole;y_pole;UT1-UTC\n60684;0.1;0.3", 2, "columns")]
    [InlineData("MJD;x_pole;y_pole;UT1-UTC\n;0.1;0.3;0", 2, "MJD")]
    [InlineData("MJD;x_pole;y_pole;UT1-UTC\n60684;0.1;NaN;0", 2, "y")]
    public void TryRead_DamagedFile_NamesLineAndField(string text, int line, string field)
    {
        Assert.False(EarthOrientationReader.TryRead(text, "eop.txt", out var table, out var fault));
        Assert.Null(table);
        Assert.Equal((line, field), (fault.Line, fault.Field));
        Assert.StartsWith(line > 0 ? $"eop.txt:{line}: {field}: " : $"eop.txt: {field}: ", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("finals2000A.daily", true)]
    [InlineData("finals.daily", true)]
    [InlineData("finals2000A-no-columns.daily", true)]
    [InlineData("finals2000A-post-2070.daily", true)]
    [InlineData("finals-wrong-eop-data-type.daily", false)]
    [InlineData("finals2000A-truncated-line.daily", false)]
    [InlineData("finals2000A-wrong-date-format.daily", false)]
    [InlineData("finals2000A-wrong-day.daily", false)]
    [InlineData("finals2000A-wrong-month.daily", false)]
    [InlineData("finals2000A-wrong-year.daily", false)]
    [InlineData("finals2000A-wrong-lod-A-format.daily", false)]
    [InlineData("finals2000A-wrong-nutation-A-format.daily", false)]
    [InlineData("finals2000A-wrong-nutation-B-format.daily", false)]
    [InlineData("finals2000A-wrong-pole-A-format.daily", false)]
    [InlineData("finals2000A-wrong-pole-B-format.daily", false)]
    [InlineData("finals2000A-wrong-ut1-utc-A-format.daily", false)]
    [InlineData("finals2000A-wrong-ut1-utc-B-format.daily", false)]
    public void TryRead_PublishedAndDamagedFinals_AreReadOrRefused(string name, bool isGood)
    {
        string text = string.Join('\n', ReferenceData.Lines(Rapid + name));
        bool isRead = EarthOrientationReader.TryRead(text, name, out _, out var fault);
        TestContext.Current.TestOutputHelper?.WriteLine(fault?.ToString() ?? "read");
        Assert.Equal(isGood, isRead);
        Assert.True(isGood || fault!.Line > 0);
    }

    [Fact]
    public void TryRead_PublishedFiles_AgreeWhereTheyOverlap()
    {
        var celestrak = EarthOrientationFile.All;
        Assert.Equal(Testing.At("1972-01-01T00:00:00"), celestrak.First);
        Assert.Equal(Testing.At("2025-01-10T00:00:00"), celestrak.LastMeasured);
        Assert.Equal(Testing.At("2025-07-10T00:00:00"), celestrak.Last);
        foreach (var (name, utc, metres) in new[]
        {
            ("earth/orekit/eopc04_20.2022-now.csv", "2022-05-05T17:00:00", 0.002),
            (Rapid + "finals2000A.daily", "2011-05-01T09:00:00", 0.02),
            (Rapid + "finals.daily", "2011-05-01T09:00:00", 0.05),
            ("earth/orekit/bulletina-xxxvi-038.csv", "2023-09-16T12:00:00", 0.05),
            ("earth/orekit/bulletina-xxxvi-038.csv", "2023-10-16T12:00:00", 3.0),
        })
        {
            var table = EarthOrientationFile.Read(name);
            var ground = new Vector3d(6_000, 1_200, 1_700);
            var (a, b) = (new EarthRotation(table).At(Testing.At(utc)).GcrfToItrf, new EarthRotation(celestrak).At(Testing.At(utc)).GcrfToItrf);
            double apart = (a.TransposedTimes(ground) - b.TransposedTimes(ground)).Norm * 1_000;
            Figure.Say($"Earth orientation from {name.Split('/')[^1]}, {utc}, on the ground", "CelesTrak's EOP-All", "", apart, "m");
            Assert.InRange(apart, 0, metres);
        }
    }

    [Fact]
    public void TryRead_DamagedText_GivesATableOrAFault()
    {
        string[] seeds = [Celestrak, C04, Finals, "50431 0.1 0.2 -0.3 0.0001 0.0002\n50432 0.2 0.4 -0.302 0.0003 0.0004\n"];
        var random = new Random(11);
        int tables = 0, faults = 0;
        for (int i = 0; i < Nightly.FuzzInputs; i++)
        {
            string text = TextDamage.Of(seeds[i % seeds.Length], random, i);
            if (EarthOrientationReader.TryRead(text, "damaged", out var table, out var fault))
            {
                tables++;
                var extended = table.Extended();
                Assert.True(double.IsFinite(extended.At(Testing.At("2022-01-01T12:00:00")).Ut1MinusTaiSeconds));
                Assert.True(extended.LossAt(Testing.At("2022-01-01T12:00:00")).GroundMetres > 0);
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

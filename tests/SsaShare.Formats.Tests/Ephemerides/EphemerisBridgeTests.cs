using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Ephemerides as orbit ephemeris messages and back, through files of both.</summary>
public sealed class EphemerisBridgeTests
{
    [Theory]
    [InlineData("cpf", "obs/ilrs/galileo212_cpf_180613_6641.esa")]
    [InlineData("cpf", "obs/ilrs/jason3_cpf_180613_16401.cne")]
    [InlineData("cpf", "obs/ilrs/lageos1_cpf_180613_16401.hts")]
    [InlineData("cpf", "obs/ilrs/cpf_all_fields.csg")]
    [InlineData("cpf", "obs/lageos2/lageos2LS_cpf_160213_5441.sgf")]
    [InlineData("cpf", "obs/lageos2/lageos2SeqLS_cpf_160213_5441.sgf")]
    [InlineData("cpf", "obs/lageos2/lageos2_cpf_160213_5441.sgf")]
    [InlineData("stk-e", "ephem/GEOSatZonalHPOP11.e.gz")]
    [InlineData("stk-e", "ephem/gpsd6n22short.E.gz")]
    public void ToOem_ReferenceFile_KeepsEveryPointInKvnXmlAndBack(string name, string file)
    {
        var format = EphemerisFormats.All.Single(format => format.Name == name);
        var values = EphemerisText.Values(EphemerisText.Read(format, EphemerisText.Reference(file)));
        foreach (var syntax in (NdmSyntax[])[NdmSyntax.Kvn, NdmSyntax.Xml])
        {
            var (oem, toOem) = ToOem(values, syntax);
            Assert.DoesNotContain(toOem, issue => issue.Severity == IssueSeverity.Refused);
            var (back, fromOem) = FromOem(oem, syntax);
            Assert.Empty(fromOem);
            var expected = values.OfType<EphemerisPoint>().Select(point => (point.Time, point.PositionKm)).ToList();
            Assert.Equal(expected, back.OfType<EphemerisPoint>().Select(point => (point.Time, point.PositionKm)));
            var (one, other) = (values.OfType<EphemerisSegment>().Single(), back.OfType<EphemerisSegment>().Single());
            Assert.Equal((one.Frame, one.TimeSystem, one.Center, one.CosparId, one.ObjectName), (other.Frame, other.TimeSystem, other.Center, other.CosparId, other.ObjectName));
            if (name == "stk-e") Assert.Equal(values.OfType<EphemerisPoint>(), back.OfType<EphemerisPoint>());
            else Assert.Equal(!values.OfType<EphemerisPoint>().Any(point => point.VelocityKmPerS is not null), toOem.Any(issue => issue.Field.Contains("velocity", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void ToOem_PositionsOfAPreciseEphemeris_GetItsVelocities()
    {
        var values = EphemerisText.Values(EphemerisText.Read(StkFormat.Stk, EphemerisText.Reference("ephem/gpsd6n22short.E.gz")));
        var given = values.OfType<EphemerisPoint>().ToList();
        var (oem, _) = ToOem([.. values.Select(item => item is EphemerisPoint point ? point with { VelocityKmPerS = null } : item)], NdmSyntax.Kvn);
        var derived = FromOem(oem, NdmSyntax.Kvn).Items.OfType<EphemerisPoint>().ToList();
        Assert.Equal(given.Count, derived.Count);
        var errors = given.Zip(derived, (one, other) => one.VelocityKmPerS!.Value.DistanceTo(other.VelocityKmPerS!.Value)).Skip(4).SkipLast(4).Order().ToList();
        // km/s. The file's own velocities differ from the derivative of its positions by so much.
        Assert.InRange(errors[errors.Count / 2], 0, 3e-7);
        Assert.InRange(errors[errors.Count * 99 / 100], 0, 2e-6);
    }

    [Theory]
    [InlineData(12_270, 300, 1e-8, 1e-7)]
    [InlineData(6_778, 60, 1e-9, 1e-7)]
    [InlineData(42_164, 900, 1e-9, 1e-8)]
    public void ToOem_PositionsOfACircularOrbit_GetItsVelocity(double radiusKm, int stepSeconds, double middleKmPerS, double endKmPerS)
    {
        double rate = Math.Sqrt(398_600.4418 / Math.Pow(radiusKm, 3));
        var items = new List<EphemerisItem> { new EphemerisSegment { FrameName = "ICRF", Frame = EphemerisFrame.Icrf, TimeSystem = EphemerisTimeSystem.Utc } };
        for (int i = 0; i < 40; i++)
        {
            double angle = rate * stepSeconds * i;
            items.Add(new EphemerisPoint { Time = new EphemerisTime(60_000, i * stepSeconds), PositionKm = radiusKm * new Vector3d(Math.Cos(angle), Math.Sin(angle) * 0.6, Math.Sin(angle) * 0.8) });
        }
        items.Add(new EphemerisSegmentEnd());
        var points = FromOem(ToOem(items, NdmSyntax.Kvn).Bytes, NdmSyntax.Kvn).Items.OfType<EphemerisPoint>().ToList();
        Assert.Equal(40, points.Count);
        for (int i = 0; i < 40; i++)
        {
            double angle = rate * stepSeconds * i;
            var velocity = radiusKm * rate * new Vector3d(-Math.Sin(angle), Math.Cos(angle) * 0.6, Math.Cos(angle) * 0.8);
            Assert.InRange(points[i].VelocityKmPerS!.Value.DistanceTo(velocity), 0, i is >= 4 and < 36 ? middleKmPerS : endKmPerS);
        }
    }

    [Fact]
    public void ToOem_SeveralSatellitesInTurn_AreSegments()
    {
        var values = EphemerisText.Values(EphemerisText.Read(Sp3Format.Sp3, Sp3Text.D));
        var (oem, issues) = ToOem(values, NdmSyntax.Kvn);
        Assert.DoesNotContain(issues, issue => issue.Severity == IssueSeverity.Refused && issue.Field != "velocity");
        var (back, again) = FromOem(oem, NdmSyntax.Kvn);
        Assert.Empty(again);
        // R07 has one position only, which leaves its velocity open.
        Assert.Equal(["E11", "G01"], back.OfType<EphemerisSegment>().Select(segment => segment.ObjectName));
        Assert.Equal(4, back.OfType<EphemerisPoint>().Count());
        Assert.Contains(issues, issue => issue.Field == "velocity" && issue.Severity == IssueSeverity.Refused);
    }

    [Fact]
    public void ToOem_OperatorsCovariances_ComeBackEqual()
    {
        var values = EphemerisText.Values(EphemerisText.Read(ModItcFormat.ModItc, ModItcTests.Text));
        var (oem, issues) = ToOem(values, NdmSyntax.Xml);
        Assert.DoesNotContain(issues, issue => issue.Severity == IssueSeverity.Refused);
        var (back, again) = FromOem(oem, NdmSyntax.Xml);
        Assert.Empty(again);
        Assert.Equal(values.OfType<EphemerisPoint>(), back.OfType<EphemerisPoint>());
        Assert.Equal(values.OfType<EphemerisCovariance>().Select(one => (one.Time, one.Frame, string.Join(' ', one.LowerKmAndS))), back.OfType<EphemerisCovariance>().Select(one => (one.Time, one.Frame, string.Join(' ', one.LowerKmAndS))));
        var (itc, written) = EphemerisText.Write(ModItcFormat.ModItc, back);
        Assert.DoesNotContain(written, issue => issue.Severity == IssueSeverity.Refused);
        Assert.Equal(values.OfType<EphemerisCovariance>(), EphemerisText.Values(EphemerisText.Read(ModItcFormat.ModItc, itc)).OfType<EphemerisCovariance>());
    }

    [Theory]
    [InlineData("EphemerisLLATimePosVel", "0 37.234 -6.114 600 0.01 0.02 0.001")]
    [InlineData("EphemerisLLRTimePosVel", "0 37.234 -6.114 6978 0.01 0.02 0.001")]
    public void ToOem_LatitudeAndLongitude_AreCartesianWithTheRightRates(string section, string row)
    {
        double[] numbers = [.. row.Split(' ').Select(word => double.Parse(word, System.Globalization.CultureInfo.InvariantCulture))];
        string later = FormattableString.Invariant($"1 {numbers[1] + numbers[4]} {numbers[2] + numbers[5]} {numbers[3] + numbers[6]} 0.01 0.02 0.001");
        var values = EphemerisText.Values(EphemerisText.Read(StkFormat.Stk, StkText.With("CoordinateSystem Fixed\nDistanceUnit Kilometers", $"{section}\n{row}\n{later}")));
        var points = FromOem(ToOem(values, NdmSyntax.Kvn).Bytes, NdmSyntax.Kvn).Items.OfType<EphemerisPoint>().ToList();
        var mean = 0.5 * (points[0].VelocityKmPerS!.Value + points[1].VelocityKmPerS!.Value);
        Assert.InRange(mean.DistanceTo(points[1].PositionKm!.Value - points[0].PositionKm!.Value), 0, 1e-6);
        if (section.Contains("LLR", StringComparison.Ordinal)) Assert.Equal(6978, points[0].PositionKm!.Value.Norm, 1e-9);
        else Assert.Equal(6970, points[0].PositionKm!.Value.Norm, 2.0);
    }

    [Theory]
    [InlineData("0 60 120 180", "60 120", "0 60|60 120|120 180")]
    [InlineData("0 60 60 120", "60", "0 60|60 120")]
    [InlineData("0 60 120", "90", "0 60|120")]
    [InlineData("0 60 120", "0", "0 60 120")]
    [InlineData("0 60 120", "-10 120 130", "0 60 120")]
    public void ToOem_BoundariesOfSegments_BeginSegments(string times, string boundaries, string expected)
    {
        string rows = string.Concat(times.Split(' ').Select(time => $"{time} 7000000 0 0 0 7500 0\n"));
        string text = StkText.With($"CoordinateSystem ICRF\nBEGIN SegmentBoundaryTimes\n{boundaries}\nEND SegmentBoundaryTimes", $"EphemerisTimePosVel\n{rows}");
        var (oem, issues) = ToOem(EphemerisText.Values(EphemerisText.Read(StkFormat.Stk, text)), NdmSyntax.Kvn);
        Assert.Empty(issues);
        var (back, again) = FromOem(oem, NdmSyntax.Kvn);
        Assert.Empty(again);
        Assert.Null(EphemerisTime.TryParse("2002-06-01T12:00:00", EphemerisTimeSystem.Utc, out var zero));
        var segments = new List<string>();
        foreach (var item in back)
        {
            if (item is EphemerisSegment) segments.Add("");
            if (item is EphemerisPoint point) segments[^1] += $" {point.Time.SecondsSince(zero, EphemerisTimeSystem.Utc):0}";
        }
        Assert.Equal(expected, string.Join('|', segments.Select(segment => segment.Trim())));
    }

    [Theory]
    [InlineData("CPF_LEAP_SECOND", "leap second")]
    [InlineData("CPF_DIRECTION", "direction")]
    public void ToOem_WhatAMessageCannotSay_IsRefused(string key, string field)
    {
        var values = EphemerisText.Values(EphemerisText.Read(StkFormat.Stk, StkText.With("CoordinateSystem ICRF", "EphemerisTimePosVel\n0 7000000 0 0 0 7500 0\n60 7000000 0 0 0 7500 0")));
        int at = values.FindIndex(item => item is EphemerisPoint);
        values[at] = (EphemerisPoint)values[at] with { Extras = new EphemerisFields([new EphemerisField(key, "1")]) };
        var (_, issues) = ToOem(values, NdmSyntax.Kvn);
        Assert.Equal((field, IssueSeverity.Refused), (issues[0].Field, issues[0].Severity));
    }

    [Theory]
    [InlineData("stk-e", "ITRF", 0)]
    [InlineData("sp3", "ITRF", 0)]
    [InlineData("cpf", "ITRF", 0)]
    [InlineData("czml", "ITRF", 0)]
    [InlineData("czml", "EME2000", 0)]
    [InlineData("moditc", "EME2000", 0)]
    [InlineData("stk-e", "TEME", 0)]
    [InlineData("moditc", "ITRF", 4)]
    [InlineData("sp3", "EME2000", 4)]
    [InlineData("czml", "TEME", 4)]
    [InlineData("cpf", "GCRF", 4)]
    public void FromOem_ToEveryFormat_IsWrittenOrRefused(string name, string frame, int refused)
    {
        string oem = $"""
            CCSDS_OEM_VERS = 2.0
            CREATION_DATE = 2026-01-02T03:04:05
            ORIGINATOR = TEST
            META_START
            OBJECT_NAME = LAGEOS 1
            OBJECT_ID = 1976-039A
            CENTER_NAME = EARTH
            REF_FRAME = {frame}
            TIME_SYSTEM = GPS
            START_TIME = 2016-12-31T23:59:59
            STOP_TIME = 2017-01-01T00:01:59
            META_STOP
            2016-12-31T23:59:59 7000.123456 1 2 3 4 5
            2017-01-01T00:00:59 7000.123457 1 2 3 4 5
            2017-01-01T00:01:59 7000.123458 1 2 3 4 5

            """;
        var (items, issues) = FromOem(Encoding.ASCII.GetBytes(oem), NdmSyntax.Kvn);
        Assert.Empty(issues);
        var format = EphemerisFormats.All.Single(format => format.Name == name);
        var (bytes, written) = EphemerisText.Write(format, items);
        Assert.Equal(refused, written.Count(issue => issue.Severity == IssueSeverity.Refused) is var count && name == "sp3" || name == "cpf" || name == "moditc" ? Math.Min(4, 4 * count) : count);
        if (refused > 0 || name == "czml") return;
        var back = EphemerisText.Read(format, bytes);
        Assert.Empty(EphemerisText.Issues(back));
        var points = EphemerisText.Values(back).OfType<EphemerisPoint>().ToList();
        Assert.Equal([7000.123456, 7000.123457, 7000.123458], points.Select(point => point.PositionKm!.Value.X));
        // GPS time is 17 s ahead of UTC before this leap second: the first point is at 23:59:42 UTC.
        var system = EphemerisText.Values(back).OfType<EphemerisSegment>().Single().TimeSystem;
        Assert.True(points[0].Time.TryToEpoch(system, out var epoch));
        Assert.Equal("2016-12-31T23:59:42Z", epoch.ToString());
        Assert.True(points[1].Time.TryToEpoch(system, out var next));
        Assert.Equal(60, next.SecondsSince(epoch));
    }

    [Theory]
    [InlineData("bluebook/kvn/oem_g11.kvn")]
    [InlineData("bluebook/kvn/oem_g12.kvn")]
    [InlineData("bluebook/kvn/oem_g13.kvn")]
    [InlineData("orekit/odm/oem/OEMExample1.txt")]
    [InlineData("orekit/odm/oem/OEMExample3.txt")]
    [InlineData("orekit/odm/oem/OEMExample4.txt")]
    [InlineData("orekit/odm/oem/OEMExample5ITRF.txt")]
    [InlineData("orekit/odm/oem/ISS.resampled.truncated.txt")]
    public void FromOem_PublishedMessage_BecomesTheSameMessageAgain(string file)
    {
        var (items, issues) = FromOem(EphemerisText.Reference($"ccsds/{file}"), NdmSyntax.Kvn, ReadMode.Lenient);
        Assert.DoesNotContain(issues, issue => issue.Severity == IssueSeverity.Refused);
        var (bytes, written) = ToOem(items, NdmSyntax.Kvn);
        Assert.DoesNotContain(written, issue => issue.Severity == IssueSeverity.Refused);
        var again = FromOem(bytes, NdmSyntax.Kvn, ReadMode.Lenient).Items;
        Assert.True(items.OfType<EphemerisPoint>().Count() > 2);
        static List<EphemerisItem> Data(List<EphemerisItem> items) => [.. items.Where(item => item is EphemerisPoint or EphemerisCovariance).Distinct()];
        Assert.Equal(Data(items), Data(again));
        static List<(string?, string?, string, EphemerisFrame, EphemerisTimeSystem)> Segments(List<EphemerisItem> items)
            => [.. items.OfType<EphemerisSegment>().Select(segment => (segment.ObjectName, segment.CosparId, segment.Center, segment.Frame, segment.TimeSystem))];
        Assert.Equal(Segments(items), Segments(again));
    }

    internal static (byte[] Bytes, List<ReadIssue> Issues) ToOem(List<EphemerisItem> items, NdmSyntax syntax)
    {
        using var stream = new MemoryStream();
        var options = new FormatWriteOptions { FileName = "written", Now = TestFiles.Now };
        var oem = NdmFormats.Of("oem", syntax).Create!(stream, options);
        var bridge = EphemerisBridges.ToOem(oem, options);
        var issues = new List<ReadIssue>();
        foreach (var item in items)
            if (bridge.Write(item) is { } issue) issues.Add(issue);
        bridge.Complete();
        oem.Complete();
        return (stream.ToArray(), issues);
    }

    private static (List<EphemerisItem> Items, List<ReadIssue> Issues) FromOem(byte[] oem, NdmSyntax syntax, ReadMode mode = ReadMode.Strict)
    {
        var collected = new Collector();
        var bridge = EphemerisBridges.FromOem(collected, new FormatWriteOptions { FileName = "written", Now = TestFiles.Now });
        var issues = new List<ReadIssue>();
        foreach (var item in NdmFormats.Of("oem", syntax).Open!(new MemoryStream(oem), new FormatReadOptions { FileName = "test", Now = TestFiles.Now, Mode = mode }).Read())
        {
            if ((item.Issue ?? (item.Value is null ? null : bridge.Write(item.Value))) is { } issue) issues.Add(issue);
        }
        bridge.Complete();
        return (collected.Items, issues);
    }

    private sealed class Collector : IFormatWriter<EphemerisItem>
    {
        public List<EphemerisItem> Items { get; } = [];

        public ReadIssue? Write(EphemerisItem value)
        {
            Items.Add(value);
            return null;
        }

        public void Complete()
        {
        }
    }
}

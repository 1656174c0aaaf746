namespace SsaShare.Formats.Tests;

public sealed class ModItcTests
{
    /// <summary>Made for the tests after the form of published files; the orbit and covariances are invented.</summary>
    public const string Text = """
        created:2026-04-25 20:06:49 UTC
        ephemeris_start:2026-04-25 19:38:42 UTC ephemeris_stop:2026-04-25 19:40:42 UTC step_size:60
        ephemeris_source:blend
        UVW
        2026115193842.000 -6090.9674453039 165.9427175319 3080.1337110458 3.1113777639 -3.0091555795 6.2986407868
        4.6343390768e-07 -3.7963809271e-07 7.7770281867e-07 1.8398914684e-10 2.3515746188e-10 1.2055746188e-07 4.1e-10
        -8.3e-10 1.5e-13 9.7e-13 -4.4e-10 3.9e-10 -1.1e-13 -4.6e-13
        5.2e-13 2.0e-13 2.4e-13 1.3e-10 -1.6e-16 -1.2e-16 1.5e-13
        2026115193942.000 -5890.6994055214 -14.8448101816 3450.8074296894 3.5616952172 -3.0148288216 6.0524917688
        1 2 3 4 5 6 7
        8 9 10 11 12 13 14
        15 16 17 18 19 20 21
        2026115194042.000 -5663.0 -195.5 3805.9 4.0 -3.0 5.8
        1 2 3 4 5 6 7
        8 9 10 11 12 13 14
        15 16 17 18 19 20 21

        """;

    private const string Name = "MEME_44713_STARLINK-1007_1151938_Operational_1461267522_UNCLASSIFIED.txt";

    [Fact]
    public void Read_PublishedForm_IsWrittenAndReadBackEqual()
    {
        var items = EphemerisText.Read(ModItcFormat.ModItc, Text);
        Assert.Empty(EphemerisText.Issues(items));
        var values = EphemerisText.Values(items);
        Assert.Equal((3, 3), (values.OfType<EphemerisPoint>().Count(), values.OfType<EphemerisCovariance>().Count()));
        var segment = values.OfType<EphemerisSegment>().Single();
        Assert.Equal((EphemerisFrame.Eme2000, "2026-04-25T19:38:42", "2026-04-25T19:40:42", 60m), (segment.Frame, segment.Start.ToString(), segment.Stop.ToString(), segment.StepSeconds));
        var covariance = values.OfType<EphemerisCovariance>().First();
        Assert.Equal((EphemerisFrame.Rtn, 21, 7.7770281867e-07, 1.5e-13), (covariance.Frame, covariance.LowerKmAndS.Count, covariance.LowerKmAndS[2], covariance.LowerKmAndS[20]));
        byte[] written = EphemerisText.AssertRoundTrip(ModItcFormat.ModItc, values);
        Assert.Contains("2026115193942.000 -5890.6994055214 -14.8448101816", System.Text.Encoding.ASCII.GetString(written), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TheFilesName_TellsTheObject()
    {
        var segment = EphemerisText.Values(EphemerisText.Read(ModItcFormat.ModItc, Text, name: Name)).OfType<EphemerisSegment>().Single();
        Assert.Equal((44713, "STARLINK-1007"), (segment.NoradId, segment.ObjectName));
    }

    [Fact]
    public void Read_OlderFormWithoutCovariance_IsRead()
    {
        string text = "created:2019-12-30T12:26:33Z\nephemeris_start:2019-12-30T12:25:18Z ephemeris_stop:2019-12-30T12:26:18Z step_size:60.000000\nephemeris_source:propagation\n"
            + "2019364122518.000 1 2 3 4 5 6\n2019364122618.000 1 2 3 4 5 6\n";
        var items = EphemerisText.Read(ModItcFormat.ModItc, text);
        Assert.Empty(EphemerisText.Issues(items));
        EphemerisText.AssertRoundTrip(ModItcFormat.ModItc, EphemerisText.Values(items));
    }

    [Fact]
    public void Write_CovariancesAfterThePoints_StandWithThem()
    {
        var values = EphemerisText.Values(EphemerisText.Read(ModItcFormat.ModItc, Text));
        List<EphemerisItem> sorted = [.. values.Take(2), .. values.OfType<EphemerisPoint>(), .. values.OfType<EphemerisCovariance>(), new EphemerisSegmentEnd()];
        var (bytes, issues) = EphemerisText.Write(ModItcFormat.ModItc, sorted);
        Assert.Empty(issues);
        Assert.Equal(values, EphemerisText.Values(EphemerisText.Read(ModItcFormat.ModItc, bytes)));
    }

    /// <summary>Radial, along-track, cross-track is RTN in the registry of frames, which has no UVW.</summary>
    [Fact]
    public void ToOem_Covariances_AreInRtn()
    {
        var values = EphemerisText.Values(EphemerisText.Read(ModItcFormat.ModItc, Text));
        var (oem, issues) = EphemerisBridgeTests.ToOem(values, NdmSyntax.Kvn);
        Assert.DoesNotContain(issues, issue => issue.Severity == IssueSeverity.Refused);
        string text = System.Text.Encoding.UTF8.GetString(oem);
        Assert.Contains("COV_REF_FRAME = RTN", text, StringComparison.Ordinal);
        Assert.Empty(NdmFile.Read(text).Issues);
        var lenient = NdmFile.Read(text.Replace("COV_REF_FRAME = RTN", "COV_REF_FRAME = UVW", StringComparison.Ordinal), NdmSyntax.Kvn, ReadMode.Lenient);
        Assert.All(lenient.Issues, issue => Assert.Equal((IssueSeverity.Notice, "COV_REF_FRAME"), (issue.Severity, issue.Field)));
        Assert.Equal(3, lenient.Issues.Count);
        Assert.Equal(3, NdmFile.Read(text.Replace("COV_REF_FRAME = RTN", "COV_REF_FRAME = UVW", StringComparison.Ordinal)).Issues.Count(issue => issue.Severity == IssueSeverity.Refused));
    }

    /// <summary>Another notice, of the object's name, does not hide it.</summary>
    [Fact]
    public void Write_CovariancesOfSomePoints_IsTold()
    {
        var values = EphemerisText.Values(EphemerisText.Read(ModItcFormat.ModItc, Text, name: Name));
        var segment = values.OfType<EphemerisSegment>().Single() with { StepSeconds = null };
        var (bytes, issues) = EphemerisText.Write(ModItcFormat.ModItc, [values[0], segment, .. values.OfType<EphemerisPoint>(), values.OfType<EphemerisCovariance>().First(), new EphemerisSegmentEnd()]);
        Assert.Equal(IssueSeverity.Notice, issues.Single().Severity);
        Assert.Equal(["object", "covariance"], issues.Single().Field.Split(", "));
        var back = EphemerisText.Values(EphemerisText.Read(ModItcFormat.ModItc, bytes));
        Assert.Equal((3, 1), (back.OfType<EphemerisPoint>().Count(), back.OfType<EphemerisCovariance>().Count()));
    }

    [Fact]
    public void Write_ACovarianceBetweenPoints_IsRefused()
    {
        var values = EphemerisText.Values(EphemerisText.Read(ModItcFormat.ModItc, Text));
        var given = values.OfType<EphemerisCovariance>().ToList();
        var between = given[0] with { Time = given[0].Time with { SecondOfDay = given[0].Time.SecondOfDay + 1 } };
        var (bytes, issues) = EphemerisText.Write(ModItcFormat.ModItc, [.. values.Take(2), .. values.OfType<EphemerisPoint>(), .. given, between, new EphemerisSegmentEnd()]);
        Assert.Equal((IssueSeverity.Refused, "covariance", "no point of this time"), (issues.Single().Severity, issues.Single().Field, issues.Single().Reason));
        Assert.Equal(values, EphemerisText.Values(EphemerisText.Read(ModItcFormat.ModItc, bytes)));
    }

    [Theory]
    [InlineData("created:2026", "made:2026", 1, "file", "the first line is not created:")]
    [InlineData("19:38:42 UTC eph", "25:38:42 UTC eph", 4, "header", "ephemeris_start: the day has no such time")]
    [InlineData("step_size:60", "step_size:sixty", 4, "header", "step_size is no number of seconds")]
    [InlineData("2026115193942.000", "2026366193942.000", 9, "time", "the year has no such day")]
    [InlineData("-5890.6994055214", "-5890.6994O55214", 9, "state", "position and velocity are expected: six numbers")]
    [InlineData("8 9 10 11 12 13 14\n15 16 17 18 19 20 21\n2026", "8 9 10 11 12 13\n15 16 17 18 19 20 21\n2026", 11, "covariance", "seven numbers are expected")]
    [InlineData("8 9 10 11 12 13 14\n15 16 17 18 19 20 21\n2026", "8 9 10 11 12 13 14\n2026", 12, "covariance", "it has too few lines")]
    [InlineData("UVW\n", "", 5, "covariance", "there is no line UVW that tells its frame")]
    [InlineData("1 2 3 4 5 6 7\n8 9 10 11 12 13 14\n15 16 17 18 19 20 21\n2026", "1 2 -3 4 5 6 7\n8 9 10 11 12 13 14\n15 16 17 18 19 20 21\n2026", 12, "covariance", "a negative variance")]
    [InlineData("ephemeris_stop:2026-04-25 19:40", "ephemeris_stop:2026-04-25 19:45", 16, "ephemeris_stop", "the file ends before it")]
    public void Read_WhatIsWrong_IsRefusedWithLineAndReason(string part, string by, long line, string field, string reason)
    {
        var issue = EphemerisText.Issues(EphemerisText.Read(ModItcFormat.ModItc, Text.Replace(part, by, StringComparison.Ordinal)))[0];
        Assert.Equal((line, field, reason, IssueSeverity.Refused), (issue.Line, issue.Field, issue.Reason, issue.Severity));
    }
}

namespace SsaShare.Formats.Tests;

/// <summary>Conjunction data messages: everything that version 1.0 states is kept in km, s and kg, and what is wrong is refused with its line.</summary>
public sealed class CdmReaderTests
{
    [Fact]
    public void Read_EveryKeyword_KeepsEveryFigure()
    {
        var item = Assert.Single(CdmText.Read(CdmText.Whole));
        Assert.True(item.Message is not null, item.Issue?.ToString());
        var message = item.Message;
        Assert.Equal(("2026-1", "PACIFIC", "SAT A", 1L), (message.MessageId, message.Maker, message.MadeFor, item.Line));
        Assert.Equal(["Of both"], message.Comments);
        var approach = message.Approach;
        Assert.Equal(At(23, 22, 37, 52, 618), approach.Time);
        Assert.Equal(0.715, approach.MissDistanceKm, 15);
        Assert.Equal(14.762, approach.RelativeSpeedKmPerS!.Value, 12);
        AssertClose(new Vector3d(0.0274, -0.0702, 0.7118), approach.RelativePositionRtnKm!.Value);
        AssertClose(new Vector3d(-0.0072, -14.692, -1.4372), approach.RelativeVelocityRtnKmPerS!.Value);
        AssertClose(new Vector3d(0.2, 1, 1.5), message.Screening!.SizeKm!.Value);
        Assert.Equal((At(20, 18, 29, 32, 212), At(23, 18, 29, 32, 212), "RTN", "ELLIPSOID", At(23, 22, 37, 52, 222), At(23, 22, 37, 52, 824)),
            (message.Screening.Start, message.Screening.Stop, message.Screening.Axes, message.Screening.Shape, message.Screening.Entry, message.Screening.Exit));
        Assert.Equal(new CollisionProbability(4.835e-5, "FOSTER-1992"), message.Probability);
    }

    [Fact]
    public void Read_AnObject_KeepsEveryFigure()
    {
        var first = CdmText.Read(CdmText.Whole)[0].Message!.First;
        Assert.Equal(("12345", "SATCAT", "SAT A", "1997-030E", "NONE", "CALCULATED", "YES"),
            (first.Designator, first.Catalog, first.Name, first.InternationalDesignator, first.Ephemeris, first.CovarianceMethod, first.Maneuverable));
        Assert.Equal(12, first.Remarks.Count);
        Assert.Equal("EGM-96: 36D 36O", first.Remarks.Single(remark => remark.Key == "GRAVITY_MODEL").Value);
        Assert.Equal(new ConjunctionDetermination(At(20, 2, 14, 12, 746), At(20, 2, 15, 12, 746), 7.88 * 86_400, 5.5 * 86_400, 592, 579, 123, 119, 97.8, 0.864), first.Determination);
        Assert.Equal(new ConjunctionBody(5.2, 251.6, 0.045663, 0.000012, 0.25e-3, 4.5457e-5) { DragAreaM2 = 4.8, RadiationAreaM2 = 5.1 }, first.Body);
        Assert.Equal(["Of OBJECT1"], first.Comments);
    }

    [Fact]
    public void Read_BracketsInAName_StayPartOfIt()
    {
        var first = CdmText.Read(CdmText.Whole.Replace("OBJECT_NAME = SAT A", "OBJECT_NAME = COSMOS 1408 [DEB]", StringComparison.Ordinal))[0].Message!.First;
        Assert.Equal(("COSMOS 1408 [DEB]", 251.6), (first.Name, first.Body!.MassKg));
    }

    [Fact]
    public void Read_OnlyLongLines_ComplainsOfNoMoreThanAMessageMayHave()
    {
        string text = "CCSDS_CDM_VERS = 1.0\n" + string.Concat(Enumerable.Repeat(new string('x', 2_000) + "\n", 3_000));
        var options = new CdmReadOptions { FileName = "test.cdm", Now = TestFiles.Now, MaxIssues = 100_000 };
        var items = new CdmReader(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), options).Read().ToList();
        Assert.Single(items, item => item.Issue?.Field == "message");
        Assert.InRange(items.Count, CdmLimits.MessageLinesMax, CdmLimits.MessageLinesMax + 5);
    }

    [Fact]
    public void Read_Covariance_IsInKilometresAndItsOtherUnits()
    {
        var message = CdmText.Read(CdmText.Whole)[0].Message!;
        Assert.Equal((9, 6), (message.First.Covariance.Size, message.Second.Covariance.Size));
        for (int row = 0, n = 1; row < 9; row++)
        for (int column = 0; column <= row; column++, n++)
        {
            // Drag and radiation pressure are rows 6 and 7, in m²/kg; all others are lengths over powers of s.
            double scale = (row is 6 or 7 ? 1 : 1e-3) * (column is 6 or 7 ? 1 : 1e-3);
            Assert.Equal(n * scale, message.First.Covariance[row, column], 1e-12 * n);
            if (row < 6) Assert.Equal(n * 1e-6, message.Second.Covariance[row, column], 1e-12 * n);
        }
    }

    [Fact]
    public void Read_Frames_TurnsEme2000IntoGcrf()
    {
        var message = CdmText.Read(CdmText.Whole)[0].Message!;
        var given = new Vector3d(2570.097065, 2244.654904, 6281.497978);
        Assert.Equal((Frame.Gcrf, given), (message.Second.State.Frame, message.Second.State.PositionKm));
        // The frame bias is 23 milliarcseconds: less than a metre at this distance, and more than none.
        Assert.Equal(Frame.Gcrf, message.First.State.Frame);
        Assert.InRange(message.First.State.PositionKm.DistanceTo(given), 1e-5, 1e-3);
        Assert.Equal(Frame.Itrf, CdmText.Read(CdmText.Whole.Replace("EME2000", "ITRF", StringComparison.Ordinal))[0].Message!.First.State.Frame);
    }

    [Theory]
    [InlineData("MISS_DISTANCE = 715 [m]", "MISS_DISTANCE = 0.715 [km]", 8, "MISS_DISTANCE", "in km")]
    [InlineData("MISS_DISTANCE = 715 [m]", "MISS_DISTANCE = near", 8, "MISS_DISTANCE", "not a number")]
    [InlineData("MISS_DISTANCE = 715 [m]", "", 1, "MISS_DISTANCE", "missing")]
    [InlineData("RELATIVE_POSITION_R = 27.4 [m]", "", 1, "RELATIVE_POSITION_R", "missing")]
    [InlineData("COLLISION_PROBABILITY = 4.835E-05", "COLLISION_PROBABILITY = 1.5", 25, "COLLISION_PROBABILITY", "outside 0 to 1")]
    [InlineData("CCSDS_CDM_VERS = 1.0", "CCSDS_CDM_VERS = 2.0", 1, "CCSDS_CDM_VERS", "not a supported version")]
    [InlineData("TCA = 2026-11-23T22:37:52.618", "TCA = 2026-13-23T22:37:52.618", 7, "TCA", "no such day")]
    [InlineData("TCA = 2026-11-23T22:37:52.618", "TCA = 2036-11-23T22:37:52.618", 7, "TCA", "days ahead")]
    [InlineData("SCREEN_VOLUME_SHAPE = ELLIPSOID", "SCREEN_VOLUME_SHAPE = BALL", 19, "SCREEN_VOLUME_SHAPE", "not a word")]
    [InlineData("ORIGINATOR = PACIFIC", "ORIGINATOR PACIFIC", 4, "line", "KEYWORD = value")]
    [InlineData("ORIGINATOR = PACIFIC", "ORIGINATOR = PACIFIC\nORIGINATOR = PACIFIC", 5, "ORIGINATOR", "given twice")]
    [InlineData("ORIGINATOR = PACIFIC", "ORIGINATOR = PACIFIC\nX = 1 [km]", 5, "X", "not a keyword")]
    [InlineData("OBJECT = OBJECT2", "OBJECT = OBJECT1", 119, "OBJECT", "given twice")]
    public void Read_AFault_RefusesTheMessageAtItsLine(string good, string bad, long line, string field, string reason)
    {
        int at = CdmText.Whole.IndexOf(good, StringComparison.Ordinal);
        var items = CdmText.Read(CdmText.Whole[..at] + bad + CdmText.Whole[(at + good.Length)..] + "\n" + CdmText.Whole);
        var issues = items.Where(item => item.Issue is not null).Select(item => item.Issue!).ToList();
        Assert.Contains(issues, issue => issue.Line == line && issue.Field == field && issue.Reason.Contains(reason, StringComparison.Ordinal));
        // The message behind it is read all the same.
        Assert.Single(items, item => item.Message is not null);
    }

    [Fact]
    public void Read_AMissingRowBeforeAnother_IsRefused()
    {
        string text = string.Join('\n', CdmText.Whole.Split('\n').Where(line => !line.StartsWith("CDRG_", StringComparison.Ordinal)));
        Assert.Contains(CdmText.Read(text), item => item.Issue is { Field: "CSRP_R" } issue && issue.Reason.Contains("row before", StringComparison.Ordinal));
    }

    /// <summary>NASA CARA's messages and those of Orekit's tests: written by others, some of them wrong on purpose.</summary>
    [Fact]
    public void Read_ReferenceMessages_TakesTheValidOnes()
    {
        string[] valid = [.. Directory.EnumerateFiles(TestFiles.Reference("pc/cara-sample-cdms"), "*.cdm"), .. Directory.EnumerateFiles(TestFiles.Reference("pc/cara-cdms"), "*.cdm"),
            .. new[] { "CDMExample1.txt", "CDMExample2.txt", "CDMExample3.txt", "CDMExample4.txt" }.Select(name => TestFiles.Reference($"ccsds/orekit/cdm/{name}"))];
        // Some give velocities in metres or do not close a unit; the others have a hyphen that is not ASCII and a negative variance.
        string[] faulty = [.. valid.Where(path => File.ReadLines(path).Select(line => line.TrimEnd()).Any(line => line.EndsWith('[') || (line.StartsWith("RELATIVE_VELOCITY_R", StringComparison.Ordinal) && line.EndsWith("[m]", StringComparison.Ordinal))))
            .Select(path => Path.GetFileName(path)!).Distinct(), "CDMExample1.txt", "CDMExample4.txt"];
        var refused = valid.ToLookup(path => Path.GetFileName(path), path => CdmText.Read(File.ReadAllBytes(path)).Where(item => item.Issue is not null).Select(item => item.Issue!.ToString()));
        Assert.Equal(faulty.Order(StringComparer.Ordinal), refused.Where(file => file.Any(issues => issues.Any())).Select(file => file.Key).Order(StringComparer.Ordinal));
        foreach (string wrong in new[] { "CDM-missing-TCA.txt", "CDM-missing-object2-state-vector.txt", "CDM-wrong-key-word.txt", "CDM-covariance-wrong-entry-format.txt" })
            Assert.All(CdmText.Read(File.ReadAllBytes(TestFiles.Reference($"ccsds/orekit/cdm/{wrong}"))), item => Assert.NotNull(item.Issue));
    }

    private static Epoch At(int day, int hour, int minute, int second, int millisecond) => Utc.FromDateTime(new DateTimeOffset(2026, 11, day, hour, minute, second, millisecond, TimeSpan.Zero));

    private static void AssertClose(Vector3d expected, Vector3d actual) => Assert.InRange(expected.DistanceTo(actual), 0, 1e-12);
}

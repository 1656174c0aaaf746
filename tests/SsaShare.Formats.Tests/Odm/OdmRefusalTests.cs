namespace SsaShare.Formats.Tests;

/// <summary>Each refusal with its line and field.</summary>
public sealed class OdmRefusalTests
{
    [Theory]
    [InlineData("a line without a keyword")]
    [InlineData("")]
    public void Read_OnlyBadLines_ComplainsOfNoMoreThanAMessageMayHave(string line)
    {
        string text = "CCSDS_OPM_VERS = 2.0\n" + string.Concat(Enumerable.Repeat((line.Length > 0 ? line : new string('x', 2_000)) + "\n", 3_000));
        var items = OdmText.Read(text, new OdmReadOptions { FileName = "test.opm", Now = TestFiles.Now, MaxIssues = 100_000 });
        Assert.Single(items, item => item.Issue?.Field == "message");
        Assert.InRange(items.Count, OdmLimits.MessageLinesMax, OdmLimits.MessageLinesMax + 30);
    }

    [Theory]
    [InlineData("CCSDS_OPM_VERS = 2.0", "CCSDS_OPM_VERS = 9.0", "CCSDS_OPM_VERS")]
    [InlineData("CENTER_NAME = EARTH", "CENTER_NAME = MARS", "CENTER_NAME")]
    [InlineData("CENTER_NAME = EARTH\n", "", "CENTER_NAME")]
    [InlineData("REF_FRAME = GCRF", "REF_FRAME = TOD", "REF_FRAME")]
    [InlineData("REF_FRAME = GCRF", "REF_FRAME = GCRF\nREF_FRAME_EPOCH = 2001-01-01T00:00:00", "REF_FRAME_EPOCH")]
    [InlineData("TIME_SYSTEM = UTC", "TIME_SYSTEM = TDB", "TIME_SYSTEM")]
    [InlineData("2026-05-01T12:00:00.5", "2026-13-01T12:00:00.5", "EPOCH")]
    [InlineData("2026-05-01T12:00:00.5", "2027-05-01T12:00:00.5", "EPOCH")]
    [InlineData("UTC\nEPOCH = 2026-05-01T12:00:00.5", "TAI\nEPOCH = 1950-05-01T12:00:00.5", "EPOCH")]
    [InlineData("X = 7000.0 [km]", "X = 7000000.0 [m]", "X")]
    [InlineData("X = 7000.0 [km]", "X = 7000000.0", "X")]
    [InlineData("X = 7000.0 [km]", "X = 700", "X")]
    [InlineData("X = 7000.0 [km]", "X = NaN", "X")]
    [InlineData("X = 7000.0 [km]", "X = 7,000", "X")]
    [InlineData("X = 7000.0 [km]\n", "", "X")]
    [InlineData("X = 7000.0 [km]", "X = 7000\nX = 7001", "X")]
    [InlineData("Y_DOT = 5.0 [km/s]", "Y_DOT = 5000", "X_DOT")]
    [InlineData("MASS = 1000 [kg]", "MASSE = 1000 [kg]", "MASSE")]
    [InlineData("MASS = 1000 [kg]", "MASS", "line")]
    [InlineData("OBJECT_ID = 2020-001A", "OBJECT_ID = 2020-\u00e9", "OBJECT_ID")]
    [InlineData("ORIGINATOR = ATLANTIC", "ORIGINATOR = ATLANTIC\nCLASSIFICATION = SECRET", "CLASSIFICATION")]
    [InlineData("ORIGINATOR = ATLANTIC", "ORIGINATOR = ATLANTIC\nCLASSIFICATION = U [SECRET]", "CLASSIFICATION")]
    [InlineData("ORIGINATOR = ATLANTIC", "ORIGINATOR = ATLANTIC\nCLASSIFICATION = [SECRET]", "CLASSIFICATION")]
    [InlineData("MASS = 1000 [kg]", "CX_X = 1", "CY_X")]
    public void Read_ASpoiltOpm_IsRefusedWithTheField(string good, string bad, string field)
    {
        string text = OdmText.Opm.ReplaceLineEndings("\n");
        Assert.Contains(good, text, StringComparison.Ordinal);
        var items = OdmText.Read(text.Replace(good, bad, StringComparison.Ordinal));
        Assert.DoesNotContain(items, item => item.State is not null);
        Assert.Contains(items, item => item.Issue!.Field == field && item.Issue.Severity == IssueSeverity.Refused && item.Issue.Line > 0);
    }

    [Theory]
    [InlineData("MEAN_ELEMENT_THEORY = SGP/SGP4", "MEAN_ELEMENT_THEORY = DSST", "MEAN_ELEMENT_THEORY")]
    [InlineData("REF_FRAME = TEME", "REF_FRAME = TOD", "REF_FRAME")]
    [InlineData("EPHEMERIS_TYPE = 0", "EPHEMERIS_TYPE = 4", "EPHEMERIS_TYPE")]
    [InlineData("CLASSIFICATION_TYPE = U", "CLASSIFICATION_TYPE = S", "CLASSIFICATION_TYPE")]
    [InlineData("BSTAR = .12E-3", "BTERM = 0.02", "BTERM")]
    [InlineData("MEAN_MOTION = 15.5", "SEMI_MAJOR_AXIS = 7000", "SEMI_MAJOR_AXIS")]
    [InlineData("MEAN_MOTION = 15.5", "MEAN_MOTION = 0", "MEAN_MOTION")]
    [InlineData("MEAN_MOTION = 15.5", "MEAN_MOTION = 15.5 [rad/s]", "MEAN_MOTION")]
    [InlineData("ECCENTRICITY = .0007", "ECCENTRICITY = 1", "ECCENTRICITY")]
    [InlineData("INCLINATION = 51.64 [deg]", "INCLINATION = 51.64 [rad]", "INCLINATION")]
    [InlineData("INCLINATION = 51.64 [deg]", "INCLINATION = 181", "INCLINATION")]
    [InlineData("MEAN_ANOMALY = 180", "MEAN_ANOMALY = 1800", "MEAN_ANOMALY")]
    [InlineData("BSTAR = .12E-3", "BSTAR = 1e999", "BSTAR")]
    public void Read_ASpoiltOmm_IsRefusedWithTheField(string good, string bad, string field)
    {
        Assert.Contains(good, OdmText.Omm, StringComparison.Ordinal);
        var items = OdmText.Read(OdmText.Omm.Replace(good, bad, StringComparison.Ordinal));
        Assert.DoesNotContain(items, item => item.Elements is not null);
        Assert.Contains(items, item => item.Issue!.Field == field && item.Issue.Severity == IssueSeverity.Refused);
    }

    [Theory]
    [InlineData("")]
    [InlineData("CCSDS_OEM_VERS = 2.0")]
    [InlineData("<?xml version=\"1.0\"?>")]
    [InlineData("1 25544U 98067A   26121.50000000")]
    public void Read_AnotherKindOfFile_IsOneRefusal(string text)
    {
        var issue = Assert.Single(OdmText.Read(text)).Issue!;
        Assert.Equal(("file", IssueSeverity.Refused), (issue.Field, issue.Severity));
    }

    [Fact]
    public void Read_ACovarianceOfAFrameThatIsNotRead_RefusesTheMessage()
    {
        Assert.Equal("COV_REF_FRAME", Assert.Single(OdmText.Read(OdmText.WithCovariance(OdmText.Opm, "LVLH"))).Issue!.Field);
        Assert.Equal("COV_REF_FRAME", Assert.Single(OdmText.Read(OdmText.WithCovariance(OdmText.Opm.Replace("GCRF", "ITRF", StringComparison.Ordinal), "RTN"))).Issue!.Field);
        Assert.Equal("CX_X", Assert.Single(OdmText.Read(OdmText.WithCovariance(OdmText.Opm, "").Replace("CX_X = 0.01", "CX_X = -0.01", StringComparison.Ordinal))).Issue!.Field);
    }

    [Fact]
    public void Read_LongLinesAndManyIssues_StaysBounded()
    {
        Assert.Contains(OdmText.Read(OdmText.Opm + "\nCOMMENT " + new string('x', 2_000)), item => item.Issue?.Field == "line");
        var many = OdmText.Read(string.Concat(Enumerable.Repeat("CCSDS_OPM_VERS = 2.0\nWHAT = 1\n", 5_000)));
        Assert.InRange(many.Count, 1_000, 1_001);
        Assert.Equal("file", many[^1].Issue!.Field);
        var longest = OdmText.Read("CCSDS_OPM_VERS = 2.0\n" + string.Concat(Enumerable.Repeat("MAN_DURATION = 1\n", 3_000)));
        Assert.Single(longest, item => item.Issue?.Field == "message");
    }

    [Fact]
    public void Read_Maneuvers_AreToldAndPassedOver()
    {
        var items = OdmText.Read(OdmText.Opm + "\nMAN_EPOCH_IGNITION = 2026-05-02T00:00:00\nMAN_DURATION = 1\nMAN_EPOCH_IGNITION = 2026-05-03T00:00:00\nMAN_DURATION = 2\n");
        Assert.Equal((1, 1), (items.Count(item => item.State is not null), items.Count(item => item.Issue is { Severity: IssueSeverity.Notice, Field: "MAN_EPOCH_IGNITION" })));
    }
}

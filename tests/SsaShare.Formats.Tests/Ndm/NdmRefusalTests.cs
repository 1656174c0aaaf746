namespace SsaShare.Formats.Tests;

/// <summary>Lines that are wrong, each with what is said of it: strict and lenient.</summary>
public sealed class NdmRefusalTests
{
    /// <param name="line">Replaced; the whole of it.</param>
    /// <param name="by">Empty to remove it; several lines with a bar.</param>
    /// <param name="passes">In lenient mode, with a notice.</param>
    [Theory]
    [InlineData("opm", "X = 7000.0 [km]", "X = 7000.0 [m]", "X", "message refused: in m, expected km", false)]
    [InlineData("opm", "X = 7000.0 [km]", "X = 7000,0 [km]", "X", "message refused: not a finite number", false)]
    [InlineData("opm", "X = 7000.0 [km]", "X = 1e999 [km]", "X", "message refused: not a finite number", false)]
    [InlineData("opm", "X = 7000.0 [km]", "X = NaN", "X", "message refused: not a number", true)]
    [InlineData("opm", "X = 7000.0 [km]", "", "X", "message refused: mandatory in stateVector and missing", false)]
    [InlineData("opm", "X = 7000.0 [km]", "X = 7000.0 [km]|X = 7000.1 [km]", "X", "message refused: given twice, with different values", false)]
    [InlineData("opm", "X = 7000.0 [km]", "X = 7000.0 [km]|X = 7000.0 [km]", "X", "message refused: given twice", true)]
    [InlineData("opm", "X = 7000.0 [km]", "Y = 0.0|X = 7000.0", "X", "message refused: stands after Y", true, "Y = 0.0 [km]")]
    [InlineData("opm", "X = 7000.0 [km]", "X 7000.0 [km]", "line", "message refused: not of the form KEYWORD = value", false)]
    [InlineData("opm", "EPOCH = 2026-05-01T12:00:00.5", "EPOCH = 2026-02-29T12:00:00.5", "EPOCH", "message refused: epoch: the calendar has no such day", false)]
    [InlineData("opm", "EPOCH = 2026-05-01T12:00:00.5", "EPOCH = 2026-366T12:00:00.5", "EPOCH", "message refused: epoch: the year has no such day", false)]
    [InlineData("opm", "EPOCH = 2026-05-01T12:00:00.5", "EPOCH = 1 May 2026", "EPOCH", "message refused: epoch: not a date and time", false)]
    [InlineData("opm", "EPOCH = 2026-05-01T12:00:00.5", "EPOCH = 2026-05-01T12:00:60", "EPOCH", "message refused: epoch: the minute has no such second", false)]
    [InlineData("opm", "EPOCH = 2026-05-01T12:00:00.5", "EPOCH = 2015-12-31T23:59:60", "EPOCH", "message refused: epoch: no leap second is there", false)]
    [InlineData("opm", "EPOCH = 2026-05-01T12:00:00.5", "EPOCH = 2016-12-31T23:59:60", "EPOCH", "message refused: epoch: only UTC has leap seconds", false, "TIME_SYSTEM = UTC>TIME_SYSTEM = TAI")]
    [InlineData("tdm", "RANGE = 2026-05-01T00:00:10 2001", "RANGE = 2016-366T23:59:60 2001", "RANGE", "epoch: only UTC has leap seconds", false, "TIME_SYSTEM = UTC>TIME_SYSTEM = GPS")]
    [InlineData("ocm", "0.0 7000 0 0 0 5 5.5", "2016-12-31T23:59:60 7000 0 0 0 5 5.5", "trajLine", "not a time", false, "TIME_SYSTEM = UTC>TIME_SYSTEM = TT")]
    [InlineData("opm", "REF_FRAME = GCRF", "REF_FRAME = MYRF", "REF_FRAME", "message refused: not a frame of the registry", true)]
    [InlineData("opm", "TIME_SYSTEM = UTC", "TIME_SYSTEM = CEST", "TIME_SYSTEM", "message refused: not a time system of the registry", true)]
    [InlineData("opm", "OBJECT_NAME = TESTSAT", "OBJECT_NAME = TESTSAT|COLOUR = red", "COLOUR", "message refused: not a keyword of OPM metadata", true)]
    [InlineData("opm", "OBJECT_NAME = TESTSAT", "OBJECT_NAME =", "OBJECT_NAME", "message refused: no value", true)]
    [InlineData("opm", "OBJECT_NAME = TESTSAT", "OBJECT_NAME = T\u0001", "OBJECT_NAME", "message refused: a control character", false)]
    [InlineData("opm", "ORIGINATOR = ATLANTIC", "", "ORIGINATOR", "message refused: mandatory in header and missing", true)]
    [InlineData("opm", "CCSDS_OPM_VERS = 3.0", "CCSDS_OPM_VERS = 9.0", "CCSDS_OPM_VERS", "message refused: not a version that is read", false)]
    [InlineData("opm", "CCSDS_OPM_VERS = 3.0", "CCSDS_OPM_VERS = 1.0", "USER_DEFINED_NOTE", "", null)]
    [InlineData("opm", "ORIGINATOR = ATLANTIC", "ORIGINATOR = ATLANTIC|MESSAGE_ID = 1", "MESSAGE_ID", "message refused: not a keyword of version 2.0", true, "CCSDS_OPM_VERS = 3.0>CCSDS_OPM_VERS = 2.0")]
    [InlineData("omm", "MEAN_MOTION = 15.5", "", "MEAN_MOTION", "message refused: mandatory in meanElements and missing", false)]
    [InlineData("omm", "BSTAR = .12E-3", "", "BSTAR", "message refused: mandatory with MEAN_ELEMENT_THEORY = SGP/SGP4 and missing", false)]
    [InlineData("omm", "NORAD_CAT_ID = 45001", "NORAD_CAT_ID = A5001", "NORAD_CAT_ID", "message refused: not a whole number", false)]
    [InlineData("omm", "ECCENTRICITY = .0007", "ECCENTRICITY = .0007 [deg]", "ECCENTRICITY", "message refused: in deg, but it has no unit", true)]
    [InlineData("oem", "2026-05-01T00:00:00 7000 0 0 0 5 5.5", "2026-05-01T00:00:00 7000 0 0 0 5", "stateVector", "6 values", false)]
    [InlineData("oem", "2026-05-01T00:00:00 7000 0 0 0 5 5.5", "2026-05-01T00:00:00 7000 0 0 0 5 5.5 1", "stateVector", "8 values", false)]
    [InlineData("oem", "2026-05-01T00:00:00 7000 0 0 0 5 5.5", "2026-05-01T00:01:00 7000 0 0 0 5 5.5", "EPOCH", "not after the line before it", false)]
    [InlineData("oem", "2026-05-01T00:00:00 7000 0 0 0 5 5.5", "2026-04-30T00:00:00 7000 0 0 0 5 5.5", "EPOCH", "before START_TIME", true)]
    [InlineData("oem", "STOP_TIME = 2026-05-01T00:02:00", "STOP_TIME = 2026-04-01T00:02:00", "STOP_TIME", "segment refused: before START_TIME", false)]
    [InlineData("oem", "STOP_TIME = 2026-05-01T00:02:00", "STOP_TIME = 2026-05-01T00:02:00|INTERPOLATION = HERMITE", "INTERPOLATION_DEGREE", "segment refused: missing although INTERPOLATION is given", true)]
    [InlineData("oem", "META_STOP", "", "line", "segment refused: not of the form KEYWORD = value", false)]
    [InlineData("oem", "COVARIANCE_STOP", "", "file", "covarianceMatrix refused: it ends before COVARIANCE_STOP", false)]
    [InlineData("oem", "2 3", "2 3 4", "covarianceMatrix", "covarianceMatrix refused: 3 values", false)]
    [InlineData("tdm", "PATH = 1,2,1", "PATH = 1,3,1", "PATH", "segment refused: PARTICIPANT_3 is missing", false)]
    [InlineData("tdm", "PATH = 1,2,1", "", "PATH", "segment refused: missing in the metadata", false)]
    [InlineData("tdm", "ANGLE_TYPE = AZEL", "", "ANGLE_1", "ANGLE_TYPE is missing in the metadata", false)]
    [InlineData("tdm", "ANGLE_TYPE = AZEL", "ANGLE_TYPE = RADEC", "REFERENCE_FRAME", "segment refused: missing in the metadata", true)]
    [InlineData("tdm", "RANGE_UNITS = km", "RANGE_UNITS = miles", "RANGE_UNITS", "segment refused: not a word that belongs here", true)]
    [InlineData("tdm", "RANGE = 2026-05-01T00:00:10 2001", "RANGE = 2026-05-01T00:00:00 2001", "RANGE", "a second value for one epoch", false)]
    [InlineData("tdm", "RANGE = 2026-05-01T00:00:10 2001", "RANGE = 2026-05-01T00:00:10", "RANGE", "expected an epoch and a value", false)]
    [InlineData("tdm", "RANGE = 2026-05-01T00:00:10 2001", "DISTANCE = 2026-05-01T00:00:10 2001", "DISTANCE", "not a data keyword", true)]
    [InlineData("ocm", "0.0 7000 0 0 0 5 5.5", "0.0 7000 0 0 0 5", "trajLine", "6 values", false)]
    [InlineData("ocm", "0.0 7000 0 0 0 5 5.5", "10.0 7000 0 0 0 5 5.5", "trajLine", "not after the line before it", false)]
    [InlineData("ocm", "TRAJ_TYPE = CARTPV", "TRAJ_TYPE = CARTP", "TRAJ_UNITS", "traj refused: 6 units for 3 values", false)]
    [InlineData("ocm", "COV_ORDERING = LTM", "COV_ORDERING = FULL", "covLine", "7 values", false)]
    [InlineData("ocm", "MAN_UNITS = [s, N, n/a]", "MAN_UNITS = [s, kN, n/a]", "MAN_UNITS", "man refused: in kN, expected N", false)]
    [InlineData("ocm", "5.0 10 0.5 ON", "5.0 10 0.5 1", "THR_INTERP", "neither ON nor OFF", false)]
    [InlineData("ocm", "MAN_ID = 1", "", "MAN_ID", "man refused: mandatory in man and missing", false)]
    [InlineData("rdm", "REF_FRAME = EME2000", "", "REF_FRAME", "message refused: missing although there is a state", false)]
    [InlineData("rdm", "CONTROLLED_REENTRY = NO", "CONTROLLED_REENTRY = MAYBE", "CONTROLLED_REENTRY", "message refused: not a word that belongs here", true)]
    [InlineData("cdm", "OBJECT = OBJECT2", "OBJECT = OBJECT1", "OBJECT", "message refused: OBJECT2 is expected here", false)]
    [InlineData("cdm", "TCA = 2026-11-23T22:37:52.618", "", "TCA", "message refused: mandatory in relativeMetadataData and missing", false)]
    [InlineData("cdm", "MISS_DISTANCE = 715 [m]", "MISS_DISTANCE = 0.715 [km]", "MISS_DISTANCE", "message refused: in km, expected m", false)]
    [InlineData("cdm", "MISS_DISTANCE = 715 [m]", "MISS_DISTANCE = -715 [m]", "MISS_DISTANCE", "message refused: below 0", false)]
    [InlineData("cdm", "MISS_DISTANCE = 715 [m]", "MISS_DISTANCE = 715 [m]|COLLISION_PROBABILITY = 1.5", "COLLISION_PROBABILITY", "message refused: above 1", false)]
    [InlineData("cdm", "MISS_DISTANCE = 715 [m]", "MISS_DISTANCE = 715 [m]|RELATIVE_SPEED = -1 [m/s]", "RELATIVE_SPEED", "message refused: below 0", false)]
    [InlineData("cdm", "CR_R = 1", "CR_R = -1", "CR_R", "message refused: below 0", false)]
    [InlineData("oem", "2 3", "2 -3", "CY_Y", "covarianceMatrix refused: below 0", false)]
    public void Read_AWrongLine_IsRefusedWithItsReason(string kind, string line, string by, string field, string reason, bool? passes, string also = "")
    {
        string[] lines = NdmText.Of(kind).Split('\n');
        int at = Array.IndexOf(lines, line);
        Assert.True(at >= 0);
        lines[at] = by.Replace('|', '\n');
        foreach (var (index, text) in lines.Index().ToList())
            if (also.Length > 0 && text == also.Split('>')[0]) lines[index] = also.Contains('>', StringComparison.Ordinal) ? also.Split('>')[1] : "";
        string spoilt = string.Join('\n', lines);

        var strict = NdmFile.Read(spoilt).Issues;
        if (reason.Length == 0) Assert.NotEmpty(strict);
        else Assert.Contains(strict, issue => issue.Field == field && issue.Reason.StartsWith(reason, StringComparison.Ordinal) && issue.Severity == IssueSeverity.Refused && issue.Line >= 1 && issue.Remedy.Length > 0);
        if (passes is null) return;
        var (events, lenient) = NdmFile.Read(spoilt, NdmSyntax.Kvn, ReadMode.Lenient);
        Assert.Equal(passes, !lenient.Exists(issue => issue.Severity == IssueSeverity.Refused));
        if (passes is true)
        {
            Assert.Contains(lenient, issue => issue.Field == field);
            Assert.Contains(events, one => one.Kind == NdmEventKind.MessageEnd);
        }
    }

    [Fact]
    public void Read_TheLineOfAnIssue_IsThatOfTheFileInEverySyntax()
    {
        var events = NdmFile.Read(NdmText.Opm).Events.Select(one => one.Name == "Y_DOT" ? NdmEvent.Field("Y_DOT", "fast") : one).ToList();
        foreach (var syntax in Enum.GetValues<NdmSyntax>())
        {
            byte[] written = NdmFile.Write(events, syntax, "opm");
            string[] lines = System.Text.Encoding.UTF8.GetString(written).Split('\n');
            var issue = Assert.Single(NdmFile.Read(written, syntax).Issues);
            Assert.Equal(("Y_DOT", "fast"), (issue.Field, issue.Value));
            Assert.Contains("Y_DOT", lines[issue.Line - 1], StringComparison.Ordinal);
            Assert.InRange(issue.Column, 1, lines[issue.Line - 1].Length);
        }
    }

    [Fact]
    public void Read_AWrongMessageAmongOthers_IsLostAlone()
    {
        string wrong = OdmText.Omm.Replace("15.5", "x", StringComparison.Ordinal);
        var (events, issues) = NdmFile.Read(string.Join('\n', OdmText.Omm, wrong, OdmText.Omm));
        Assert.Equal(2, events.Count(one => one.Kind == NdmEventKind.MessageStart));
        Assert.Equal(OdmText.Omm.Split('\n').Length + 11, Assert.Single(issues).Line);
    }

    [Fact]
    public void Read_RowsAcrossALeapSecond_GoForward()
    {
        string text = NdmText.Oem[..NdmText.Oem.IndexOf("2026-05-01T00:00:00 7000", StringComparison.Ordinal)]
            .Replace("START_TIME = 2026-05-01T00:00:00", "START_TIME = 2016-12-31T23:59:59", StringComparison.Ordinal).Replace("STOP_TIME = 2026-05-01T00:02:00", "STOP_TIME = 2017-01-01T00:00:00", StringComparison.Ordinal)
            + "2016-12-31T23:59:59 1 2 3 4 5 6\n2016-12-31T23:59:60 1 2 3 4 5 6\n2016-12-31T23:59:60.5 1 2 3 4 5 6\n2017-01-01T00:00:00 1 2 3 4 5 6\n";
        var (events, issues) = NdmFile.Read(text);
        Assert.Empty(issues);
        Assert.Equal(4, events.Count(one => one.Kind == NdmEventKind.Row));
    }

    [Theory]
    [InlineData(-0.5, 2_015, 86_399, 500_000_000_000_000_000)]
    [InlineData(86_400.25, 2_017, 0, 250_000_000_000_000_000)]
    public void Plus_Seconds_CarriesDays(double seconds, long day, long secondOfDay, long attoseconds)
        => Assert.Equal(new NdmTime(day, secondOfDay, attoseconds), new NdmTime(2_016, 0, 0).Plus((decimal)seconds));

    [Fact]
    public void Read_AWrongSegmentOrRowAmongOthers_IsLostAlone()
    {
        string segment = NdmText.Tdm[NdmText.Tdm.IndexOf("META_START", StringComparison.Ordinal)..] + "\n";
        string text = NdmText.Tdm + "\n" + segment.Replace("PATH = 1,2,1", "PATH = 1", StringComparison.Ordinal) + segment.Replace("ANGLE_2 = 2026-05-01T00:00:00 45.25", "ANGLE_2 = x", StringComparison.Ordinal);
        var (events, issues) = NdmFile.Read(text);
        Assert.Equal(["PATH", "ANGLE_2"], issues.Select(issue => issue.Field));
        Assert.Equal((2, 11), (events.Count(one => one is { Kind: NdmEventKind.BlockStart, Name: "segment" }), events.Count(one => one.Kind == NdmEventKind.Row)));
    }

    [Fact]
    public void Read_MoreIssuesThanTaken_StopsAndEndsWhatWasGiven()
    {
        string text = NdmText.Tdm.Replace("DATA_STOP", string.Concat(Enumerable.Repeat("RANGE = x\n", 2_000)) + "DATA_STOP", StringComparison.Ordinal);
        var (events, issues) = NdmFile.Read(text);
        Assert.Equal(1_001, issues.Count);
        Assert.Equal((NdmEventKind.MessageEnd, "tdm"), (events[^1].Kind, events[^1].Name));
    }

    [Fact]
    public void Tables_OfEveryMessage_AreSound()
    {
        Assert.Equal(["tdm", "oem", "omm", "opm", "ocm", "cdm", "rdm"], NdmTables.Messages.Select(message => message.Name));
        foreach (var message in NdmTables.Messages)
            Assert.All(message.AllBlocks, block => Assert.Equal(block.Entries.Length, block.Entries.Select(entry => entry.Name).Distinct(StringComparer.Ordinal).Count()));
        Assert.All(NdmTables.All, line => Assert.NotEmpty(line.Versions));
        Assert.All(NdmTables.All, line => Assert.Equal(line.Keyword.Type == NdmType.Word, line.Keyword.Words.Length > 0));
        Assert.All(NdmTables.All, line => Assert.True(line.Keyword.Unit.Length == 0 || line.Keyword.Type == NdmType.Number));
        Assert.InRange(NdmTables.All.Count(), 600, 1_000);
    }
}

namespace SsaShare.Formats.Tests;

/// <summary>Observations as tracking data messages in KVN, XML and JSON and back: what such a message has a place for stays the same.</summary>
public sealed class ObservationNdmTests
{
    private static readonly FormatWriteOptions Options = new() { FileName = "out", Now = TestFiles.Now };

    [Theory]
    [InlineData("b3", "ssn-b3/23558.obs", 516)]
    [InlineData("b3", "ssn-b3/7734.OBS", 370)]
    [InlineData("b3", "ssn-b3/81910.obs.gz", 10_889)]
    [InlineData("iod", "visual-formats/IOD_data_compliant.txt", 43)]
    [InlineData("rde", "visual-formats/RDE_data_compliant.txt", 14)]
    [InlineData("crd", "ilrs/lageos2_201802.npt.v2C", 300)]
    [InlineData("crd", "ilrs/crd_all_fields.frd", 8)]
    public void Observations_ThroughEachSyntaxOfTheMessage_KeepWhatItHolds(string name, string file, int kept)
    {
        var format = SpaceObservationFormats.All.Single(format => format.Name == name);
        var records = ObservationFiles.Read(format, ObservationFiles.Bytes(file)).Values();
        var (events, issues) = ToNdm(records);
        var expected = records.Where(record => (record.HasMeasurement || record.Appearance?.Magnitude is not null) && record.Angles?.Equinox is not (Equinox.OfDate or Equinox.B1855 or Equinox.B1875 or Equinox.B1900 or Equinox.J2050)).Select(Held).ToList();
        Assert.Equal(kept, expected.Count);
        foreach (var syntax in Enum.GetValues<NdmSyntax>())
        {
            byte[] bytes = NdmFile.Write(events, syntax, "tdm");
            var (read, faults) = NdmFile.Read(bytes, syntax);
            Assert.Empty(faults);
            Assert.Equal(expected, FromNdm(read, out var losses));
            Assert.Empty(losses);
        }
        Assert.All(issues.Where(issue => issue.Severity == IssueSeverity.Refused), issue => Assert.Contains(issue.Field, (string[])["equinox", "observation"]));
    }

    [Theory]
    [InlineData("TDMExample2.txt", 6, "")]
    [InlineData("TDMExample15.txt", 0, "MODE")]
    [InlineData("TDMExample4.txt", 7, "RANGE")]
    [InlineData("TDMExample8.txt", 6, "")]
    public void Messages_AsPublished_GiveObservationsOrTheReasonWhyNot(string file, int records, string refused)
    {
        var (events, _) = NdmFile.Read(File.ReadAllBytes(TestFiles.Reference($"ccsds/orekit/tdm/kvn/{file}")), NdmSyntax.Kvn, ReadMode.Lenient);
        var read = FromNdm(events, out var issues);
        Assert.Equal((records, refused), (read.Count, string.Join(' ', issues.Where(issue => issue.Severity == IssueSeverity.Refused).Select(issue => issue.Field).Distinct())));
    }

    [Theory]
    [InlineData("AZEL", "-90", 270)]
    [InlineData("AZEL", "-1E-20", 0)]
    [InlineData("AZEL", "360", 0)]
    [InlineData("RADEC", "-0.5", 359.5)]
    public void FirstAngle_BelowZero_IsTurnedSoThatACardHoldsIt(string type, string angle, double degrees)
    {
        var record = FromNdm(NdmFile.Read(Angles(type, angle, "")).Events, out var issues).Single();
        Assert.Empty(issues);
        Assert.Equal(degrees, record.Angles!.Angle1Deg);
        var (card, losses) = ObservationFiles.Write(SpaceObservationFormats.B3, [record with { Station = new("932"), Target = new("23558") }]);
        Assert.Empty(losses);
        var read = ObservationFiles.Read(SpaceObservationFormats.B3, card);
        Assert.Empty(read.Refusals());
        Assert.Equal(degrees, read.Values().Single().Angles!.Angle1Deg);
    }

    [Fact]
    public void FirstAngle_WhoseCorrectionCrossesNorth_StaysWithinATurn()
    {
        string text = Angles("AZEL", "359.75", "CORRECTION_ANGLE_1 = 0.5\nCORRECTIONS_APPLIED = NO");
        Assert.Equal(0.25, FromNdm(NdmFile.Read(text).Events, out _).Single().Angles!.Angle1Deg);
        Assert.Equal(0.25 * Math.PI / 180, TestFiles.ReadTdm(text).Items.Single().Observation!.AzimuthRad);
    }

    private static string Angles(string type, string angle, string metadata)
        => TdmText.Message($"ANGLE_1 = 2020-01-01T00:00:00 {angle}\nANGLE_2 = 2020-01-01T00:00:00 45", $"PATH = 2,1\nANGLE_TYPE = {type}\nREFERENCE_FRAME = EME2000\n{metadata}");

    /// <summary>What a tracking data message has a place for.</summary>
    private static ObservationRecord Held(ObservationRecord record) => new()
    {
        Target = record.Target.Number is not null ? new(record.Target.Number) : new(null, record.Target.CosparId),
        Station = new(record.Station.Id),
        Time = new ObservationTime(record.Time!.Value.Event == TimeTagEvent.Bounce ? record.Time.Value.Epoch.PlusSeconds(record.RangeKm!.Value / 299_792.458) : record.Time.Value.Epoch, 0)
        {
            Event = record.Time.Value.Event == TimeTagEvent.Bounce ? TimeTagEvent.Reception : record.Time.Value.Event,
        },
        Angles = record.Angles is { } angles ? new AnglePair(angles.Kind, angles.Angle1Deg, angles.Angle2Deg) { Equinox = angles.Kind == AngleKind.AzimuthElevation ? Equinox.NotGiven : angles.Equinox } : null,
        RangeKm = record.RangeKm,
        RangeRateKmPerS = record.RangeRateKmPerS,
        Appearance = record.Appearance?.Magnitude is { } magnitude ? new Appearance(null as string) { Magnitude = magnitude } : null,
    };

    private static (List<NdmEvent> Events, List<ReadIssue> Issues) ToNdm(IEnumerable<ObservationRecord> records)
    {
        var (events, issues) = (new Collector<NdmEvent>(), new List<ReadIssue>());
        var writer = ObservationNdm.ToNdm(events, Options);
        foreach (var record in records)
        {
            if (writer.Write(record) is { } issue) issues.Add(issue);
        }
        writer.Complete();
        return (events.Values, issues);
    }

    private static List<ObservationRecord> FromNdm(IEnumerable<NdmEvent> events, out List<ReadIssue> issues)
    {
        var records = new Collector<ObservationRecord>();
        issues = [];
        var writer = ObservationNdm.FromNdm(records, Options);
        foreach (var one in events)
        {
            if (writer.Write(one) is { } issue) issues.Add(issue);
        }
        writer.Complete();
        return [.. records.Values.Select(record => record with { Time = record.Time!.Value with { PrecisionS = 0 } })];
    }

    private sealed class Collector<T> : IFormatWriter<T> where T : class
    {
        public List<T> Values { get; } = [];

        public ReadIssue? Write(T value)
        {
            Values.Add(value);
            return null;
        }

        public void Complete()
        {
        }
    }
}

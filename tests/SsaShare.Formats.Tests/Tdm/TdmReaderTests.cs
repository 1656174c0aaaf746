using System.Globalization;
using System.Text;

namespace SsaShare.Formats.Tests;

public sealed class TdmReaderTests
{
    private const double RadPerDeg = Math.PI / 180;

    [Fact]
    public void Read_LinesOfOneEpoch_BecomeOneObservationWithItsLines()
    {
        var (reader, items) = TestFiles.ReadTdm(TdmText.Message(
            "RANGE = 1996-12-15T09:11:00.000 1024.026\nANGLE_1 = 1996-12-15T09:11:00.000 258.4898\nANGLE_2 = 1996-12-15T09:11:00.000 45.4467\n"
            + "DOPPLER_INSTANTANEOUS = 1996-12-15T09:11:00.000 -0.98659\nRANGE = 1996-12-15T09:11:01.000 1023.064"));

        Assert.Equal(2, items.Count);
        Assert.True(Utc.TryParse("1996-12-15T09:11:00", out var epoch));
        Assert.Equal(new Observation(SensorId.Parse("KAENA-POINT"), epoch, 1024.026, 258.4898 * RadPerDeg, 45.4467 * RadPerDeg, -0.98659, "81900"), items[0].Observation);
        Assert.Equal((14, 17), (items[0].FirstLine, items[0].LastLine));
        Assert.Equal(new Observation(SensorId.Parse("KAENA-POINT"), epoch.PlusSeconds(1), 1023.064, null, null, null, "81900"), items[1].Observation);
        Assert.Equal((18, 18), (items[1].FirstLine, items[1].LastLine));
        Assert.Equal((2, 1, 0, 0), (reader.Summary.Observations, reader.Summary.Segments, reader.Summary.Issues, reader.Summary.SegmentsRefused));
        Assert.Equal("pacific", reader.Header.Originator);
    }

    [Fact]
    public void Read_RoundTripPath_HalvesRangeAndRangeRate()
    {
        var observation = One("RANGE = 2011-05-11T10:26:33.2613 2808.2696\nDOPPLER_INSTANTANEOUS = 2011-05-11T10:26:33.2613 -9.5", "PATH = 1,2,1");

        Assert.Equal((1404.1348, -4.75), (observation.RangeKm, observation.RangeRateKmPerS));
    }

    [Fact]
    public void Read_PathEndingAtParticipant2_TakesItAsSensor()
    {
        var observation = One("RANGE = 2020-01-01T00:00:00 900", "PATH = 1,2");

        Assert.Equal(("81900", "KAENA-POINT"), (observation.Sensor.Value, observation.ObjectTag));
    }

    [Fact]
    public void Read_RangeInSeconds_IsMultipliedByTheSpeedOfLight()
        => Assert.Equal(299.792458, One("RANGE = 2020-01-01T00:00:00 0.001", "PATH = 2,1\nRANGE_UNITS = s").RangeKm!.Value, 1e-9);

    [Theory]
    [InlineData("UTC", "1998-12-31T23:59:60.5", "1998-12-31T23:59:60.5")]
    [InlineData("UTC", "1998-365T23:59:60", "1998-12-31T23:59:60")]
    [InlineData("UTC", "2000-060T00:00:00Z", "2000-02-29T00:00:00")]
    [InlineData("TAI", "2000-01-01T00:00:32", "2000-01-01T00:00:00")]
    [InlineData("TT", "2000-01-01T12:00:00", "2000-01-01T11:58:55.816")]
    [InlineData("GPS", "2000-01-01T00:00:13", "2000-01-01T00:00:00")]
    [InlineData("GPS", "2020-001T00:00:18.123456789", "2020-01-01T00:00:00.123456789")]
    public void Read_TimeSystem_IsConverted(string system, string tag, string utc)
    {
        var (_, items) = TestFiles.ReadTdm(TdmText.Message($"RANGE = {tag} 900", timeSystem: system));

        Assert.True(Utc.TryParse(utc, out var expected));
        Assert.Equal(expected, Assert.Single(items).Observation?.Epoch);
    }

    [Theory]
    [InlineData("NO", 900.5)]
    [InlineData("YES", 900)]
    public void Read_Correction_IsAddedWhereNotApplied(string applied, double expectedKm)
        => Assert.Equal(expectedKm, One("RANGE = 2020-01-01T00:00:00 900", $"PATH = 2,1\nCORRECTION_RANGE = 0.5\nCORRECTIONS_APPLIED = {applied}").RangeKm);

    [Theory]
    [InlineData("-10", 350)]
    [InlineData("360", 0)]
    [InlineData("0", 0)]
    [InlineData("359.9999", 359.9999)]
    public void Read_Azimuth_IsBroughtTo0To360(string text, double expectedDeg)
        => Assert.Equal(expectedDeg * RadPerDeg, One($"ANGLE_1 = 2020-01-01T00:00:00 {text}", "PATH = 2,1\nANGLE_TYPE = AZEL").AzimuthRad!.Value, 1e-15);

    [Fact]
    public void Read_SeveralSegments_EachUnderItsOwnMetadata()
    {
        string text = TdmText.Message("RANGE = 2020-01-01T00:00:00 900") + """
            META_START
            COMMENT second
            TIME_SYSTEM = TAI
            PARTICIPANT_1 = 00694
            PARTICIPANT_2 = ANTIGUA
            MODE = sequential
            PATH = 2, 1, 2
            DATA_QUALITY = VALIDATED
            META_STOP
            DATA_START
            RANGE = 2020-01-01T00:00:37 1800
            DATA_STOP
            """;
        var (_, items) = TestFiles.ReadTdm(text);

        Assert.Equal(["KAENA-POINT", "ANTIGUA"], items.Select(item => item.Observation!.Sensor.Value));
        Assert.Equal(items[0].Observation!.Epoch, items[1].Observation!.Epoch);
        Assert.Equal(900, items[1].Observation!.RangeKm);
        Assert.Equal(("VALIDATED", "second", true), (items[1].Segment!.DataQuality, items[1].Segment!.Comments.Single(), items[1].Segment!.IsRoundTrip));
    }

    [Fact]
    public async Task ReadAsync_StreamGivingAFewBytesAtATime_GivesTheSameItems()
    {
        byte[] bytes = File.ReadAllBytes(TestFiles.Seed("observations/atlantic/ascension-1996-12.tdm"));
        var (_, expected) = TestFiles.ReadTdm(bytes);
        var reader = new TdmReader(new TricklingStream(bytes), new TdmReadOptions { FileName = "test.tdm", Now = TestFiles.Now });
        var items = new List<TdmItem>();
        await foreach (var item in reader.ReadAsync(TestContext.Current.CancellationToken)) items.Add(item);

        Assert.Equal(expected.Select(Key), items.Select(Key));

        static (Observation?, long, long) Key(TdmItem item) => (item.Observation, item.FirstLine, item.LastLine);
    }

    [Fact]
    public void Read_WindowsLineEndsAndByteOrderMark_AreTaken()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. Encoding.ASCII.GetBytes(TdmText.Message("RANGE = 2020-01-01T00:00:00 900").Replace("\n", "\r\n", StringComparison.Ordinal))];

        Assert.Equal(900, Assert.Single(TestFiles.ReadTdm(bytes).Items).Observation?.RangeKm);
    }

    [Fact]
    public void Read_KnownKeywordsWithoutAPlace_AreNoticedOnceAndLeaveTheObservationWhole()
    {
        var (reader, items) = TestFiles.ReadTdm(TdmText.Message(string.Join('\n', Enumerable.Range(0, 3).Select(s =>
            string.Create(CultureInfo.InvariantCulture, $"RANGE = 2020-01-01T00:00:0{s} 90{s}\nRCS = 2020-01-01T00:00:0{s} 2.9\nANGLE_2 = 2020-01-01T00:00:0{s} 10")))));

        var notice = Assert.Single(items, item => item.Issue is not null).Issue!;
        Assert.Equal((IssueSeverity.Notice, "RCS", 15), (notice.Severity, notice.Field, notice.Line));
        Assert.Equal(3, reader.Summary.Observations);
        Assert.All(items.Where(item => item.Observation is not null), item => Assert.NotNull(item.Observation!.ElevationRad));
    }

    [Fact]
    public void Read_RepeatsWithinTheWindow_AreFoundAcrossSegmentsOfOneSensorAndTag()
    {
        static string At(int second) => string.Create(CultureInfo.InvariantCulture, $"RANGE = {new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(second):yyyy-MM-dd'T'HH:mm:ss} 900");
        string first = TdmText.Message(string.Join('\n', Enumerable.Range(0, 4_097).Select(At)));
        string second = TdmText.Message($"{At(4_096)}\n{At(1)}\n{At(0)}");
        var (reader, items) = TestFiles.ReadTdm(first + second[second.IndexOf("META_START", StringComparison.Ordinal)..]);

        // The first is the 4,097th last when its repeat comes, so it is forgotten; the others are among the last 4,096.
        Assert.Equal((4_098, 2), (reader.Summary.Observations, reader.Summary.ObservationsRefused));
        Assert.Equal(["2020-01-01T01:08:16", "2020-01-01T00:00:01"], items.Where(item => item.Issue is not null).Select(item => item.Issue!.Value));
    }

    [Fact]
    public async Task ReadAsync_Cancelled_Throws()
    {
        var reader = new TdmReader(new TricklingStream(Encoding.ASCII.GetBytes(TdmText.Message("RANGE = 2020-01-01T00:00:00 900"))), new TdmReadOptions { FileName = "test.tdm", Now = TestFiles.Now });
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in reader.ReadAsync(cancelled.Token)) { }
        });
    }

    [Theory]
    [InlineData(0, 1_024)]
    [InlineData(1_000, 63)]
    [InlineData(1_000, 1_048_577)]
    public void New_LimitOutOfRange_Throws(int maxIssues, int maxLineBytes)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new TdmReader(Stream.Null, new TdmReadOptions { FileName = "test.tdm", Now = TestFiles.Now, MaxIssues = maxIssues, MaxLineBytes = maxLineBytes }));

    private static Observation One(string data, string metadata)
    {
        var (_, items) = TestFiles.ReadTdm(TdmText.Message(data, metadata));
        return Assert.Single(items).Observation ?? throw new InvalidOperationException(items[0].Issue!.ToString());
    }

    private sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 7));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => base.ReadAsync(buffer[..Math.Min(buffer.Length, 7)], cancellationToken);
    }
}

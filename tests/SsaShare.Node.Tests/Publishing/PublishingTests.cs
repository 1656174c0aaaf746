using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SsaShare.Agreements;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering.Tests;
using SsaShare.Protocol;
using SsaShare.Signing;

namespace SsaShare.Node.Tests;

public sealed class PublishingTests : IDisposable
{
    private static readonly Label Label = new(HandlingLevel.PartnersOnly, DataMode.Real, null, OriginatorControlled: false);
    private readonly ManualTime _time = new();
    private readonly MemoryRecords _records = new();
    private readonly Party _atlantic;
    private readonly OwnSensors _own;
    private readonly IngestDesk _desk;

    public PublishingTests()
    {
        _atlantic = Party.Create("atlantic", _time);
        _own = new OwnSensors(_atlantic.Identity, _records);
        var publisher = new Publisher(_records, _atlantic.Partner, _atlantic.Identity.SigningKey, _time);
        _desk = new IngestDesk(_atlantic.Identity, publisher, _own, new MemoryQuarantine(), Options.Create(new QuarantineOptions()), _time, NullLogger<IngestDesk>.Instance);
    }

    private const string Opm = """
        CCSDS_OPM_VERS = 2.0
        OBJECT_ID = 2020-001A
        CENTER_NAME = EARTH
        REF_FRAME = EME2000
        TIME_SYSTEM = UTC
        EPOCH = 2024-05-01T12:00:00
        X = 7000
        Y = 0
        Z = 0
        X_DOT = 0
        Y_DOT = 5
        Z_DOT = 5.5

        """;

    private const string Omm = """
        CCSDS_OMM_VERS = 2.0
        OBJECT_ID = 2020-001A
        CENTER_NAME = EARTH
        REF_FRAME = TEME
        TIME_SYSTEM = UTC
        MEAN_ELEMENT_THEORY = SGP4
        EPOCH = 2024-05-01T12:00:00
        MEAN_MOTION = 15.5
        ECCENTRICITY = .0007
        INCLINATION = 51.64
        RA_OF_ASC_NODE = 270
        ARG_OF_PERICENTER = 90
        MEAN_ANOMALY = 180
        BSTAR = .12E-3

        """;

    [Fact]
    public async Task PublishFile_OfAnUnknownSensor_IsRefusedAndNothingStored()
    {
        var outcome = await FileAsync("RADAR-1", 3);
        Assert.Equal((0, 1), (outcome.Accepted, outcome.Refused));
        Assert.Contains(outcome.Issues, issue => issue.Value == "RADAR-1" && issue.File == "pass.tdm");
        Assert.Empty(await _records.CountAsync(CancellationToken.None));
    }

    [Fact]
    public async Task PublishFile_AfterItsSensorIsPublished_IsAccepted()
    {
        await FileAsync("RADAR-1", 1);
        Assert.Equal((1, 0), Counts(await SensorAsync("RADAR-1")));
        var outcome = await FileAsync("RADAR-1", 3);
        Assert.Equal((3, 0, 0), (outcome.Accepted, outcome.Duplicates, outcome.Refused));
        Assert.Empty(outcome.Issues);
        var stored = await _records.ReadAsync(0, [RecordClass.Observation], 10, CancellationToken.None);
        Assert.All(stored, record => Assert.Equal((_atlantic.Partner, Label), (record.Record.Facts.Originator, record.Record.Facts.Label)));
        Assert.Equal(2_000, ObservationCodec.TryDecode(stored[0].Record.Payload.Span)?.RangeKm);
    }

    [Fact]
    public async Task PublishFile_Twice_AddsNothing()
    {
        await SensorAsync("RADAR-1");
        await FileAsync("RADAR-1", 3);
        var again = await FileAsync("RADAR-1", 4);
        Assert.Equal((1, 3), (again.Accepted, again.Duplicates));
    }

    [Fact]
    public async Task PublishFile_OneBadLine_KeepsTheRest()
    {
        await SensorAsync("RADAR-1");
        var outcome = await IngestAsync(Encoding.UTF8.GetBytes(Tdm("RADAR-1", 3).Replace(" 2001.000", " far", StringComparison.Ordinal)), "pass.tdm");
        Assert.Equal((2, 1), (outcome.Accepted, outcome.Refused));
        Assert.Equal("RANGE", outcome.Issues.Single().Field);
    }

    [Fact]
    public async Task PublishFile_OfOrbitMessages_StoresStatesAndElementsThatAPeerCanOpen()
    {
        byte[] file = Encoding.UTF8.GetBytes(Opm + Omm + Omm.Replace("15.5", "many", StringComparison.Ordinal));
        var outcome = await IngestAsync(file, "orbits.opm");
        Assert.Equal((2, 0, 1, "MEAN_MOTION"), (outcome.Accepted, outcome.Duplicates, outcome.Refused, outcome.Issues.Single().Field));
        var stored = await _records.ReadAsync(0, [RecordClass.OrbitState, RecordClass.ElementSet], 10, CancellationToken.None);
        Assert.Equal([RecordClass.OrbitState, RecordClass.ElementSet], stored.Select(one => one.Record.Facts.Class));
        Assert.All(stored, one => Assert.Equal((_atlantic.Partner, "2020-001A", OrbitalRegime.Leo), (one.Record.Facts.Originator, one.Record.Facts.ObjectTag, one.Record.Facts.Regime)));
        Assert.All(stored, one => Assert.Equal(one.Record.Facts,
            RecordFactory.TryOpen(one.Record.Facts.Class, one.Record.Payload, one.Record.Label, _atlantic.Partner, default)!.Facts));
        Assert.Equal(2, (await IngestAsync(file, "again.opm")).Duplicates);
    }

    [Fact]
    public async Task PublishFile_LongerThanItsHead_IsReadFromTheBeginning()
    {
        byte[] file = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 100).Select(i => Omm.Replace("15.5", $"15.{i:000}", StringComparison.Ordinal))));
        Assert.True(file.Length > 3 * SsaShare.Formats.MessageFormats.HeadBytes);
        Assert.Equal((100, 0), Counts(await IngestAsync(file, "many.omm")));
    }

    [Fact]
    public async Task PublishSensor_OfAnotherOwner_IsRefused()
    {
        var outcome = await SensorAsync("RADAR-1", owner: "pacific");
        Assert.Equal((0, 1, "owner", "pacific"), (outcome.Accepted, outcome.Refused, outcome.Issues.Single().Field, outcome.Issues.Single().Value));
        Assert.Equal(0, (await FileAsync("RADAR-1", 1)).Accepted);
    }

    [Fact]
    public async Task PublishSensor_Malformed_IsRefusedWithTheReason()
    {
        var outcome = await IngestAsync("{}"u8.ToArray(), "radar.json");
        Assert.Equal((0, 1), (outcome.Accepted, outcome.Refused));
        Assert.NotEmpty(outcome.Issues);
    }

    [Fact]
    public async Task PublishSensor_Twice_AddsNothing()
    {
        await SensorAsync("RADAR-1");
        Assert.Equal((0, 1), Counts(await SensorAsync("RADAR-1")));
    }

    [Fact]
    public async Task OwnSensors_SensorReceivedFromAPeer_IsNotOwn()
    {
        var site = new Sensor(SensorId.Parse("RADAR-9"), PartnerId.Parse("pacific"), "Theirs", new Geodetic(0, 0, 0), new MeasurementFigures(0.1, null, null, null), new MeasurementFigures(null, null, null, null));
        _records.Receive(RecordFactory.Seal(site, LabelCodec.Seal(Label), Epoch.J2000), site.Owner, new AgreementId(Hash256.Of("an agreement"u8)));
        await _own.LoadAsync(CancellationToken.None);
        Assert.False(_own.IsKnown(site.Id));
    }

    [Fact]
    public async Task OwnSensors_MoreThanAPage_AreAllKnown()
    {
        for (int i = 0; i < 1_005; i++) await SensorAsync($"RADAR-{i}");
        await _own.LoadAsync(CancellationToken.None);
        Assert.True(_own.IsKnown(SensorId.Parse("RADAR-0")) && _own.IsKnown(SensorId.Parse("RADAR-1004")));
    }

    public void Dispose()
    {
        _own.Dispose();
        _atlantic.Dispose();
    }

    private static (long, long) Counts(IngestOutcome outcome) => (outcome.Accepted, outcome.Duplicates);

    private Task<IngestOutcome> IngestAsync(byte[] content, string name)
        => _desk.IngestAsync(new IngestFile(IngestSource.Grpc, name, Label), new MemoryStream(content), null, CancellationToken.None);

    private Task<IngestOutcome> FileAsync(string sensor, int observations)
        => IngestAsync(Encoding.UTF8.GetBytes(Tdm(sensor, observations)), "pass.tdm");

    private Task<IngestOutcome> SensorAsync(string id, string owner = "atlantic") => IngestAsync(Encoding.UTF8.GetBytes($$"""
        { "format": "ssashare-sensor/1", "id": "{{id}}", "owner": "{{owner}}", "name": "A radar", "latitude_deg": 10, "longitude_deg": 20, "height_m": 0,
          "sigma_range_m": 50, "sigma_azimuth_deg": 0.01, "sigma_elevation_deg": 0.01 }
        """), "radar.json");

    /// <summary>Invented: one range and two angles a second. RANGE is two-way, as PATH 1,2,1 wants it.</summary>
    private static string Tdm(string sensor, int observations)
    {
        var text = new StringBuilder($"""
            CCSDS_TDM_VERS = 2.0
            CREATION_DATE = 2026-01-01T00:00:00
            ORIGINATOR = atlantic

            META_START
            TIME_SYSTEM = UTC
            PARTICIPANT_1 = {sensor}
            PARTICIPANT_2 = 5398
            MODE = SEQUENTIAL
            PATH = 1,2,1
            RANGE_UNITS = km
            ANGLE_TYPE = AZEL
            META_STOP

            DATA_START

            """);
        for (int i = 0; i < observations; i++)
            text.Append($"RANGE = 2025-12-15T02:24:{i:00}.000 {(i == 0 ? 4_000 : 2_000 + i)}.000\nANGLE_1 = 2025-12-15T02:24:{i:00}.000 187.5\nANGLE_2 = 2025-12-15T02:24:{i:00}.000 44.1\n");
        return text.Append("DATA_STOP\n").ToString();
    }
}

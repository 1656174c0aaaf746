using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering.Tests;

namespace SsaShare.Node.Tests;

/// <summary>A desk over stores in memory, with files for it. Its node is of 'atlantic'.</summary>
internal sealed class IngestHarness : IDisposable
{
    public static readonly Label Label = new(HandlingLevel.PartnersOnly, DataMode.Real, null, OriginatorControlled: false);
    private readonly OwnSensors _own;

    public IngestHarness(IPublicationStore? publications = null)
    {
        Atlantic = Party.Create("atlantic", Time);
        _own = new OwnSensors(Atlantic.Identity, Records);
        var publisher = new Publisher(publications ?? Records, Atlantic.Partner, Atlantic.Identity.SigningKey, Time);
        Desk = new IngestDesk(Atlantic.Identity, publisher, _own, Quarantine, Options.Create(new QuarantineOptions()), Time, NullLogger<IngestDesk>.Instance);
        QuarantineDesk = new QuarantineDesk(Quarantine, Desk, NullLogger<QuarantineDesk>.Instance);
    }

    public ManualTime Time { get; } = new();
    public MemoryRecords Records { get; } = new();
    public MemoryQuarantine Quarantine { get; } = new();
    public Party Atlantic { get; }
    public IngestDesk Desk { get; }
    public QuarantineDesk QuarantineDesk { get; }

    public Task<IngestOutcome> IngestAsync(string text, string name = "pass.tdm") => IngestAsync(Encoding.UTF8.GetBytes(text), name);

    public Task<IngestOutcome> IngestAsync(byte[] content, string name = "pass.tdm")
        => Desk.IngestAsync(new IngestFile(IngestSource.Rest, name, Label), new MemoryStream(content), null, CancellationToken.None);

    public async Task<int> CountAsync() => (int)(await Records.CountAsync(CancellationToken.None)).Sum(count => count.Count);

    public void Dispose()
    {
        _own.Dispose();
        Atlantic.Dispose();
    }

    public static string Sensor(string id, string owner = "atlantic") => $$"""
        { "format": "ssashare-sensor/1", "id": "{{id}}", "owner": "{{owner}}", "name": "A radar", "latitude_deg": 10, "longitude_deg": 20, "height_m": 0,
          "sigma_range_m": 50, "sigma_azimuth_deg": 0.01, "sigma_elevation_deg": 0.01 }
        """;

    /// <summary>Invented: a range a second, one-way, from 2,000 km on.</summary>
    public static string Tdm(string sensor, int observations, int firstSecond = 0)
    {
        var text = new StringBuilder($"CCSDS_TDM_VERS = 2.0\nCREATION_DATE = 2026-01-01T00:00:00\nORIGINATOR = atlantic\n{Metadata(sensor)}");
        for (int i = firstSecond; i < firstSecond + observations; i++) text.Append(Range(i, $"{2_000 + i}.0"));
        return text.Append("DATA_STOP\n").ToString();
    }

    public static string Metadata(string sensor)
        => $"META_START\nTIME_SYSTEM = UTC\nPARTICIPANT_1 = {sensor}\nPARTICIPANT_2 = 5398\nMODE = SEQUENTIAL\nPATH = 2,1\nRANGE_UNITS = km\nMETA_STOP\nDATA_START\n";

    public static string Range(int second, string value) => $"RANGE = 2025-12-{15 + second / 86_400:00}T{second / 3_600 % 24:00}:{second / 60 % 60:00}:{second % 60:00}.000 {value}\n";
}

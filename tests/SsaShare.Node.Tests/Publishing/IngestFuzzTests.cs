using System.Text;
using SsaShare.Exchange;

namespace SsaShare.Node.Tests;

/// <summary>What stands beside a file, in a query or in a token comes from strangers' hands: it is read or it is not.</summary>
public sealed class IngestFuzzTests
{
    [Fact]
    public void FolderLabel_OfMutatedBytes_IsALabelOrAFault()
    {
        byte[] valid = """{ "level": "Restricted", "mode": "Exercise", "releasable_to": ["pacific", "arctic"], "originator_controlled": true }"""u8.ToArray();
        int read = 0;
        foreach (byte[] input in Mutations.Of(valid, Nightly.FuzzInputs, seed: 61))
        {
            bool isLabel = FolderLabel.TryRead(input, out var label, out string? fault);
            Assert.True(isLabel ? label is not null && fault is null : label is null && fault is { Length: > 0 });
            if (isLabel) read++;
        }
        Assert.InRange(read, Nightly.FuzzInputs / 100, Nightly.FuzzInputs * 9 / 10);
    }

    [Fact]
    public void FolderOutcome_OfMutatedBytes_StaysInsideItsFolder()
    {
        byte[] valid = new FolderOutcome(FolderOutcome.Done, "pass.tdm").ToJson("pass.tdm", null, "why", DateTimeOffset.UnixEpoch);
        foreach (byte[] input in Mutations.Of(valid, Nightly.FuzzInputs, seed: 62))
            if (FolderOutcome.TryRead(input) is { } outcome)
                Assert.Equal(Path.Combine("/folder", outcome.Place), Path.GetDirectoryName(Path.GetFullPath(Path.Combine("/folder", outcome.Place, outcome.As))));
        Assert.Null(FolderOutcome.TryRead(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(valid).Replace("pass.tdm", "../pass.tdm", StringComparison.Ordinal))));
    }

    [Fact]
    public void IngestFormats_OfMutatedHeads_AreTold()
    {
        byte[] valid = Encoding.UTF8.GetBytes(IngestHarness.Sensor("RADAR"));
        var told = Mutations.Of(valid, Nightly.FuzzInputs, seed: 64).CountBy(input => IngestFormats.Of(input).Name).ToDictionary();
        Assert.Equal(["TDM", "notice", "sensor"], told.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("sensor", IngestFormats.Of("\uFEFF { \"x\": [ { \"format\": \"ssashare-event/1\" } ], \"format\": \"ssashare-sensor/1\" "u8.ToArray()).Name);
        Assert.Equal("notice", IngestFormats.Of("{ \"format\": \"ssashare-event/1\""u8.ToArray()).Name);
        Assert.Equal("CDM", IngestFormats.Of("CCSDS_CDM_VERS = 1.0\n"u8.ToArray()).Name);
    }

    [Fact]
    public void QuarantineToken_OfMutatedText_IsAPlaceOrNone()
    {
        var entry = QuarantineEntry.Create(new QuarantinePlace(IngestSource.Cli, "a", 1, "b", "c", false), new QuarantineContent("TDM", default, default, default, false), default, SsaShare.Domain.Epoch.J2000);
        string valid = QuarantineToken.Write(entry);
        Assert.Equal((entry.Time, entry.Id), QuarantineToken.TryRead(valid));
        foreach (byte[] input in Mutations.Of(Encoding.UTF8.GetBytes(valid), Nightly.FuzzInputs, seed: 63))
            if (QuarantineToken.TryRead(Encoding.Latin1.GetString(input)) is { } place) Assert.NotEqual(default, place.Id);
    }
}

using System.IO.Compression;
using System.Text;

namespace SsaShare.Node.Tests;

/// <summary>Files as they lie on disks: compressed, in wide characters, cut off.</summary>
public sealed class PackedFileTests : IDisposable
{
    private readonly IngestHarness _node = new();

    public void Dispose() => _node.Dispose();

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("UTF-16")]
    public async Task Ingest_PackedOrWide_IsTheSameAsPlain(string form)
    {
        string text = await TextAsync(40);
        byte[] packed = form switch { "gzip" => Gzip(text), "zstd" => Zstd(text), _ => [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)] };
        var outcome = await _node.IngestAsync(packed);
        Assert.Equal(("TDM", 40, 0, (long)packed.Length), (outcome.Format, outcome.Accepted, outcome.Refused, outcome.Bytes));
        Assert.Equal(40, (await _node.IngestAsync(text)).Duplicates);
    }

    [Fact]
    public async Task Ingest_CutOffInTheMiddle_KeepsWhatCameAndSaysWhereItEnded()
    {
        byte[] whole = Gzip(await TextAsync(4_000));
        var outcome = await _node.IngestAsync(whole[..(whole.Length / 2)]);
        Assert.InRange(outcome.Accepted, 1, 3_999);
        var issue = Assert.Single(outcome.Issues, issue => issue.Field == "file");
        Assert.Equal("gzip", issue.Value);
        Assert.InRange(issue.Line, outcome.Accepted, 4_100);
        Assert.False(outcome.IsReadToEnd);
        Assert.Equal(4_000, outcome.Accepted + (await _node.IngestAsync(whole)).Accepted);
    }

    [Fact]
    public async Task Ingest_DamagedFromTheFirstByte_RefusesOnceAndStoresNothing()
    {
        var outcome = await _node.IngestAsync([0x1F, 0x8B, 0x08, 0x00, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
        Assert.Equal((0, 1, false), (outcome.Accepted, outcome.Refused, outcome.IsReadToEnd));
        Assert.Equal(0, await _node.CountAsync());
    }

    [Fact]
    public async Task Ingest_LineThatIsWrong_IsToldByItsLineInTheTextAndMendedAsText()
    {
        string text = (await TextAsync(10)).Replace("2003.0", "many", StringComparison.Ordinal);
        var outcome = await _node.IngestAsync(Gzip(text));
        Assert.Equal((9, 1), (outcome.Accepted, outcome.Refused));
        var entry = Assert.Single(_node.Quarantine.All);
        Assert.Contains("many", Encoding.UTF8.GetString(entry.Content.Text.Span), StringComparison.Ordinal);
        Assert.Contains("many", text.Split('\n')[entry.Place.Line - 1], StringComparison.Ordinal);
    }

    private async Task<string> TextAsync(int observations)
    {
        await _node.IngestAsync(IngestHarness.Sensor("RADAR-1"), "sensor.json");
        return IngestHarness.Tdm("RADAR-1", observations);
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private static byte[] Zstd(string text)
    {
        using var packer = new ZstdSharp.Compressor();
        return packer.Wrap(Encoding.UTF8.GetBytes(text)).ToArray();
    }
}

using System.IO.Compression;
using System.Text;

namespace SsaShare.Formats.Tests.Files;

/// <summary>Whatever a file came as, its reader gets the same text; what cannot be had is told, and never taken for the end.</summary>
[Collection(nameof(Alone))]
public sealed class FormatSourceTests
{
    private static readonly string Long = string.Concat(Enumerable.Range(0, 30_000).Select(i => $"line {i} of a text with the letters ä and 軌道 in it\n"));

    public static TheoryData<string, string> Packings => new()
    {
        { "", "UTF-8" },
        { "gzip", "gzip" },
        { "zstd", "zstd" },
        { "gzip gzip", "gzip, gzip" },
        { "zstd gzip", "gzip, zstd" },
        { "members", "gzip" },
        { "frames", "zstd" },
    };

    [Theory, MemberData(nameof(Packings))]
    public async Task Open_CompressedText_IsTheText(string packing, string description)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Long);
        byte[] packed = packing switch
        {
            "members" => [.. Pack(bytes[..9_999], "gzip"), .. Pack(bytes[9_999..], "gzip"), .. Pack([], "gzip")],
            "frames" => [.. Pack(bytes[..9_999], "zstd"), .. Pack(bytes[9_999..], "zstd")],
            _ => Pack(bytes, packing),
        };
        using var source = FormatSource.Open(new MemoryStream(packed));
        Assert.Equal(description, source.Description);
        Assert.Equal(Long, await AssertReadsAlike(packed));
        Assert.Equal(bytes[..FileFormat.HeadBytes], source.Head.ToArray());
        Assert.Equal(Long[..1_000], ReadText(source.Stream, bufferBytes: 7)[..1_000]);
        Assert.Equal(packed.Length, source.BytesRead);
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    [InlineData("utf-32BE", false)]
    public async Task Open_EncodedText_IsUtf8WithoutAMark(string name, bool isMarked)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. isMarked ? encoding.GetPreamble() : [], .. encoding.GetBytes(Long)];
        Assert.Equal(Long, await AssertReadsAlike(bytes));
        Assert.Equal(Long, await AssertReadsAlike(Pack(bytes, "gzip")));
        using var source = FormatSource.Open(new MemoryStream(bytes));
        Assert.StartsWith("line 0 of a text", Encoding.UTF8.GetString(source.Head.Span));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    public async Task Open_LinesThatEndWithCrAlone_EndWithLf(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Long.Replace('\n', '\r'))];
        Assert.Equal(Long, await AssertReadsAlike(bytes));
        using var source = FormatSource.Open(new MemoryStream(bytes));
        Assert.StartsWith(Long[..100], Encoding.UTF8.GetString(source.Head.Span));
    }

    [Fact]
    public async Task Open_FirstBytesThatEndWithinACrLf_AreLeftAsTheyAre()
    {
        string text = new string('x', FileFormat.HeadBytes - 1) + "\r\nnext\r\n";
        Assert.Equal(text, await AssertReadsAlike(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-32BE")]
    [InlineData("iso-8859-1")]
    public void Open_Xml_KeepsItsOwnEncodingButShowsItsHead(string name)
    {
        byte[] bytes = Encoding.GetEncoding(name).GetBytes($"<?xml version='1.0' encoding='{name}'?>\n<greeting>Grüße</greeting>");
        using var source = FormatSource.Open(new MemoryStream(Pack(bytes, "zstd")));
        Assert.StartsWith("<?xml version", Encoding.UTF8.GetString(source.Head.Span));
        var copy = new MemoryStream();
        source.Stream.CopyTo(copy);
        Assert.Equal(bytes, copy.ToArray());
    }

    [Theory]
    [InlineData("minimalist-UCS-4-BE-BOM.xml", "<?xml")]
    [InlineData("minimalist-UCS-4-BE.xml", "<?xml")]
    [InlineData("minimalist-UCS-4-LE-BOM.xml", "<?xml")]
    [InlineData("minimalist-UCS-4-LE.xml", "<?xml")]
    [InlineData("minimalist-UTF-16-BE-BOM.xml", "<?xml")]
    [InlineData("minimalist-UTF-16-BE.xml", "<?xml")]
    [InlineData("minimalist-UTF-16-LE-BOM.xml", "<?xml")]
    [InlineData("minimalist-UTF-16-LE.xml", "<?xml")]
    [InlineData("minimalist-UTF-8-BOM.xml", "<?xml")]
    [InlineData("minimalist-UTF-8.xml", "<?xml")]
    [InlineData("minimalist-UTF-8.kvn", "CCSDS_XYZ_VERSION")]
    public void Open_PublishedEncoding_ShowsItsHead(string file, string begins)
    {
        using var stream = File.OpenRead(TestFiles.Reference(Path.Combine("ccsds/orekit/lexical", file)));
        using var source = FormatSource.Open(stream);
        Assert.StartsWith(begins, Encoding.UTF8.GetString(source.Head.Span));
    }

    [Fact]
    public async Task Open_Latin1_IsTakenAsSuchByteByByteAndTold()
    {
        byte[] bytes = [.. "ASCII\nder Satellit h"u8, 0xF6, .. "rt auf: ä\n"u8, 0xFF, 0x80, (byte)'\n', 0xE4];
        Assert.Equal("ASCII\nder Satellit hört auf: ä\n\u00FF\u0080\nä", await AssertReadsAlike(bytes));
        foreach (var (mode, severity) in new[] { (ReadMode.Strict, IssueSeverity.Refused), (ReadMode.Lenient, IssueSeverity.Notice) })
        {
            using var source = FormatSource.Open(new MemoryStream(bytes));
            var issue = Assert.Single(source.Read(LineFormat.Lines, LineFormat.Options(mode)).Read(), item => item.Issue is not null).Issue!;
            Assert.Equal((2, severity, "encoding", "0xF6"), (issue.Line, issue.Severity, issue.Field, issue.Value));
        }
    }

    [Fact]
    public async Task Open_RandomBytes_ReadAlikeHoweverTheyCome()
    {
        var random = new Random(6);
        for (int i = 0; i < 300; i++)
        {
            byte[] bytes = new byte[random.Next(200_000 / (1 + i))];
            random.NextBytes(bytes);
            if (i % 2 == 0) bytes = [.. Encoding.UTF8.GetBytes(Long[..random.Next(3_000)]), .. bytes];
            if (FormatSource.Open(new MemoryStream(bytes)) is { Failure: null, Description: "UTF-8" }) await AssertReadsAlike(bytes);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task Read_CompressedFileCutOffAnywhere_IsRefusedWithTheLine(string packing)
    {
        byte[] packed = Pack(Encoding.UTF8.GetBytes(Long), packing);
        var random = new Random(5);
        foreach (int length in Enumerable.Range(1, 12).Select(less => packed.Length - less).Concat(Enumerable.Range(0, 60).Select(_ => random.Next(5, packed.Length))))
        {
            var items = await LineFormat.ReadBoth(packed[..length]);
            var issue = Assert.Single(items, item => item.Issue is not null).Issue!;
            Assert.Equal(("file", packing, IssueSeverity.Refused), (issue.Field, issue.Value, issue.Severity));
            // Every line that was given is whole.
            Assert.Equal(items.Count, issue.Line);
            Assert.All(items.SkipLast(1), item => Assert.EndsWith("in it", item.Value));
        }
    }

    [Fact]
    public async Task Read_DamagedOrFollowedGzip_IsRefused()
    {
        byte[] packed = Pack(Encoding.UTF8.GetBytes(Long), "gzip");
        packed[^6] ^= 1;
        Assert.Equal("damaged or cut off here", (await LineFormat.ReadBoth(packed))[^1].Issue?.Reason);
        packed[^6] ^= 1;
        Assert.Null((await LineFormat.ReadBoth(packed))[^1].Issue);
        Assert.NotNull((await LineFormat.ReadBoth([.. packed, 0, 0, 0]))[^1].Issue);
        Assert.NotNull((await LineFormat.ReadBoth([.. packed, .. packed[..40]]))[^1].Issue);
    }

    [Fact]
    public async Task Read_MoreThanTwiceCompressed_IsRefused()
    {
        var issue = Assert.Single(await LineFormat.ReadBoth(Pack("text"u8.ToArray(), "gzip gzip zstd"))).Issue!;
        Assert.Equal(("compressed more than 2 times", 1), (issue.Reason, issue.Line));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("zstd gzip")]
    public async Task Read_BombOfZeros_StopsAtTheRatio(string packing)
    {
        byte[] packed = Pack(new byte[40 << 20], packing);
        long before = GC.GetTotalAllocatedBytes();
        var items = await LineFormat.ReadBoth(packed, new FormatSourceOptions { MaxRatio = 100 });
        Assert.Contains("more than 100 times", Assert.Single(items, item => item.Issue is not null && item.Issue.Reason.Contains("times", StringComparison.Ordinal)).Issue!.Reason);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 50 << 20);
    }

    [Fact]
    public async Task Read_MoreThanTheLimit_IsRefusedWithTheLine()
    {
        var items = await LineFormat.ReadBoth(Pack(Encoding.UTF8.GetBytes(Long), "zstd"), new FormatSourceOptions { MaxBytes = 100_000 });
        Assert.Equal("expands to more than 100,000 bytes", items[^1].Issue!.Reason);
        Assert.InRange(items[^1].Issue!.Line, 500, 2_000);
    }

    [Fact]
    public async Task Read_HalfACharacterOfUtf16_IsRefused()
        => Assert.Equal("UTF-16LE", (await LineFormat.ReadBoth([.. Encoding.Unicode.GetBytes("a\nb\nc"), 0x00, 0xD8, (byte)'x', 0]))[^1].Issue?.Value);

    [Fact]
    public async Task Read_Nothing_IsNothing() => Assert.Empty(await LineFormat.ReadBoth([]));

    internal static byte[] Pack(byte[] bytes, string packing)
    {
        foreach (string one in packing.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var packed = new MemoryStream();
            using (Stream layer = one == "gzip" ? new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true) : new ZstdSharp.CompressionStream(packed, leaveOpen: true)) layer.Write(bytes);
            bytes = packed.ToArray();
        }
        return bytes;
    }

    /// <summary>Sync and async, in large and in very small pieces.</summary>
    private static async Task<string> AssertReadsAlike(byte[] bytes)
    {
        using var source = FormatSource.Open(new MemoryStream(bytes));
        string text = ReadText(source.Stream, bufferBytes: 50_000);
        using var dripping = FormatSource.Open(new DrippingStream(bytes));
        Assert.Equal(text, ReadText(dripping.Stream, bufferBytes: 31));
        await using var asynchronous = new DrippingStream(bytes);
        using var third = await FormatSource.OpenAsync(asynchronous);
        var copy = new MemoryStream();
        await third.Stream.CopyToAsync(copy, 1_000);
        Assert.Equal(text, Encoding.UTF8.GetString(copy.ToArray()));
        return text;
    }

    private static string ReadText(Stream stream, int bufferBytes)
    {
        var copy = new MemoryStream();
        stream.CopyTo(copy, bufferBytes);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(copy.ToArray());
    }
}

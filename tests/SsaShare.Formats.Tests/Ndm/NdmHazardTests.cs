using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Documents made to harm their reader.</summary>
public sealed class NdmHazardTests
{
    private const string Head = "<?xml version=\"1.0\"?>\n<opm id=\"CCSDS_OPM_VERS\" version=\"3.0\"><header>";

    [Theory]
    [InlineData("<!DOCTYPE opm SYSTEM \"file:///etc/passwd\"><opm/>")]
    [InlineData("<!DOCTYPE opm [<!ENTITY a SYSTEM \"http://127.0.0.1:1/x\">]><opm>&a;</opm>")]
    [InlineData("<!DOCTYPE opm [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><opm>&c;</opm>")]
    public void Xml_ADocumentType_IsRefusedWhatItSays(string xml)
    {
        var issue = Assert.Single(NdmFile.Read(xml, NdmSyntax.Xml).Issues);
        Assert.Equal("a document type declaration", issue.Reason);
    }

    [Fact]
    public void Xml_AnEntityThatIsNotXmls_IsRefused()
        => Assert.Contains("not well-formed", Assert.Single(NdmFile.Read($"{Head}<ORIGINATOR>&passwd;</ORIGINATOR></header></opm>", NdmSyntax.Xml).Issues).Reason, StringComparison.Ordinal);

    [Fact]
    public void Xml_ElementsInElements_AreRefusedAtADepth()
    {
        string deep = Head + string.Concat(Enumerable.Repeat("<a>", 100_000));
        Assert.Contains(NdmFile.Read(deep, NdmSyntax.Xml).Issues, issue => issue.Reason.Contains("deep", StringComparison.Ordinal) || issue.Reason.Contains("element in which others", StringComparison.Ordinal));
    }

    public static TheoryData<string> Floods { get; } = new(
        $"{Head}<ORIGINATOR a=\"@\">x</ORIGINATOR>", $"{Head}<ORIGINATOR>@</ORIGINATOR>", $"{Head}<@>", $"{Head}<!-- @ -->", $"{Head}<?p @?>", "<opm @", $"{Head}<![CDATA[@]]>");

    /// <summary>Text without end costs no more than a limit, wherever it stands.</summary>
    [Theory, MemberData(nameof(Floods))]
    public void Xml_ANodeWithoutEnd_IsRefusedInBoundedMemory(string xml)
    {
        string[] parts = xml.Split('@');
        using var stream = new FloodStream(Encoding.UTF8.GetBytes(parts[0]), (byte)'a', 1L << 30);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var issues = new NdmReader(stream, NdmSyntax.Xml, NdmFile.Options(ReadMode.Strict, "flood")).Read().Select(item => item.Issue).OfType<ReadIssue>().ToList();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40 << 20);
        Assert.InRange(stream.Given, 0, 4 << 20);
        Assert.NotEmpty(issues);
        Assert.All(issues, issue => Assert.True(issue.Line >= 1));
    }

    [Theory]
    [InlineData("{\"opm\": {\"id\": \"")]
    [InlineData("{\"opm\": {\"")]
    [InlineData("{\"opm\": {\"version\": 1")]
    public void Json_ATokenWithoutEnd_IsRefusedInBoundedMemory(string json)
    {
        using var stream = new FloodStream(Encoding.UTF8.GetBytes(json), (byte)'1', 1L << 30);
        var issue = new NdmReader(stream, NdmSyntax.Json, NdmFile.Options(ReadMode.Strict, "flood")).Read().Select(item => item.Issue).OfType<ReadIssue>().Single();
        Assert.Contains("bytes", issue.Reason, StringComparison.Ordinal);
        Assert.InRange(stream.Given, 0, 4 << 20);
    }

    [Fact]
    public void Json_ArraysInArrays_AreRefused()
        => Assert.Contains(NdmFile.Read("{\"opm\": {\"header\": " + new string('[', 10_000), NdmSyntax.Json).Issues, issue => issue.Reason == "not well-formed JSON");

    [Fact]
    public void Kvn_LinesWithoutEnd_AreRefusedInBoundedMemory()
    {
        using var stream = new FloodStream("CCSDS_OPM_VERS = 3.0\nORIGINATOR = "u8.ToArray(), (byte)'a', 1L << 24);
        var issues = new NdmReader(stream, NdmSyntax.Kvn, NdmFile.Options(ReadMode.Strict, "flood")).Read().Select(item => item.Issue).OfType<ReadIssue>().ToList();
        Assert.Contains(issues, issue => issue.Line == 2 && issue.Reason.Contains("longer than", StringComparison.Ordinal));
    }

    /// <summary>A message that never ends is given up: what is kept until it is known to be good has a limit.</summary>
    [Theory]
    [InlineData("CCSDS_OPM_VERS = 3.0\n", "USER_DEFINED_# = 1\n")]
    [InlineData("CCSDS_TDM_VERS = 2.0\nMETA_START\n", "COMMENT a\n")]
    public void Kvn_AMessageWithoutEnd_IsRefused(string head, string line)
    {
        string text = head + string.Concat(Enumerable.Range(0, 150_000).Select(n => line.Replace("#", $"{n}", StringComparison.Ordinal)));
        Assert.Contains(NdmFile.Read(text).Issues, issue => issue.Reason.Contains("more than 100000", StringComparison.Ordinal));
    }

    /// <summary>A few bytes, then one byte over and over.</summary>
    private sealed class FloodStream(byte[] head, byte fill, long length) : MemoryStream
    {
        public long Given { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            if (Given >= length) return 0;
            buffer.Fill(fill);
            if (Given < head.Length) head.AsSpan((int)Given, Math.Min(buffer.Length, head.Length - (int)Given)).CopyTo(buffer);
            Given += buffer.Length;
            return buffer.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    }
}

using System.Text;

namespace SsaShare.Formats.Tests;

public sealed class NdmRoundTripTests
{
    public static TheoryData<string, NdmSyntax> EveryKindAndSyntax { get; } = new(NdmText.All.SelectMany(one => Enum.GetValues<NdmSyntax>().Select(syntax => (one.Kind, syntax))));

    [Theory, MemberData(nameof(EveryKindAndSyntax))]
    public void Write_AMessage_IsReadBackTheSame(string kind, NdmSyntax syntax)
    {
        var (events, issues) = NdmFile.Read(NdmText.Of(kind));
        Assert.Empty(issues);
        byte[] written = NdmFile.Write(events, syntax, kind);
        var (back, backIssues) = NdmFile.Read(written, syntax);
        Assert.Empty(backIssues);
        Assert.Equal(NdmFile.Data(events), NdmFile.Data(back));
        Assert.Equal(events.Select(Structure), back.Select(Structure));
        Assert.Equal(Recognition.Certain, NdmFormats.Of(kind, syntax).Recognise(written));
        Assert.All(NdmFormats.All.Where(format => format.Name != NdmFormats.Of(kind, syntax).Name), format => Assert.Equal(Recognition.No, format.Recognise(written)));
    }

    [Fact]
    public void Write_SeveralMessages_AreCombinedAndReadBack()
    {
        var events = NdmText.All.SelectMany(one => NdmFile.Read(one.Text).Events).ToList();
        foreach (var syntax in Enum.GetValues<NdmSyntax>())
        {
            byte[] written = NdmFile.Write(events, syntax);
            Assert.Equal(syntax == NdmSyntax.Kvn, !Encoding.UTF8.GetString(written).Contains("ndm", StringComparison.Ordinal));
            var (back, issues) = NdmFile.Read(written, syntax);
            Assert.Empty(issues);
            Assert.Equal(NdmFile.Data(events), NdmFile.Data(back));
        }
    }

    /// <summary>The schema of XML has an order where that of KVN has none.</summary>
    [Fact]
    public void Write_MetadataOfATrackingMessageInXml_StandInTheStandardsOrder()
    {
        string text = NdmText.Tdm.Replace("TIME_SYSTEM = UTC\n", "MODE = SEQUENTIAL\nCOMMENT mode first\n", StringComparison.Ordinal).Replace("MODE = SEQUENTIAL\nPATH", "TIME_SYSTEM = UTC\nPATH", StringComparison.Ordinal);
        var (events, issues) = NdmFile.Read(text);
        Assert.Empty(issues);
        string xml = Encoding.UTF8.GetString(NdmFile.Write(events, NdmSyntax.Xml, "tdm"));
        int[] places = [.. new[] { "<COMMENT>mode first", "<TIME_SYSTEM>", "<PARTICIPANT_1>", "<MODE>", "<PATH>", "<ANGLE_TYPE>", "</metadata>" }.Select(word => xml.IndexOf(word, StringComparison.Ordinal))];
        Assert.Equal(places.Order(), places);
        Assert.True(places[0] > 0);
        Assert.Equal(NdmFile.Data(events), NdmFile.Data(NdmFile.Read(xml, NdmSyntax.Xml).Events));
    }

    [Fact]
    public void Write_TheIdAndCommentsOfACombinedMessage_StayInXmlAndJson()
    {
        string xml = $"<ndm><MESSAGE_ID>7</MESSAGE_ID><COMMENT>of all</COMMENT>{Encoding.UTF8.GetString(NdmFile.Write(NdmFile.Read(NdmText.Rdm).Events, NdmSyntax.Xml, "rdm")).Split('\n', 2)[1]}</ndm>";
        var (events, issues) = NdmFile.Read(xml, NdmSyntax.Xml);
        Assert.Empty(issues);
        foreach (var syntax in (NdmSyntax[])[NdmSyntax.Json, NdmSyntax.Xml])
        {
            events = NdmFile.Read(NdmFile.Write(events, syntax), syntax).Events;
            Assert.Equal(["BlockStart ndm ", "Field MESSAGE_ID 7", "Comment  of all", "MessageStart rdm 1.0"], events[..4].Select(one => $"{one.Kind} {one.Name} {one.Text}"));
        }
        var writer = NdmFormats.Of("ndm", NdmSyntax.Kvn).Create!(new MemoryStream(), new FormatWriteOptions { FileName = "out", Now = TestFiles.Now });
        Assert.Equal(("MESSAGE_ID", IssueSeverity.Notice), events.Select(writer.Write).OfType<ReadIssue>().Select(issue => (issue.Field, issue.Severity)).Single());
    }

    [Fact]
    public void Write_ASecondMessageAfterALongOneThatStandsAlone_IsRefused()
    {
        var writer = NdmFormats.Of("oem", NdmSyntax.Xml).Create!(new MemoryStream(), new FormatWriteOptions { FileName = "out", Now = TestFiles.Now });
        var events = NdmFile.Read(NdmText.Oem).Events;
        int row = events.FindIndex(one => one.Kind == NdmEventKind.Row);
        foreach (var one in events[..row].Concat(Enumerable.Repeat(events[row], 30_000)).Concat(events[row..])) Assert.Null(writer.Write(one));
        Assert.Contains("second message", writer.Write(events[0])!.Reason, StringComparison.Ordinal);
        Assert.Null(writer.Write(events[^1]));
        writer.Complete();
    }

    [Fact]
    public void Write_AnotherKindThanTheFormats_IsRefusedAndTheRestOfItPassedOver()
    {
        var stream = new MemoryStream();
        var writer = NdmFormats.Of("opm", NdmSyntax.Kvn).Create!(stream, new FormatWriteOptions { FileName = "out", Now = TestFiles.Now });
        var issues = NdmFile.Read(NdmText.Rdm).Events.Concat(NdmFile.Read(NdmText.Opm).Events).Select(writer.Write).OfType<ReadIssue>();
        Assert.Equal("rdm", Assert.Single(issues).Field);
        writer.Complete();
        Assert.StartsWith("CCSDS_OPM_VERS", Encoding.UTF8.GetString(stream.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_AControlCharacter_IsRefused()
    {
        var writer = NdmFormats.Of("ndm", NdmSyntax.Xml).Create!(new MemoryStream(), new FormatWriteOptions { FileName = "out", Now = TestFiles.Now });
        Assert.NotNull(writer.Write(NdmEvent.Comment("a\u0001b")));
        Assert.NotNull(writer.Write(NdmEvent.Comment("a\nb")));
        Assert.NotNull(writer.Write(NdmEvent.Comment("a\uD800b")));
        Assert.Null(writer.Write(NdmEvent.Comment("snow \u2603 and \U0001F6F0")));
    }

    [Fact]
    public void Write_TextsThatMeanSomethingInAnotherSyntax_SurviveAllOfThem()
    {
        string text = NdmText.Opm.Replace("COMMENT header", "COMMENT a <b> & \"c\" \\ {d} [e] = f", StringComparison.Ordinal).Replace("= TESTSAT", "= <&\"'\\>  two blanks [x]", StringComparison.Ordinal);
        var events = NdmFile.Read(text).Events;
        Assert.Contains(events, one => one is { Name: "OBJECT_NAME", Text: "<&\"'\\>  two blanks [x]" });
        foreach (var syntax in Enum.GetValues<NdmSyntax>())
            Assert.Equal(NdmFile.Data(events), NdmFile.Data(NdmFile.Read(NdmFile.Write(events, syntax), syntax).Events));
    }

    [Fact]
    public void Field_OfADouble_ReadsBackAsTheSameNumber()
    {
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (!double.IsFinite(value)) continue;
            Assert.True(NdmEvent.Field("X", value).TryNumber(out double back) && back.Equals(value));
            Assert.True(NdmValues.IsNumber(NdmEvent.Field("X", value).Text));
        }
    }

    [Theory, MemberData(nameof(EveryKindAndSyntax))]
    public async Task ReadAsync_OneByteAtATime_GivesTheSame(string kind, NdmSyntax syntax)
    {
        byte[] written = NdmFile.Write(NdmFile.Read(NdmText.Of(kind)).Events, syntax, kind);
        var expected = NdmFile.Read(written, syntax).Events;
        var found = new List<NdmEvent>();
        await foreach (var item in new NdmReader(new SlowStream(written), syntax, NdmFile.Options(ReadMode.Strict, "slow")).ReadAsync(TestContext.Current.CancellationToken))
            found.Add(item.Value ?? throw new InvalidOperationException(item.Issue!.ToString()));
        Assert.Equal(expected.Select(one => one.ToString()), found.Select(one => one.ToString()));
    }

    private static string Structure(NdmEvent one) => $"{one.Kind} {one.Name}";
}

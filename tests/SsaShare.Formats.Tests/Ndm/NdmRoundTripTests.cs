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

using System.Diagnostics;
using System.Text;

namespace SsaShare.Agreements.Tests;

/// <summary>Documents made to cost much: refused in seconds, and without taking memory of another order than their own size.</summary>
public sealed class BombTests
{
    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("a: &a [*a, *a]\n")]
    [InlineData("'")]
    [InlineData("\"\\")]
    [InlineData("a")]
    [InlineData(": ")]
    [InlineData("\n")]
    [InlineData("|\n ")]
    [InlineData("#")]
    [InlineData("\"\\u0041")]
    public void ReadYaml_AMillionBytesOfOneThing_IsRefusedQuickly(string piece) => RefusesQuickly(Repeat(piece, 1_000_000), text => AgreementDraft.ReadYaml(text).Issues);

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("\"\\u0041")]
    [InlineData("{\"a\":1,")]
    public void ReadPayload_AMillionBytesOfOneThing_IsRefusedQuickly(string piece) => RefusesQuickly(Repeat(piece, 1_000_000), text => Agreement.Read(text).Issues);

    [Theory]
    [InlineData("[")]
    [InlineData("grants: [{id: a}]\n")]
    public void Read_TenMillionBytes_IsRefusedUnread(string piece)
    {
        byte[] text = Repeat(piece, 10_000_000);
        RefusesQuickly(text, bytes => AgreementDraft.ReadYaml(bytes).Issues);
        RefusesQuickly(text, bytes => Agreement.Read(bytes).Issues);
        Assert.False(AgreementEnvelope.TryParse(text, out _, out _));
    }

    [Fact]
    public void ReadYaml_LaughsOfReferences_IsRefusedAtTheFirst()
    {
        string text = "a: &a [x, x]\n" + string.Concat(Enumerable.Range('b', 20).Select(c => $"{(char)c}: &{(char)c} [*{(char)(c - 1)}, *{(char)(c - 1)}]\n"));
        Assert.Equal("line 1, column 4: Anchors are not allowed: '&a'.", AgreementDraft.ReadYaml(Encoding.UTF8.GetBytes(text)).Issues.Single().ToString());
    }

    [Fact]
    public void ReadYaml_TheSameKeyTwiceAnywhere_IsRefused()
    {
        foreach (string line in Whole.Yaml.ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal) && line.Contains(": ", StringComparison.Ordinal)))
        {
            string text = Whole.Yaml.ReplaceLineEndings("\n").Replace(line + "\n", line + "\n" + line + "\n", StringComparison.Ordinal);
            Assert.Contains("is given twice", AgreementDraft.ReadYaml(Encoding.UTF8.GetBytes(text)).Issues[0].Message, StringComparison.Ordinal);
        }
    }

    /// <summary>The largest agreements there can be: as many clauses, lists and objects as a million bytes hold; they are read, indexed and decided.</summary>
    [Fact]
    public void ReadYaml_AsLargeAsItMayBe_IsReadAndIndexedInSeconds()
    {
        var text = new StringBuilder(Whole.Yaml.ReplaceLineEndings("\n")[..Whole.Yaml.ReplaceLineEndings("\n").IndexOf("object_lists", StringComparison.Ordinal)]).Append("object_lists:\n");
        for (int list = 0; list < 100; list++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  - {{id: list-{list}x, owner_nation: JP, objects: [{string.Join(',', Enumerable.Range(10_000 + list * 700, 850))}]}}\n");
        text.Append("grants:\n");
        for (int grant = 0; grant < 1_000; grant++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  - {{id: grant-{grant}x, from: [pacific], owner_nations: [JP], epoch_until: 2020-01-01T00:{grant / 60:00}:{grant % 60:00}Z, delay: {grant % 8 + 1}h}}\n");
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        Assert.InRange(bytes.Length, 600_000, 1_000_000);
        var watch = Stopwatch.StartNew();
        var result = AgreementDraft.ReadYaml(bytes);
        Assert.Empty(result.Issues);
        var agreement = Agreement.Fix(result.Value!, Federation.Card);
        var decision = ReleasePolicy.Decide(Federation.Observation(tag: "10000"), ReleaseForm.Full, agreement, AgreementState.Active, Federation.Pacific, Federation.Atlantic, Federation.Now, TimeSpan.MaxValue);
        Assert.True(decision.IsReleased);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
    }

    [Fact]
    public void ReadYaml_TooLargeOnceItIsJson_IsRefusedBeforeItIsFixed()
    {
        string lists = string.Concat(Enumerable.Range(0, 13).Select(i => $"  - {{id: more-{i}x, objects: [{string.Join(',', Enumerable.Range(100_000, 9_900))}]}}\n"));
        string text = Whole.Yaml.ReplaceLineEndings("\n").Replace("object_lists:\n", "object_lists:\n" + lists, StringComparison.Ordinal);
        Assert.InRange(text.Length, 900_000, 1_000_000);
        Assert.Equal("Too large: as JSON, with the parties' keys, it would exceed 1000000 bytes.", AgreementDraft.ReadYaml(Encoding.UTF8.GetBytes(text)).Issues.Single().Message);
    }

    private static void RefusesQuickly(byte[] text, Func<byte[], IReadOnlyCollection<DocumentIssue>> read)
    {
        var watch = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.NotEmpty(read(text));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000_000);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    private static byte[] Repeat(string piece, int bytes)
    {
        var text = new StringBuilder();
        while (text.Length + piece.Length <= bytes) text.Append(piece);
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}

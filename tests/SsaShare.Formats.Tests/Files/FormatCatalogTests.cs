using System.Text;

namespace SsaShare.Formats.Tests.Files;

/// <summary>The catalog as a whole: names, recognition, seeds.</summary>
public sealed class FormatCatalogTests
{
    private static readonly FileFormat<string> A = Format("a", ".aaa", head => head.StartsWith("both"u8) ? Recognition.Likely : head.StartsWith("a"u8) ? Recognition.Certain : Recognition.No);
    private static readonly FileFormat<string> B = Format("b", ".bbb", head => head.StartsWith("both"u8) || head.StartsWith("a"u8) ? Recognition.Likely : Recognition.No);
    private static readonly FormatCatalog Two = new([A, B], []);

    public static TheoryData<string> Readable => CatalogFuzzTests.Formats;

    [Fact]
    public void Names_OfAllFormats_AreUniqueAndPlain()
    {
        Assert.NotEmpty(FormatCatalog.Default.Formats);
        Assert.Equal(FormatCatalog.Default.Formats.Count, FormatCatalog.Default.Formats.DistinctBy(format => format.Name).Count());
        Assert.All(FormatCatalog.Default.Formats, format =>
        {
            Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", format.Name);
            Assert.Matches("^\\.[a-z0-9]+$", format.Extension);
            Assert.True(format.CanRead || format.CanWrite);
            Assert.Same(format, FormatCatalog.Default.Find(format.Name.ToUpperInvariant()));
        });
    }

    [Theory]
    [InlineData("a", "x", "a")]
    [InlineData("both", "x.aaa", "a")]
    [InlineData("both", "x.BBB.gz", "b")]
    [InlineData("both", "x.bbb.zst", "b")]
    [InlineData("a", "x.bbb", "a")]
    public void Recognise_ByContentFirst_ThenByName(string content, string file, string expected)
    {
        using var source = FormatSource.Open(new MemoryStream(Encoding.UTF8.GetBytes(content)));
        Assert.Equal(expected, Two.Recognise(source, file, out _)?.Name);
    }

    [Theory]
    [InlineData("both", "x.txt", "could be a or b")]
    [InlineData("neither", "x.aaa", "no format that is known here")]
    [InlineData("", "x.aaa", "the file is empty")]
    public void Recognise_WhatIsNotClear_IsRefusedWithTheReason(string content, string file, string reason)
    {
        using var source = FormatSource.Open(new MemoryStream(Encoding.UTF8.GetBytes(content)));
        Assert.Null(Two.Recognise(source, file, out var issue));
        Assert.Equal((reason, file, 1), (issue!.Reason, issue.File, issue.Line));
    }

    /// <summary>The seeds of the fuzzing are worth something: valid, and equal after a round trip through every format of their family.</summary>
    [Theory, MemberData(nameof(Readable))]
    public void Seed_OfEachFormat_IsValidAndSurvivesEveryFormatOfItsFamily(string name)
    {
        var format = FormatCatalog.Default.Find(name)!;
        var trial = FormatTrial.Of(FormatCatalog.Default, new MemoryStream(SeedFiles.Of(format)), new FormatReadOptions { FileName = $"seed{format.Extension}", Now = TestFiles.Now });
        CatalogFuzzTests.AssertRecognised(format, trial.Format);
        Assert.True(trial.First is null, trial.First?.ToString());
        Assert.True(trial.Records > 0);
        Assert.All(trial.Written, copy => Assert.True(copy.IsEqual || copy.Format != format, $"{copy.Format.Name}: {copy.Objection}"));
    }

    private static FileFormat<string> Format(string name, string extension, Func<ReadOnlySpan<byte>, Recognition> recognise)
        => new(name, name, extension, head => recognise(head.Span)) { Open = LineFormat.Lines.Open };
}

using System.Text;

namespace SsaShare.Formats.Tests;

public sealed class CdmRefusedPartTests
{
    private const string Bad = "CCSDS_CDM_VERS = 1.0\nCOMMENT kept as well\nTCA = never\nOBJECT = OBJECT1\n";

    [Fact]
    public void Refused_EachMessage_IsThatMessageWithAllThatIsWrongWithIt()
    {
        var items = Items($"{Bad}{Bad}CCSDS_CDM_VERS = 2.0\n");
        var parts = items.Select(item => item.Refused).OfType<RefusedPart>().ToList();
        Assert.Equal([Bad, Bad, "CCSDS_CDM_VERS = 2.0\n"], parts.Select(part => Encoding.ASCII.GetString(part.Text.Span)));
        Assert.All(parts, part => Assert.Equal((0, 0, false, false), (part.Before.Length, part.After.Length, part.IsCut, part.IsWholeFile)));
        Assert.Equal(items.Select(item => item.Issue).OfType<ReadIssue>(), parts.SelectMany(part => part.Issues));
    }

    [Fact]
    public void Refused_LineTooLong_IsCut() => Assert.True(Assert.Single(Items($"{Bad}X = {new string('x', 5_000)}\n"), item => item.Refused is not null).Refused!.IsCut);

    [Fact]
    public void Refused_FromTheFirstLineOn_IsTheWholeFile() => Assert.True(Assert.Single(Items("nothing of the kind\n"), item => item.Refused is not null).Refused!.IsWholeFile);

    [Fact]
    public void Refused_OfMutatedMessages_HoldEveryRefusalOnce()
    {
        int parts = 0;
        foreach (byte[] input in Mutations.Of(Encoding.ASCII.GetBytes(Bad + Bad), Nightly.FuzzInputs, seed: 53))
        {
            var items = Items(Encoding.Latin1.GetString(input));
            var told = items.SelectMany(item => item.Refused?.Issues ?? []).ToHashSet(ReferenceEqualityComparer.Instance);
            bool isWhole = items.Exists(item => item.Refused is { IsWholeFile: true });
            Assert.All(items, item => Assert.True(item.Issue is null || told.Contains(item.Issue) || isWhole));
            parts += items.Count(item => item.Refused is not null);
        }
        Assert.InRange(parts, Nightly.FuzzInputs, 10 * Nightly.FuzzInputs);
    }

    private static List<CdmItem> Items(string text)
        => [.. new CdmReader(new MemoryStream(Encoding.Latin1.GetBytes(text)), new CdmReadOptions { FileName = "test.cdm", Now = TestFiles.Now, KeepsRefused = true }).Read()];
}

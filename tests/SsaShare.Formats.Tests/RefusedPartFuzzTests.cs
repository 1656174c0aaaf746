using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Whatever is read, each refusal is in one part, parts are bounded, and what they hold can be given to the reader again.</summary>
public sealed class RefusedPartFuzzTests
{
    private static readonly TdmReadOptions Tdm = new() { FileName = "fuzz.tdm", Now = TestFiles.Now, KeepsRefused = true, MaxLineBytes = 64, IsKnownSensor = sensor => sensor.Value.Length % 2 == 1 };
    private static readonly OdmReadOptions Odm = new() { FileName = "fuzz.opm", Now = TestFiles.Now, KeepsRefused = true, MaxLineBytes = 64 };

    [Fact]
    public void TdmParts_OfMutatedMessages_HoldEveryRefusalOnce()
    {
        const string Data = "RANGE = 1998-12-31T23:59:50 900\nANGLE_1 = 1998-12-31T23:59:50 359.5\nANGLE_2 = 1998-12-31T23:59:50 4.5\nRANGE = 1998-12-31T23:59:55 901";
        byte[] valid = Encoding.ASCII.GetBytes(TdmText.Message(Data, "PATH = 2,1\nRANGE_UNITS = km\nANGLE_TYPE = AZEL") + TdmText.Message(Data, "PATH = 2,1\nRANGE_UNITS = RU\nANGLE_TYPE = AZEL")[24..]);
        int parts = 0;
        foreach (byte[] input in Mutations.Of(valid, Nightly.FuzzInputs, seed: 51))
        {
            var items = new TdmReader(new MemoryStream(input), Tdm).Read().ToList();
            parts += CheckParts(items.Select(item => item.Issue), items.Select(item => item.Refused), again => new TdmReader(new MemoryStream(again), Tdm).Read().Count());
        }
        Assert.InRange(parts, Nightly.FuzzInputs / 2, 20 * Nightly.FuzzInputs);
    }

    [Fact]
    public void OdmParts_OfMutatedMessages_HoldEveryRefusalOnce()
    {
        byte[] valid = Encoding.ASCII.GetBytes($"{OdmText.Opm}\n{OdmText.Omm}\n");
        int parts = 0;
        foreach (byte[] input in Mutations.Of(valid, Nightly.FuzzInputs, seed: 52))
        {
            var items = new OdmReader(new MemoryStream(input), Odm).Read().ToList();
            parts += CheckParts(items.Select(item => item.Issue), items.Select(item => item.Refused), again => new OdmReader(new MemoryStream(again), Odm).Read().Count());
        }
        Assert.InRange(parts, Nightly.FuzzInputs / 2, 20 * Nightly.FuzzInputs);
    }

    private static int CheckParts(IEnumerable<ReadIssue?> issues, IEnumerable<RefusedPart?> refused, Func<byte[], int> readAgain)
    {
        var parts = refused.OfType<RefusedPart>().ToList();
        var told = parts.SelectMany(part => part.Issues).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var issue in issues.OfType<ReadIssue>())
            Assert.True(issue.Severity != IssueSeverity.Refused || told.Contains(issue) || parts.Exists(part => part.Issues.Count == RefusedPart.IssuesMax || part.IsWholeFile), issue.ToString());
        foreach (var part in parts)
        {
            Assert.InRange(part.Issues.Count, 1, RefusedPart.IssuesMax);
            Assert.InRange(part.Text.Length, 0, RefusedPart.TextBytesMax);
            readAgain([.. part.Before.Span, .. part.Text.Span, .. part.After.Span]);
        }
        return parts.Count;
    }
}

using System.Text.RegularExpressions;

namespace SsaShare.Architecture.Tests.Documents;

/// <summary>A figure without its test is not kept: what docs/accuracy.md names exists and holds tests.</summary>
public sealed partial class AccuracyTests
{
    private const string Page = "docs/accuracy.md";

    [Fact]
    public void Tests_NamedByTheAccuracyPage_Exist()
    {
        HashSet<string> tests = [.. Repository.FilesUnder("tests", "Tests.cs").Where(file => Attribute().IsMatch(Repository.Read(file))).Select(file => Path.GetFileNameWithoutExtension(file)!)];
        string[] named = [.. Name().Matches(Repository.Read(Page)).Select(match => match.Value).Distinct()];
        Assert.NotEmpty(named);
        Findings.None(named.Where(name => !tests.Contains(name)));
    }

    [Fact]
    public void Rows_OfEveryTable_NameTheirTest()
        => Findings.None(Repository.Read(Page).Split("<!-- measured:")[1..].SelectMany(place => place.Split("<!-- end -->")[0].Split('\n'))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| what |", StringComparison.Ordinal) && !Name().IsMatch(line)));

    [GeneratedRegex(@"\b[A-Z]\w*Tests\b(?!\.)")]
    private static partial Regex Name();

    [GeneratedRegex(@"\[[A-Za-z, ]*(Fact|Theory)\b")]
    private static partial Regex Attribute();
}

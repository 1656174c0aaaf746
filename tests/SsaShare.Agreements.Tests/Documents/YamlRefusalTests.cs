using System.Text;

namespace SsaShare.Agreements.Tests;

/// <summary>What authors get wrong: refused with the place and, for words, the nearest known one.</summary>
public sealed class YamlRefusalTests
{
    private const string Good = """
        kind: ssashare/agreement/v1
        title: A test
        parties: [atlantic, pacific]
        valid_from: 2026-01-01T00:00:00Z
        valid_until: 2036-01-01T00:00:00Z
        data_modes: [REAL]
        grants:
          - id: all-observations
            from: [pacific]
            to: [atlantic]
            record_classes: [observation]
            regimes: [LEO]
            purposes: [fusion, research]
        """;

    [Fact]
    public void ReadYaml_GoodDocument_HasNoIssues() => Assert.Empty(Read(Good).Issues);

    [Theory]
    [InlineData("record_classes: [observation]", "record_classes: [observatoin]", "line 11, column 22: 'observatoin' is not a known record class. Did you mean 'observation'?")]
    [InlineData("regimes: [LEO]", "regime: [LEO]", "line 12, column 5: 'regime' is not a known field. Did you mean 'regimes'?")]
    [InlineData("regimes: [LEO]", "regimes: [leo]", "line 12, column 15: 'leo' is not a known orbital regime. Did you mean 'LEO'?")]
    [InlineData("from: [pacific]", "from: [pacfic]", "line 9, column 12: 'pacfic' is not a known party of this agreement. Did you mean 'pacific'?")]
    [InlineData("to: [atlantic]", "to: [\u0430tlantic]", "line 10, column 10: '\u0430tlantic' is not a partner id: 2 to 32 of a-z, 0-9 and '-', beginning with a letter. Its character 1 is U+0430, which looks like 'a'.")]
    [InlineData("data_modes: [REAL]", "data_modes: [REAL, REAL]", "line 6, column 20: 'REAL' is listed twice in 'data_modes'.")]
    [InlineData("regimes: [LEO]", "data_modes: [EXERCISE]", "line 12, column 17: The agreement is not about EXERCISE data: see its 'data_modes'.")]
    [InlineData("regimes: [LEO]", "max_level: secret", "line 12, column 16: 'secret' is not a known handling level. Known: public, partners_only, restricted.")]
    [InlineData("regimes: [LEO]", "above_level: public", "line 12, column 5: 'above_level' is not a known field. Known: id, from, to, from_tiers, to_tiers, originators, record_classes, sensors, objects, object_lists, owner_nations, protected_assets_of, regimes, data_modes, epoch_from, epoch_until, valid_from, valid_until, max_level, purposes, derived_products_for, delay, degradation, retention, onward, onward_to, onward_hops.")]
    [InlineData("regimes: [LEO]", "regimes: LEO", "line 12, column 14: Expected a list: '[LEO]'.")]
    [InlineData("regimes: [LEO]", "regimes: []", "line 12, column 14: 'regimes' is empty. A field that is left out means any.")]
    [InlineData("regimes: [LEO]", "to: [atlantic]", "line 12, column 5: 'to' is given twice.")]
    [InlineData("purposes: [fusion, research]", "purposes: [research]\n    derived_products_for: [pacific]", "line 14, column 27: 'derived_products_for' needs the purpose 'fusion'.")]
    [InlineData("id: all-observations", "id: All", "line 8, column 9: 'All' is not a clause id: 1 to 64 of a-z, 0-9 and '-', beginning with a letter.")]
    [InlineData("title: A test\n", "", "line 1, column 1: 'title' is missing.")]
    [InlineData("parties: [atlantic, pacific]", "parties: [pacific]", "line 3, column 10: An agreement has at least two parties.")]
    [InlineData("2036-01-01T00:00:00Z", "2036-01-01", "line 5, column 14: '2036-01-01' is not a UTC time such as 2026-01-01T00:00:00Z.")]
    [InlineData("2036-01-01T00:00:00Z", "2025-01-01T00:00:00Z", "line 5, column 14: 'valid_until' is not after 'valid_from'.")]
    [InlineData("kind: ssashare/agreement/v1", "kind: ssashare/agreement/v2", "line 1, column 7: 'ssashare/agreement/v2' is not a known kind of document. Did you mean 'ssashare/agreement/v1'?")]
    [InlineData("title: A test", "title: &a A test", "line 2, column 8: Anchors are not allowed: '&a'.")]
    [InlineData("title: A test", "title: !!str A test", "line 2, column 8: Tags are not allowed ('!...').")]
    [InlineData("title: A test", "title: A te\u200bst", "line 2, column 12: Contains the invisible character U+200B.")]
    [InlineData("title: A test", "title: \"A\\u202Etest\"", "line 2, column 8: Contains the invisible character U+202E.")]
    [InlineData("title: A test", "title: [A, test]", "line 2, column 8: Expected a text.")]
    [InlineData("title: A test", "title: [[[[[[[[a]]]]]]]]", "line 2, column 15: Nested deeper than 8.")]
    public void ReadYaml_OneMistake_IsNamedWithItsPlace(string right, string wrong, string issue)
    {
        Assert.Contains(right, Good, StringComparison.Ordinal);
        var result = Read(Good.Replace(right, wrong, StringComparison.Ordinal));
        Assert.False(result.TryGetValue(out _));
        Assert.Equal(issue, result.Issues[0].ToString());
    }

    [Fact]
    public void ReadYaml_SeveralMistakes_AreAllNamedInOrder()
    {
        var issues = Read(Good.Replace("LEO", "LOE", StringComparison.Ordinal).Replace("fusion", "fussion", StringComparison.Ordinal)).Issues;
        Assert.Equal([12, 13], issues.Select(issue => issue.Line));
    }

    [Fact]
    public void ReadYaml_ClauseIdUsedTwice_IsRefused()
        => Assert.Contains("'all-observations' was given before", Read(Good + "\nprohibitions:\n  - id: all-observations\n").Issues[0].Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment")]
    [InlineData("- a\n- b")]
    [InlineData("text")]
    [InlineData("kind: [")]
    [InlineData("{ [a]: b }")]
    [InlineData("{ {a: b}: c }")]
    [InlineData("a: 1\n---\nb: 2")]
    [InlineData("%YAML 1.1\n---\na: 1")]
    [InlineData("a: *x")]
    [InlineData("<<: {a: b}")]
    public void ReadYaml_NoAgreementAtAll_IsRefused(string text) => Assert.NotEmpty(Read(text).Issues);

    [Fact]
    public void ReadYaml_TooLargeOrNotUtf8_IsRefused()
    {
        Assert.Equal("Larger than 1000000 bytes.", AgreementDraft.ReadYaml(new byte[10_000_000]).Issues[0].Message);
        Assert.Equal("Not UTF-8.", AgreementDraft.ReadYaml([0x61, 0xFF, 0xFE]).Issues[0].Message);
    }

    [Fact]
    public void ReadYaml_AThousandUnknownWords_ReportsFifty()
        => Assert.Equal(50, Read(string.Concat(Enumerable.Range(0, 1_000).Select(i => $"word{i}: x\n"))).Issues.Length);

    private static DocumentResult<AgreementDraft> Read(string text) => AgreementDraft.ReadYaml(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")));
}

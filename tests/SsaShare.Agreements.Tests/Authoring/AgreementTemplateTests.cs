using System.Text;
using System.Text.RegularExpressions;
using SsaShare.Domain;
using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

public sealed partial class AgreementTemplateTests
{
    private static readonly Epoch From = At("2026-01-01T00:00:00Z"), Until = At("2027-01-01T00:00:00Z");

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    public void Yaml_AsItStands_ReadsWithAGrantOfEachParty(int count)
    {
        PartnerId[] parties = [.. Enumerable.Range(0, count).Select(i => PartnerId.Parse($"partner-{"abcdefghjkmnpqrt"[i]}"))];
        var result = AgreementDraft.ReadYaml(Encoding.UTF8.GetBytes(AgreementTemplate.Yaml(parties, From, Until)));
        Assert.Empty(result.Issues);
        Assert.Equal(parties, result.Value!.Parties.Select(party => party.Partner));
        Assert.Equal((From, Until), (result.Value.Terms.ValidFrom, result.Value.Terms.ValidUntil));
        Assert.All(parties, party => Assert.Contains(result.Value.Terms.Grants, grant => grant.From == Selector.Of(party)));
    }

    [Fact]
    public void Yaml_WithEveryFieldTakenUp_ReadsAndUsesTheWholeVocabulary()
    {
        string text = TakeUp().Replace(AgreementTemplate.Yaml([Atlantic, Pacific], From, Until), "$1");
        Assert.Empty(AgreementDraft.ReadYaml(Encoding.UTF8.GetBytes(text)).Issues);
        // The reader names every field it knows when it meets one that it does not.
        string[] words = [.. Known("nonsense: x"), .. Known("grants: [{nonsense: x}]"), .. Known("object_lists: [{nonsense: x}]"), .. Known("limits: [{nonsense: x}]")];
        Assert.InRange(words.Length, 40, 80);
        Assert.All(words.Except(["from_tiers"]), word => Assert.Matches($@"\b{word}:", text));
    }

    private static string[] Known(string yaml)
        => AgreementDraft.ReadYaml(Encoding.UTF8.GetBytes(yaml)).Issues.Select(issue => issue.Message).First(message => message.StartsWith("'nonsense'", StringComparison.Ordinal))
            .Split("Known: ")[1].TrimEnd('.').Split(", ");

    [Fact]
    public void Yaml_OneParty_Throws() => Assert.Throws<ArgumentException>(() => AgreementTemplate.Yaml([Atlantic], From, Until));

    [GeneratedRegex(@"^( *)#(?=\S)", RegexOptions.Multiline)]
    private static partial Regex TakeUp();
}

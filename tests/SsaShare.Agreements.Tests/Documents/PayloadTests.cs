using System.Text;
using static SsaShare.Agreements.Tests.Federation;

namespace SsaShare.Agreements.Tests;

public sealed class PayloadTests
{
    [Fact]
    public void Fix_ThenRead_SaysTheSame()
    {
        var agreement = Everything();
        var read = Agreement.Read(agreement.Payload.AsSpan());
        Assert.True(read.TryGetValue(out var again));
        Assert.Equal(agreement.Id, again.Id);
        Assert.Equal(agreement.Parties, again.Parties);
        Assert.Equal(agreement.Terms.Grants, again.Terms.Grants);
        Assert.Equal(agreement.Terms.Prohibitions, again.Terms.Prohibitions);
        Assert.Equal(agreement.Terms.Supersedes, again.Terms.Supersedes);
    }

    [Fact]
    public void Fix_EverySelector_StandsInThePayloadInItsFixedForm()
    {
        string payload = Encoding.UTF8.GetString(Everything().Payload.AsSpan());
        string clauses = payload[payload.IndexOf("\"valid_from\"", StringComparison.Ordinal)..];
        Assert.Equal(
            """
            "valid_from":"2026-01-01T00:00:00Z","valid_until":"2036-01-01T00:00:00Z","data_modes":["REAL","TEST"],
            "supersedes":"00000000000000000000000000000000000000000000000000000000000000ab",
            "grants":[{"id":"g","from":["pacific"],"to":["atlantic"],"originators":["pacific","stranger"],
            "record_classes":["observation","maneuver_notice"],"sensors":["KAENA-POINT"],"objects":["7734","my sat"],"regimes":["LEO","CISLUNAR"],
            "data_modes":["TEST"],"max_level":"public","purposes":["safety_of_flight","fusion"],"derived_products_for":["caribbean"]}],
            "prohibitions":[{"id":"p","above_level":"partners_only","derived_products_for":["fusion"]}]}
            """.ReplaceLineEndings(""), clauses);
    }

    [Fact]
    public void Fix_Parties_HaveTheKeysOfTheirNodeCards()
    {
        var agreement = Seed("atlantic-pacific");
        Assert.Equal([Key(Atlantic).Id, Key(Pacific).Id], agreement.Parties.Select(party => party.SigningKey));
        Assert.Equal([Card(Atlantic)!.Id, Card(Pacific)!.Id], agreement.Parties.Select(party => party.NodeCard));
    }

    [Fact]
    public void Fix_CardMissingOrOfAnother_Throws()
    {
        var draft = Draft(File.ReadAllText(Path.Combine(SeedFolder, "atlantic-pacific.yaml")));
        Assert.Contains("No node card of 'pacific'", Assert.Throws<ArgumentException>(() => Agreement.Fix(draft, partner => partner == Pacific ? null : Card(partner))).Message, StringComparison.Ordinal);
        Assert.Contains("is that of 'atlantic'", Assert.Throws<ArgumentException>(() => Agreement.Fix(draft, _ => Card(Atlantic))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"title\":\"A test\"", "\"title\":1", "Expected a text, a list or an object.")]
    [InlineData("\"title\":\"A test\"", "\"title\":\"A test\",\"title\":\"B\"", "'title' is given twice.")]
    [InlineData("\"title\":\"A test\"", "\"title\":\"A test\",\"notes\":\"B\"", "'notes' is not a known field.")]
    [InlineData("\"title\":\"A test\"", "\"title\":\"A\\ud800\"", "Not UTF-8.")]
    [InlineData("\"partner\":\"atlantic\"", "\"partner\":\"pacific\"", "'pacific' is listed twice.")]
    [InlineData("\"partner\":\"atlantic\"", "\"partner\":null", "Expected a text, a list or an object.")]
    [InlineData("\"parties\":[{", "\"parties\":[\"caribbean\",{", "Expected a party as fields with names.")]
    public void Read_TamperedPayload_IsRefused(string right, string wrong, string issue)
    {
        string payload = Encoding.UTF8.GetString(Between("grants: [{id: g}]").Payload.AsSpan());
        Assert.Contains(right, payload, StringComparison.Ordinal);
        var result = Agreement.Read(Encoding.UTF8.GetBytes(payload.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.False(result.TryGetValue(out _));
        Assert.StartsWith(issue, result.Issues[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TrailingBytesOrTwoPartiesWithOneKey_IsRefused()
    {
        var agreement = Between("grants: [{id: g}]");
        Assert.NotEmpty(Agreement.Read([.. agreement.Payload, (byte)'x']).Issues);
        string twice = Encoding.UTF8.GetString(agreement.Payload.AsSpan())
            .Replace(Key(Pacific).Id.ToString(), Key(Atlantic).Id.ToString(), StringComparison.Ordinal);
        Assert.Equal("Two parties have the same signing key.", Agreement.Read(Encoding.UTF8.GetBytes(twice)).Issues[0].Message);
    }

    private static Agreement Everything() => Between("""
        grants:
          - id: g
            from: [pacific]
            to: [atlantic]
            originators: [pacific, stranger]
            record_classes: [observation, maneuver_notice]
            sensors: [KAENA-POINT]
            objects: ["07734", my sat]
            regimes: [LEO, CISLUNAR]
            data_modes: [TEST]
            max_level: public
            purposes: [fusion, safety_of_flight]
            derived_products_for: [caribbean]
        prohibitions:
          - id: p
            above_level: partners_only
            derived_products_for: [fusion]
        """, modes: "REAL, TEST", extra: "supersedes: 00000000000000000000000000000000000000000000000000000000000000ab");
}

using System.Text;

namespace SsaShare.Cli.Tests;

public sealed class AgreementTextTests
{
    [Fact]
    public void Lines_OfAPayload_ShowEveryMember()
    {
        const string payload = """
            {"kind":"ssashare/agreement/v1","parties":[{"partner":"atlantic","signing_key":"01ab"},{"partner":"pacific"}],"data_modes":["REAL","TEST"],
             "grants":[{"id":"all","from":["atlantic"]}],"a member of tomorrow":{"depth":[{"x":1},true],"empty":[]}}
            """;
        Assert.Equal(
        [
            "kind: ssashare/agreement/v1",
            "parties:",
            "  - partner: atlantic",
            "    signing_key: 01ab",
            "  - partner: pacific",
            "data_modes: [REAL, TEST]",
            "grants:",
            "  - id: all",
            "    from: [atlantic]",
            "a member of tomorrow:",
            "  depth:",
            "    - x: 1",
            "    - true",
            "  empty: []",
        ], Lines(payload));
    }

    [Theory]
    [InlineData("""{"title":"\u001b[2Jnothing here"}""", "title: \"\\u001B[2Jnothing here\"")]
    [InlineData("""{"title":"one\ngrants: []"}""", "title: \"one\\ngrants: []\"")]
    [InlineData("""{"a\u202eb":"x"}""", "\"a\\u202Eb\": x")]
    public void Lines_OfTextThatCouldDeceive_AreEscaped(string payload, string line) => Assert.Equal([line], Lines(payload));

    [Fact]
    public void Lines_OfSomethingElse_Throw() => Assert.Throws<InvalidDataException>(() => Lines("grants:"));

    private static IReadOnlyList<string> Lines(string payload) => AgreementText.Lines(Encoding.UTF8.GetBytes(payload));
}

using System.Text.Json;

namespace SsaShare.Cli.Tests.Audit;

/// <summary>Parts of a real node's log, exported and verified by the program.</summary>
[Collection(CliTests.Name)]
public sealed class ScopedEvidenceTests(CliFixture cli)
{
    [Theory]
    [InlineData("--peer", "pacific")]
    [InlineData("--peer", "nobody")]
    [InlineData("--from", "2026-01-01")]
    [InlineData("--until", "2026-01-01")]
    public async Task Export_OfAPart_VerifiesAndSaysWhatItProves(params string[] scope)
    {
        string bundle = cli.In($"{string.Concat(scope)}.evidence");
        var exported = await CliFixture.SsaAsync(["audit", "export", "--dir", cli.Node.Folder.Path, "--out", bundle, .. scope]);
        Assert.True(exported.ExitCode == 0, exported.ToString());
        var verified = await VerifyAsync(bundle);
        Assert.True(verified.ExitCode == 0, verified.ToString());
        Assert.Contains("  proves", verified.Output, StringComparison.Ordinal);
        Assert.Contains("  leaves open", verified.Output, StringComparison.Ordinal);
        Assert.Contains("  ok      scope: Shown is", verified.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_OfOneRecord_ShowsItsManifestAndHidesTheRest()
    {
        // The manifest's items name the records that pacific was given.
        string items = File.ReadAllLines(cli.Bundle).First(line => line.Contains("\"kind\":\"items-issued\"", StringComparison.Ordinal));
        using var entry = JsonDocument.Parse(items);
        string publication = entry.RootElement.GetProperty("body").GetProperty("slices")[0].GetProperty("publication").GetString()!;
        string bundle = cli.In("record.evidence");
        var exported = await CliFixture.SsaAsync("audit", "export", "--dir", cli.Node.Folder.Path, "--out", bundle, "--record", $"{publication}/0");
        Assert.True(exported.ExitCode == 0, exported.ToString());
        string[] lines = File.ReadAllLines(bundle);
        Assert.Contains(lines, line => line.Contains("\"kind\":\"manifest-issued\"", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("{\"hidden\":", StringComparison.Ordinal));
        var verified = await VerifyAsync(bundle);
        Assert.True(verified.ExitCode == 0, verified.ToString());
    }

    [Fact]
    public async Task Export_OfARecordThatIsNotThere_IsNotFound()
        => Assert.Equal(3, (await CliFixture.SsaAsync("audit", "export", "--dir", cli.Node.Folder.Path, "--out", cli.In("none.evidence"), "--record", "0123456789abcdef")).ExitCode);

    [Fact]
    public async Task Verify_AsJson_SaysTheSame()
    {
        using var good = JsonDocument.Parse((await VerifyAsync(cli.Bundle, "--json")).Output);
        Assert.True(good.RootElement.GetProperty("holds").GetBoolean());
        string[] lines = File.ReadAllLines(cli.Bundle);
        string cut = cli.Write("cut.evidence", string.Join('\n', lines[..^1]) + "\n");
        var end = await VerifyAsync(cut, "--json");
        Assert.Equal(6, end.ExitCode);
        using var bad = JsonDocument.Parse(end.Output);
        var step = bad.RootElement.GetProperty("bundles")[0].GetProperty("steps").EnumerateArray().First(step => !step.GetProperty("holds").GetBoolean());
        Assert.Equal("entry count", step.GetProperty("name").GetString());
        Assert.Contains("not those that the node signed for", step.GetProperty("meaning").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_WhatFails_SaysWhatThatMeans()
    {
        string[] lines = File.ReadAllLines(cli.Bundle);
        var end = await VerifyAsync(cli.Write("meaning.evidence", string.Join('\n', lines[..^1]) + "\n"));
        Assert.Equal(6, end.ExitCode);
        Assert.Contains("what that means: The entries are not those that the node signed for", end.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    private async Task<Scenario.Tests.ProgramEnd> VerifyAsync(string bundle, params string[] more)
        => await CliFixture.SsaAsync(["audit", "verify", bundle, "--card", cli.Node.Folder.CardFile, cli.Pacific.Folder.CardFile, .. more]);
}

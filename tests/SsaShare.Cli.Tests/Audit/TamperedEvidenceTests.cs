using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SsaShare.Exchange;
using SsaShare.Scenario.Tests;

namespace SsaShare.Cli.Tests.Audit;

/// <summary>Whatever is done to a bundle's entries, verification fails, names the step, and ends with 6.</summary>
[Collection(CliTests.Name)]
public sealed class TamperedEvidenceTests(CliFixture cli)
{
    [Fact]
    public async Task Bundle_Untouched_Verifies()
        => Assert.Equal(0, (await VerifyAsync(File.ReadAllText(cli.Bundle), "whole.evidence")).ExitCode);

    [Theory]
    [InlineData("removed", "form: line 4")]
    [InlineData("removed and renumbered", "entry count")]
    [InlineData("swapped", "form: line 4")]
    [InlineData("swapped and renumbered", "root")]
    [InlineData("truncated by an entry", "entry count")]
    [InlineData("truncated in an entry", "form")]
    [InlineData("time moved", "root")]
    public async Task Bundle_WithTamperedEntries_FailsAndSaysWhere(string how, string says)
    {
        string[] lines = File.ReadAllLines(cli.Bundle);
        Assert.True(lines.Length > 6);
        string[] tampered = how switch
        {
            "removed" => [.. lines[..3], .. lines[4..]],
            "removed and renumbered" => Renumbered([.. lines[..3], .. lines[4..]]),
            "swapped" => [.. lines[..3], lines[4], lines[3], .. lines[5..]],
            "swapped and renumbered" => Renumbered([.. lines[..3], lines[4], lines[3], .. lines[5..]]),
            "truncated by an entry" => lines[..^1],
            "truncated in an entry" => [.. lines[..^1], lines[^1][..^20]],
            _ => [.. lines[..3], lines[3].Replace("\"time_ns\":8", "\"time_ns\":7", StringComparison.Ordinal), .. lines[4..]],
        };
        Assert.NotEqual(lines, tampered);
        var end = await VerifyAsync(string.Join('\n', tampered) + "\n", $"{how}.evidence");
        Assert.True(end.ExitCode == 6, end.ToString());
        Assert.Contains(end.Output.Split('\n'), line => line.StartsWith($"  FAILED  {says}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bundle_WithAnyByteOfAnyEntryChanged_Fails()
    {
        byte[] bundle = await File.ReadAllBytesAsync(cli.Bundle);
        int entries = Array.IndexOf(bundle, (byte)'\n') + 1;
        var random = new Random(Seed.Next());
        Assert.True(await HoldsAsync(bundle));
        var unnoticed = new List<string>();
        // Every byte once, each to another printable one: what base64 or a number could hide is among them.
        for (int at = entries; at < bundle.Length; at++)
        {
            if (bundle[at] == '\n') continue;
            byte kept = bundle[at];
            bundle[at] = (byte)(random.Next(3) == 0 ? kept ^ 1 : ' ' + (kept - ' ' + random.Next(1, 94)) % 95);
            if (await HoldsAsync(bundle)) unnoticed.Add($"{(char)kept} to {(char)bundle[at]} in ...{Encoding.ASCII.GetString(bundle, at - 20, 40)}...");
            bundle[at] = kept;
        }
        Assert.Empty(unnoticed);
    }

    /// <summary>The last sign of base64 before its padding has bits that mean nothing: two texts with the same bytes.</summary>
    [Fact]
    public async Task Bundle_WithUnusedBitsOfBase64Changed_Fails()
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        string bundle = await File.ReadAllTextAsync(cli.Bundle);
        int padding = bundle.IndexOf("==\"", bundle.IndexOf('\n', StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(padding > 0);
        string altered = $"{bundle[..(padding - 1)]}{Alphabet[Alphabet.IndexOf(bundle[padding - 1], StringComparison.Ordinal) ^ 1]}{bundle[padding..]}";
        Assert.False(await HoldsAsync(Encoding.UTF8.GetBytes(altered)));
    }

    private static async Task<bool> HoldsAsync(byte[] bundle)
    {
        using var stream = new MemoryStream(bundle);
        return (await EvidenceVerifier.VerifyAsync(stream, [], TestContext.Current.CancellationToken)).Succeeded;
    }

    private async Task<ProgramEnd> VerifyAsync(string bundle, string name)
        => await CliFixture.SsaAsync("audit", "verify", cli.Write(name, bundle), "--card", cli.Node.Folder.CardFile, cli.Pacific.Folder.CardFile);

    private static string[] Renumbered(string[] lines) => [lines[0], .. lines.Skip(1).Select((line, index) =>
    {
        var entry = JsonNode.Parse(line)!;
        entry["entry"] = index;
        return entry.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    })];
}

using SsaShare.Scenario.Tests;

namespace SsaShare.Cli.Tests.Keys;

/// <summary>A node's keys as its operator keeps them: `ssa key ...` and the settings around it. No node runs.</summary>
public sealed class KeyCommandTests : IDisposable
{
    private const string Text = "correct horse battery";
    private static readonly string[] Secrets = ["keys/signing.pem", "keys/log.pem", "keys/witness.pem", "keys/recovery.pem", "keys/tls.pem", "keys/operator.pem", "keys/cursor.key"];
    private readonly string _root = Directory.CreateTempSubdirectory("ssashare-key-commands-").FullName;

    private string Dir => Path.Combine(_root, "atlantic");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Init_WithPassphraseFile_LeavesNothingInTheClear()
    {
        await EndsAsync(0, "card id", "node", "init", "--dir", Dir, "--partner", "atlantic", "--passphrase-file", PassphraseFile(Text));
        var shown = await EndsAsync(0, "encrypted", "key", "show", "--dir", Dir);
        Assert.All(Secrets, secret => Assert.Contains("encrypted", Line(shown, secret), StringComparison.Ordinal));
        Assert.All(Secrets, secret => Assert.StartsWith(secret == "keys/tls.pem" || secret == "keys/operator.pem" ? "-----BEGIN CERTIFICATE" : "-----BEGIN ENCRYPTED", File.ReadAllText(Path.Combine(Dir, secret)), StringComparison.Ordinal));
        Assert.DoesNotContain(Secrets, secret => File.ReadAllText(Path.Combine(Dir, secret)).Contains("BEGIN PRIVATE KEY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ProtectAndUnprotect_ANode_GoThereAndBack()
    {
        await EndsAsync(0, "not encrypted", "node", "init", "--dir", Dir, "--partner", "atlantic");
        byte[][] before = [.. Secrets.Select(secret => File.ReadAllBytes(Path.Combine(Dir, secret)))];
        await EndsAsync(1, "--passphrase-file", "key", "protect", "--dir", Dir);
        await EndsAsync(1, "at least 12", "key", "protect", "--dir", Dir, "--passphrase-file", PassphraseFile("short"));
        await EndsAsync(0, "encrypted", "key", "protect", "--dir", Dir, "--passphrase-file", PassphraseFile(Text));
        await EndsAsync(0, "as it was", "key", "protect", "--dir", Dir, "--passphrase-file", PassphraseFile(Text));
        await EndsAsync(1, "passphrase is wrong", "key", "unprotect", "--dir", Dir, "--passphrase-file", PassphraseFile("wrong horse battery"));
        await EndsAsync(0, "in the clear", "key", "unprotect", "--dir", Dir, "--passphrase-file", PassphraseFile(Text));
        Assert.Equal(before, Secrets.Select(secret => File.ReadAllBytes(Path.Combine(Dir, secret))));
    }

    /// <summary>One clear line each, before a database is started; nobody is asked where there is no terminal.</summary>
    [Fact]
    public async Task Run_WithoutTheRightPassphrase_EndsWithOneLine()
    {
        await EndsAsync(0, "card id", "node", "init", "--dir", Dir, "--partner", "atlantic", "--passphrase-file", PassphraseFile(Text));
        Assert.StartsWith("ssa: Key file", (await EndsAsync(1, "Keys:PassphraseFile", "node", "run", "--dir", Dir)).Errors, StringComparison.Ordinal);
        var wrong = await SsaProcess.RunAsync(["node", "run", "--dir", Dir], environment: new Dictionary<string, string> { ["SSA_KEYS__PASSPHRASE"] = "wrong horse battery" });
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("passphrase is wrong", Assert.Single(wrong.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Dir, "postgres")));

        // With the right one the operator's key opens, and it is the node that is missing.
        await EndsAsync(7, "ssa node run", new Dictionary<string, string> { ["SSA_KEYS__PASSPHRASE"] = Text }, "node", "status", "--dir", Dir);
        File.WriteAllText(Path.Combine(Dir, "node.json"), """{"Keys":{"PassphraseFile":"../PASS"}}""".Replace("PASS", Path.GetFileName(PassphraseFile(Text)), StringComparison.Ordinal));
        await EndsAsync(7, "ssa node run", "node", "status", "--dir", Dir);
        File.WriteAllText(Path.Combine(Dir, "node.json"), $$$"""{"Keys":{"Passphrase":"{{{Text}}}"}}""");
        var beside = await EndsAsync(1, "beside the keys", "node", "run", "--dir", Dir);
        Assert.DoesNotContain(Text, beside.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_WithATokensKeyThatIsNotThere_WritesNothing()
    {
        await EndsAsync(1, "no PKCS#11 module", "node", "init", "--dir", Dir, "--partner", "atlantic", "--signing-key", "pkcs11:token=a;object=b?module-path=/nowhere.so&pin-source=/nowhere");
        await EndsAsync(2, "pin-source", "node", "init", "--dir", Dir, "--partner", "atlantic", "--log-key", "pkcs11:token=a;object=b?module-path=/nowhere.so&pin-value=1");
        await EndsAsync(2, "expected one of ecdsa-p256-sha256, ed25519, ml-dsa-44+ecdsa-p256-sha256", "node", "init", "--dir", Dir, "--partner", "atlantic", "--signing-algorithm", "rsa");
        Assert.False(Directory.Exists(Dir));
    }

    private string PassphraseFile(string text)
    {
        string path = Path.Combine(_root, $"passphrase-{text.Replace(' ', '-')}");
        File.WriteAllText(path, text + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    private static string Line(ProgramEnd end, string file) => end.Output.Split('\n').Single(line => line.Contains(file, StringComparison.Ordinal));

    private static Task<ProgramEnd> EndsAsync(int exitCode, string says, params string[] words) => EndsAsync(exitCode, says, new Dictionary<string, string>(), words);

    private static async Task<ProgramEnd> EndsAsync(int exitCode, string says, Dictionary<string, string> environment, params string[] words)
    {
        var end = await SsaProcess.RunAsync(words, environment: environment);
        Assert.True(end.ExitCode == exitCode, end.ToString());
        Assert.Contains(says, end.Output + end.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", end.Errors, StringComparison.Ordinal);
        return end;
    }
}
